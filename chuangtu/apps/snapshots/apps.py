"""The app's name for Django; once ready, it follows the journal."""

from django.apps import AppConfig


class SnapshotsConfig(AppConfig):
    name = "chuangtu.apps.snapshots"
    verbose_name = "快照"

    def ready(self) -> None:
        # Imports the register's models, which exist only now.
        from chuangtu.apps.snapshots.following import follow

        follow()
