"""The app's name for Django."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "chuangtu.apps.journal"
    verbose_name = "日志"
