"""The app's name for Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DuplicatesConfig(AppConfig):
    name = "chuangtu.apps.duplicates"
    verbose_name = _("重复单位")
