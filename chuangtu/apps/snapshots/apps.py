"""The app's name for Django; once ready, it follows the journal."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SnapshotsConfig(AppConfig):
    name = "chuangtu.apps.snapshots"
    verbose_name = _("快照")

    def ready(self) -> None:
        # Imports the register's models, which exist only now.
        from chuangtu.apps.snapshots.following import follow

        follow()
