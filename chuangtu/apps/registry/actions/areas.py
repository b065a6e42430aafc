"""The areas of records: on the map as long as a record that everybody may see bears them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from chuangtu.apps.places import actions as places
from chuangtu.apps.places import queries as placed
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.registry.resolve.bearing import borne_codes, publicly_borne_codes

State = Mapping[str, Any]
_BATCH = 2_000


@dataclass
class Bearers:
    """Which codes of areas the records of one act bore for everybody to see, and bear now."""

    _left: set[str] = field(default_factory=set)
    _met: set[str] = field(default_factory=set)

    def note(self, kind: str, before: State | None, after: State | None) -> None:
        """Take note of one record that was written."""
        if KINDS[kind].drawn is None:
            return
        was, now = _shown_code(kind, before), _shown_code(kind, after)
        if was != now:
            self._left.update(_one(was))
            self._met.update(_one(now))

    def settle(self, *, act: str, by: str, at: datetime) -> None:
        """Let areas follow their records, in the act that wrote the records.

        An area whose last public record was hidden leaves the map; so does one that was drawn for
        a record that is gone. One that was loaded by itself stays when its record is removed.
        Comes before the act's journal lines: who waits for areas must not hold the chain's head.
        """
        touched = sorted(self._left | self._met)
        if touched:
            _lock_areas()
        for start in range(0, len(touched), _BATCH):
            some = set(touched[start : start + _BATCH])
            public = publicly_borne_codes(some)
            hidden = (some & self._left) - public
            borne = borne_codes(hidden)
            going = borne | placed.drawn_for_records(hidden - borne)
            places.withdraw(codes=going, kinds=_KINDS, act=act, by=by, at=at)
            places.restore(codes=public, act=act, by=by, at=at)


_KINDS = frozenset(
    kind
    for each in KINDS.values()
    if each.drawn is not None
    for kind in (*each.drawn.kinds.values(), each.drawn.otherwise)
)


def _shown_code(kind: str, state: State | None) -> str | None:
    """The code that a record everybody may see bears."""
    drawn = KINDS[kind].drawn
    if drawn is None or state is None or state.get("visibility", "public") != "public":
        return None
    return state.get(drawn.code) or None


def _one(code: str | None) -> Iterator[str]:
    if code is not None:
        yield code


def _lock_areas() -> None:
    """One act at a time: two that each hide one of two records must not both spare the area."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('chuangtu.areas'))")
