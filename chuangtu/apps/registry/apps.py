"""The app's name for Django."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "chuangtu.apps.registry"
    verbose_name = "名录"
