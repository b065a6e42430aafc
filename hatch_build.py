"""Refuses to build a wheel without the pages' assets: a wheel must not need Node."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NEEDED = (
    "chuangtu/site/static/built/manifest.json",
    "chuangtu/apps/places/data/built/divisions.json.gz",
    "chuangtu/site/locale/en/LC_MESSAGES/django.mo",
)


class AssetsBuildHook(BuildHookInterface):
    """Looks whether `make install` has built what the wheel carries."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Stop with a sentence when something is missing; an editable install needs nothing."""
        if self.target_name != "wheel" or version == "editable":
            return
        missing = [name for name in NEEDED if not (Path(self.root) / name).exists()]
        if missing:
            raise RuntimeError(
                f"{', '.join(missing)} not built. Run 'make wheel' in the checkout: it builds the"
                " pages' assets first, so that the wheel needs no Node."
            )
