"""The app's name for Django."""

from django.apps import AppConfig


class SnapshotsConfig(AppConfig):
    name = "chuangtu.apps.snapshots"
    verbose_name = "快照"
