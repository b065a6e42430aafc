"""Every writing of imports: bring a file, say what it means, preview, apply, undo."""

from __future__ import annotations

from chuangtu.apps.imports.actions.applying import apply, undo
from chuangtu.apps.imports.actions.bringing import (
    ImportRefusedError,
    choose,
    decide,
    upload,
)
from chuangtu.apps.imports.actions.previewing import preview
from chuangtu.apps.imports.actions.waiting import ask, work_on

__all__ = [
    "ImportRefusedError",
    "apply",
    "ask",
    "choose",
    "decide",
    "preview",
    "undo",
    "upload",
    "work_on",
]
