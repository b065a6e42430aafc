"""Every writing of the register."""

from __future__ import annotations

from chuangtu.apps.registry.actions.apply import Applied, apply_rows
from chuangtu.apps.registry.actions.edit import (
    StaleError,
    change,
    create,
    remove,
)
from chuangtu.apps.registry.actions.judged import Judged, insert_judged
from chuangtu.apps.registry.actions.placing import place
from chuangtu.apps.registry.actions.refusing import RefusedError
from chuangtu.apps.registry.actions.sources import Statements
from chuangtu.apps.registry.actions.standing import UndoError
from chuangtu.apps.registry.actions.undoing import undo
from chuangtu.apps.registry.actions.uniting import unite_records
from chuangtu.apps.registry.actions.writing import TABLE
from chuangtu.apps.registry.resolve.bearing import publicly_borne_codes
from chuangtu.apps.registry.resolve.plan import Outcome, Planned
from chuangtu.apps.registry.resolve.preview import match_rows

__all__ = [
    "TABLE",
    "Applied",
    "Judged",
    "Outcome",
    "Planned",
    "RefusedError",
    "StaleError",
    "Statements",
    "UndoError",
    "apply_rows",
    "change",
    "create",
    "insert_judged",
    "match_rows",
    "place",
    "publicly_borne_codes",
    "remove",
    "undo",
    "unite_records",
]
