"""The areas of records: on the map as long as a record that everybody may see bears them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from chuangtu.apps.journal import queries as journal
from chuangtu.apps.places import actions as places
from chuangtu.apps.places import queries as placed
from chuangtu.apps.registry.actions.refusing import Reference, refuse_references
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.registry.models import Resource
from chuangtu.apps.registry.resolve.bearing import (
    bearers_of,
    borne_codes,
    publicly_borne_codes,
)
from chuangtu.terms.viewer import Viewer

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

    def settle(self, *, act: str, by: str, at: datetime) -> set[str]:
        """Let areas follow their records, in the act that wrote the records.

        An area whose last public record was hidden leaves the map; so does one that was drawn for
        a record that is gone. One that was loaded by itself stays when its record is removed.
        Returns the codes of areas that left or came back: who names them is to be looked at again.
        Comes before the act's journal lines: who waits for areas must not hold the chain's head.
        """
        touched = sorted(self._left | self._met)
        moved: set[str] = set()
        if touched:
            _lock_areas()
        for start in range(0, len(touched), _BATCH):
            some = set(touched[start : start + _BATCH])
            public = publicly_borne_codes(some)
            hidden = (some & self._left) - public
            borne = borne_codes(hidden)
            going = borne | placed.drawn_for_records(hidden - borne)
            before = placed.codes_on_map()
            places.withdraw(codes=going, kinds=_KINDS, act=act, by=by, at=at)
            places.restore(codes=public, act=act, by=by, at=at)
            moved |= before ^ placed.codes_on_map()
        return moved


def going_with(number: int, kind: str, state: State) -> dict[str, int]:
    """The area that goes for good when its record does, with the record; none for most.

    One stays that was loaded by itself and is on the map, or that another record bears.
    """
    code = _code(kind, state)
    if code is None or any(bearer != number for _, bearer in bearers_of({code})):
        return {}
    stays = code in placed.codes_on_map() and not placed.drawn_for_records({code})
    return {} if stays else {code: number}


def made_by(act: str) -> dict[str, int]:
    """The areas that an act made, each with a record that bears it."""
    first: dict[str, Any] = {}
    for line in journal.list_of_act(act=act):
        if line.table == placed.TABLE:
            first.setdefault(line.row, line.before)
    return dict(bearers_of({code for code, before in first.items() if before is None}))


def refuse_named_areas(borne: Mapping[str, int], going: Collection[int], viewer: Viewer) -> None:
    """Raise when a record that is not `going` names one of these areas, borne by records."""
    codes = sorted(borne)
    for start in range(0, len(codes), _BATCH):
        rows = Resource.objects.filter(zone__in=codes[start : start + _BATCH]).order_by("id")
        naming = rows.values_list("id", "zone")
        refuse_references([Reference(n, borne[z]) for n, z in naming if n not in going], viewer)


_KINDS = frozenset(
    kind
    for each in KINDS.values()
    if each.drawn is not None
    for kind in (*each.drawn.kinds.values(), each.drawn.otherwise)
)


def _code(kind: str, state: State) -> str | None:
    drawn = KINDS[kind].drawn
    return (state.get(drawn.code) or None) if drawn is not None else None


def _shown_code(kind: str, state: State | None) -> str | None:
    """The code that a record everybody may see bears."""
    if state is None or state.get("visibility", "public") != "public":
        return None
    return _code(kind, state)


def _one(code: str | None) -> Iterator[str]:
    if code is not None:
        yield code


def _lock_areas() -> None:
    """One act at a time: two that each hide one of two records must not both spare the area."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('chuangtu.areas'))")
