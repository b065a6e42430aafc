"""The app's name for Django."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "chuangtu.apps.catalog"
    verbose_name = "目录"
