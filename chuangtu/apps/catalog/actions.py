"""Keeping, renaming and dropping a selection; only its owner can."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from chuangtu.apps.catalog.models import SavedSelection
from chuangtu.apps.journal import actions as journal
from chuangtu.terms.errors import ChuangtuError, NotVisibleError

MAX_NAME = 60
MOST_SAVED = 200
"""Selections one person keeps at most."""
_TABLE = "catalog.SavedSelection"


class SavedNameError(ChuangtuError):
    """The name a selection shall be kept under cannot be taken."""


@transaction.atomic
def save_selection(*, owner: int, name: str, query: str, by: str, at: datetime) -> int:
    """Keep a selection under a name; return its number."""
    if SavedSelection.objects.filter(owner_id=owner).count() >= MOST_SAVED:
        raise SavedNameError(
            f"已保存 {MOST_SAVED} 个条件，不能再多。请先删除不用的。",
            f"You keep {MOST_SAVED} selections already. Delete some first.",
        )
    kept = SavedSelection(owner_id=owner, name=_checked(name), query=query, saved_at=at)
    _write(kept)
    _journal(kept, None, _values(kept), by, at)
    return kept.pk


@transaction.atomic
def rename_selection(*, owner: int, number: int, name: str, by: str, at: datetime) -> None:
    """Give a kept selection another name."""
    kept = _own(owner, number)
    before = _values(kept)
    kept.name = _checked(name)
    _write(kept)
    _journal(kept, before, _values(kept), by, at)


@transaction.atomic
def remove_selection(*, owner: int, number: int, by: str, at: datetime) -> None:
    """Drop a kept selection."""
    kept = _own(owner, number)
    _journal(kept, _values(kept), None, by, at)
    kept.delete()


def _own(owner: int, number: int) -> SavedSelection:
    kept = SavedSelection.objects.select_for_update().filter(pk=number, owner_id=owner).first()
    if kept is None:
        raise NotVisibleError(
            "没有这个保存的条件，或它不是您保存的。请从“保存的条件”中选取。",
            "There is no such saved selection of yours. Choose one from your list.",
        )
    return kept


def _checked(name: str) -> str:
    tidy = " ".join(name.split())
    if not tidy:
        raise SavedNameError(
            "请给要保存的条件起一个名称。", "Give the selection a name to keep it under."
        )
    if len(tidy) > MAX_NAME or "\0" in tidy:
        raise SavedNameError(
            f"名称有 {len(tidy)} 个字，最多 {MAX_NAME} 个字。请缩短。",
            f"The name has {len(tidy)} characters; at most {MAX_NAME} are taken. Shorten it.",
        )
    return tidy


def _write(kept: SavedSelection) -> None:
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError:
        raise SavedNameError(
            f"您已有名为“{kept.name}”的保存条件。请换一个名称。",
            f"You keep a selection named '{kept.name}' already. Choose another name.",
        ) from None


def _values(kept: SavedSelection) -> dict[str, Any]:
    return {"owner": kept.owner_id, "name": kept.name, "query": kept.query}


def _journal(
    kept: SavedSelection,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    by: str,
    at: datetime,
) -> None:
    change = journal.Change(_TABLE, str(kept.pk), before, after)
    act = f"saved-selection-{kept.pk}"
    journal.write(changes=[change], why="edit", act=act, by=by, at=at)
