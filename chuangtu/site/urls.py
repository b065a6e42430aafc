"""All addresses of the platform."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from chuangtu.apps.accounts.views import sign_in_to_tables

admin.site.site_header = admin.site.site_title = _("创图数据表")
admin.site.index_title = _("只供查看，更正请到工作台")

urlpatterns = [
    path("", include("chuangtu.apps.portal.urls")),
    path("", include("chuangtu.apps.catalog.urls")),
    path("accounts/", include("chuangtu.apps.accounts.urls")),
    path("desk/", include("chuangtu.apps.desk.urls")),
    path("reports/", include("chuangtu.apps.reports.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/login/", sign_in_to_tables),
    path("admin/", admin.site.urls),
]

handler400 = "chuangtu.site.errors.bad_request"
handler403 = "chuangtu.site.errors.forbidden"
handler404 = "chuangtu.site.errors.not_found"
handler500 = "chuangtu.site.errors.server_error"
