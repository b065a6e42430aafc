"""The app's name for Django."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "chuangtu.apps.portal"
    verbose_name = "门户"
