"""All addresses of the platform."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("chuangtu.apps.portal.urls")),
    path("", include("chuangtu.apps.catalog.urls")),
    path("accounts/", include("chuangtu.apps.accounts.urls")),
    path("desk/", include("chuangtu.apps.desk.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]

handler400 = "chuangtu.site.errors.bad_request"
handler403 = "chuangtu.site.errors.forbidden"
handler404 = "chuangtu.site.errors.not_found"
handler500 = "chuangtu.site.errors.server_error"
