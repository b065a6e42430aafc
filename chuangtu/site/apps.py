"""The site's name for Django: it owns base templates, static files and translations."""

from axes.apps import AppConfig as AxesConfig
from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SiteConfig(AppConfig):
    name = "chuangtu.site"
    label = "chuangtu_site"
    verbose_name = _("站点")


class TablesConfig(AdminConfig):
    default_site = "chuangtu.site.tables.Tables"


class SignInsConfig(AxesConfig):
    """axes, with its tables named as the rest: it has no Chinese of its own.

    Only what is shown is named anew; what migrations compare stays as axes gave it.
    """

    verbose_name = _("登录记录")

    def ready(self) -> None:
        super().ready()
        names = {
            "AccessAttempt": (_("猜测计数"), pgettext_lazy("plural", "猜测计数")),
            "AccessFailureLog": (_("失败的登录"), pgettext_lazy("plural", "失败的登录")),
            "AccessLog": (_("成功的登录"), pgettext_lazy("plural", "成功的登录")),
        }
        for name, (one, many) in names.items():
            model = self.get_model(name)
            model._meta.verbose_name, model._meta.verbose_name_plural = one, many
            for field in model._meta.get_fields():
                if field.name in _FIELDS:
                    field.verbose_name = _FIELDS[field.name]


_FIELDS = {
    "username": _("账号"),
    "ip_address": _("网络地址"),
    "user_agent": _("浏览器"),
    "path_info": _("登录页面"),
    "attempt_time": _("登录时间"),
    "failures_since_start": _("失败次数"),
    "locked_out": _("随即须等待"),
    "logout_time": _("退出时间"),
}
