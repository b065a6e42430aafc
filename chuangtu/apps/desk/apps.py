"""The app's name for Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "chuangtu.apps.desk"
    verbose_name = "工作台"
