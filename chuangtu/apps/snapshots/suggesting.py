"""Names to go on with while somebody types: of the version, and of what changed since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chuangtu.apps.registry.queries import Published
from chuangtu.apps.snapshots.bases import Base
from chuangtu.apps.snapshots.reading import Reading
from chuangtu.engines.atlas.model import VISIBILITIES
from chuangtu.engines.search.highlight import highlight
from chuangtu.engines.search.model import Document, Span
from chuangtu.engines.search.scan import scan
from chuangtu.engines.search.suggest import suggest as suggest_names
from chuangtu.terms.viewer import Viewer

_SPARE = 3
"""Names asked for beyond those wanted, for records that changed since the version."""


def suggest(reading: Reading, typed: str, viewer: Viewer, limit: int) -> list[dict[str, Any]]:
    """Names that go with what was typed, changed records first, each name once."""
    found: dict[str, dict[str, Any]] = {}
    for row in _changed(reading, typed, viewer)[:limit]:
        spans = highlight(row.name, typed, is_name=True)
        found.setdefault(row.name, _suggestion(row.name, row.id, row.kind, row.payload, spans))
    for laid in reversed(reading.laid):
        of_segment = _stored(laid.segment.base, typed, viewer, limit + _SPARE)
        staying = set(laid.ids.tolist())
        for each in of_segment:
            if each["id"] in staying:
                found.setdefault(each["text"], each)
    for each in _stored(reading.base, typed, viewer, limit + _SPARE):
        if not reading.is_changed(each["id"]):
            found.setdefault(each["text"], each)
    return list(found.values())[:limit]


def _changed(reading: Reading, typed: str, viewer: Viewer) -> list[Published]:
    """Changed records of which a name matches, best first."""
    rows = [row for row in reading.rows if viewer.can_see(row.visibility)]
    if not rows or not typed.strip():
        return []
    by_id = {row.id: text for row, text in zip(reading.rows, reading.documents, strict=True)}
    names = [Document(names=by_id[row.id].names) for row in rows]
    matches = scan(names, typed, viewer.sees)
    best = sorted(
        zip(matches.scores.tolist(), matches.positions.tolist(), strict=True),
        key=lambda each: (-each[0], each[1]),
    )
    return [rows[position] for _, position in best]


def _stored(base: Base, typed: str, viewer: Viewer, limit: int) -> list[dict[str, Any]]:
    columns = base.atlas.columns
    suggestions = suggest_names(base.index, typed, viewer.sees, limit)
    found = []
    for each in suggestions:
        number = int(columns.ids[each.position])
        kind = columns.kinds[int(columns.group[each.position]) // VISIBILITIES]
        payload = base.payloads[each.position]
        found.append(_suggestion(each.name, number, kind, payload, each.spans))
    return found


def _suggestion(
    name: str, number: int, kind: str, payload: Mapping[str, Any], spans: tuple[Span, ...]
) -> dict[str, Any]:
    return {
        "text": name,
        "id": number,
        "kind": kind,
        "is_example": bool(payload["values"].get("is_example")),
        "spans": [[each.start, each.end] for each in spans],
    }
