"""Taking an act back: every area as it was before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from chuangtu.apps.journal import actions as journal
from chuangtu.apps.journal import queries
from chuangtu.apps.journal.facts import UNDO
from chuangtu.apps.places import facts
from chuangtu.apps.places.actions.keeping import TABLE, keep_area
from chuangtu.apps.places.models import Area
from chuangtu.terms.errors import ChuangtuError

Values = Mapping[str, Any] | None
"""An area's fields as the journal keeps them; `None` where there is no area."""


class AreaUndoError(ChuangtuError):
    """An area was changed later, so the act cannot be taken back; the sentence names it."""


@transaction.atomic
def undo(*, act: str, by: str, at: datetime) -> int:
    """Make every area what it was before an act; return how many there were.

    Written as part of the act `undo:` and the act's name, as the register's own undoing is.

    Raises:
        AreaUndoError: later changes stand on an area of the act.
    """
    before: dict[str, Values] = {}
    left: dict[str, Values] = {}
    for line in queries.list_of_act(act=act):
        if line.table == TABLE:
            before.setdefault(line.row, line.before)
            left[line.row] = line.after
    for code, values in left.items():
        _refuse_changed(code, (values, before[code]), UNDO + act)
    changes = [_back(code, values) for code, values in before.items()]
    done = [each for each in changes if each is not None]
    if done:
        journal.write(changes=done, why="undo", act=UNDO + act, by=by, at=at)
    return sum(values != left[code] for code, values in before.items())


def _refuse_changed(code: str, known: tuple[Values, Values], undoing: str) -> None:
    """Refuse an area that is neither as the act left it nor as it was before.

    The register is undone first: an area may have followed its record already.
    """
    area = Area.objects.filter(code=code).first()
    if (facts.area_values(area) if area else None) in known:
        return
    line = queries.list_of_row(table=TABLE, row=code, limit=1)[0]
    if line.act == undoing:
        return
    # What is off the map is not named: it may be hidden from whoever undoes.
    whose, whose_en = (
        (f"“{area.name}”", f"of '{area.name}'") if area else ("一个区域", "of an area")
    )
    moment = f"{localtime(line.at):%Y-%m-%d %H:%M}"
    raise AreaUndoError(
        f"{whose}的边界后来又被 {line.by} 在 {moment} 改过，不能撤销这次操作。"
        "后来的改动若是导入，请先撤销那次导入；否则请重新导入正确的边界。",
        f"The boundary {whose_en} was changed later by {line.by} at {moment}, so this act"
        " cannot be undone. If the later change was an import, undo that import first; otherwise"
        " bring the right boundary once more.",
    )


def _back(code: str, values: Values) -> journal.Change | None:
    if values is not None:
        given = {**values, "source_date": date.fromisoformat(values["source_date"])}
        return keep_area(code, given)
    area = Area.objects.filter(code=code).first()
    if area is None:
        return None
    gone = facts.area_values(area)
    area.delete()
    return journal.Change(TABLE, code, gone, None)
