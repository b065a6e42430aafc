"""Later changes that stand on what an act wrote, and so in the way of taking it back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.timezone import localtime

from chuangtu.apps.journal import queries as journal
from chuangtu.apps.places import queries as places
from chuangtu.apps.registry.actions.writing import TABLE
from chuangtu.apps.registry.facts.deriving import FLAG
from chuangtu.apps.registry.resolve.parties import names_of
from chuangtu.apps.registry.resolve.states import visible_ids
from chuangtu.terms.errors import ChuangtuError
from chuangtu.terms.viewer import Viewer

Row = tuple[str, str]
"""A table and the number or code of one of its rows."""
_MOST = 2_000
"""More later changes than people would set right by hand."""
_NOT_SAID = frozenset({"statements", FLAG})
"""What differs though everything that was said is as it was."""


class UndoError(ChuangtuError):
    """An act cannot be taken back; the message says why and what to do."""


def refuse_standing(act: str, viewer: Viewer) -> None:
    """Raise when an act was undone already, or later changes stand on its rows.

    A row that is again as the act left it stands in nobody's way, nor does one that the act made
    and somebody removed.
    """
    if journal.was_undone(act=act):
        raise UndoError(
            "这次操作已经撤销过。无需再撤销。",
            "This act has been undone already. Nothing is left to undo.",
        )
    later = journal.list_standing_after(act=act, limit=_MOST)
    by_row: dict[Row, list[Any]] = defaultdict(list)
    for line in later:
        by_row[line.table, line.row].append(line)
    standing = {
        row: lines[-1] for row, lines in by_row.items() if len(later) == _MOST or _differs(lines)
    }
    made = _made_by(act, {row for row, line in standing.items() if line.after is None})
    standing = {row: line for row, line in standing.items() if row not in made}
    if standing:
        raise _refusal(standing, viewer)


def _differs(lines: Iterable[Any]) -> bool:
    """Say whether something that was said is not what it was before these changes of one row."""
    first: dict[str, Any] = {}
    last: dict[str, Any] = {}
    for line in lines:
        before, after = line.before or {}, line.after or {}
        for key in before.keys() | after.keys():
            first.setdefault(key, before.get(key))
            last[key] = after.get(key)
    return any(first[key] != last[key] for key in first if key not in _NOT_SAID)


def _made_by(act: str, gone: Collection[Row]) -> set[Row]:
    """Those of these rows, there no more, that there would not be without the act."""
    first: dict[Row, Any] = {}
    for line in journal.list_of_act(act=act) if gone else ():
        if (line.table, line.row) in gone:
            first.setdefault((line.table, line.row), line)
    return {row for row, line in first.items() if line.before is None}


def _refusal(standing: Mapping[Row, Any], viewer: Viewer) -> UndoError:
    """Names a record that the viewer may see; of others it says only that there are some."""
    lines = {int(row): line for (table, row), line in standing.items() if table == TABLE}
    names = names_of(visible_ids(lines.keys(), viewer))
    if not names and lines:
        return _of_others()
    if not names:
        return _of_area(next(iter(standing.items())))
    number, name = next(iter(names.items()))
    line = lines[number]
    moment = f"{localtime(line.at):%Y-%m-%d %H:%M}"
    return UndoError(
        f"记录“{name}”（编号 {number}）后来又被 {line.by} 在 {moment} 改过，不能撤销这次操作。"
        "后来的改动若是导入，请先撤销那次导入；若是逐条修改，请在记录的表单里改回，再撤销。",
        f"The record '{name}' (number {number}) was changed later by {line.by} at {moment}, so"
        " this act cannot be undone. If the later change was an import, undo that import first; if"
        " it was made in a form, set the record right in its form, then undo.",
    )


def _of_others() -> UndoError:
    return UndoError(
        "这次操作写入的、其他您看不到的记录后来又被改过，不能撤销。请交管理员处理。",
        "Other records of this act, which you cannot see, were changed later, so it cannot be"
        " undone. Ask an administrator.",
    )


def _of_area(changed: tuple[Row, Any]) -> UndoError:
    """Names an area on the map, which everybody sees; one that is off it may be hidden."""
    (_, code), line = changed
    area = places.find_area(code)
    name, name_en = (f"“{area.name}”", f"of '{area.name}'") if area else ("一个区域", "of an area")
    moment = f"{localtime(line.at):%Y-%m-%d %H:%M}"
    return UndoError(
        f"{name}的边界后来又被 {line.by} 在 {moment} 改过，不能撤销这次操作。"
        "后来的改动若是导入，请先撤销那次导入；否则请重新导入正确的边界。",
        f"The boundary {name_en} was changed later by {line.by} at {moment}, so this act cannot be"
        " undone. If the later change was an import, undo that import first; otherwise bring the"
        " right boundary once more.",
    )
