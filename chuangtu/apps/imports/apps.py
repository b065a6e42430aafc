"""The app's name for Django."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "chuangtu.apps.imports"
    verbose_name = "导入"
