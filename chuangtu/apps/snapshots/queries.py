"""What everybody reads: one question, one answer, on every screen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from django.conf import settings

from chuangtu.apps.journal import queries as journal
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.snapshots import folders
from chuangtu.apps.snapshots.answers import (
    EXAMPLE,
    Answers,
    Count,
    FacetValue,
    Page,
    examples_among,
)
from chuangtu.apps.snapshots.declared import Described, describe
from chuangtu.apps.snapshots.manifest import read_manifest
from chuangtu.apps.snapshots.reader import SERVING, NotPublishedError, reader
from chuangtu.engines.atlas.warm import warm
from chuangtu.terms.selection import Selection
from chuangtu.terms.viewer import Viewer
from chuangtu.terms.vocabulary import Vocabulary

__all__ = [
    "EXAMPLE",
    "Answers",
    "Count",
    "Described",
    "FacetValue",
    "NotPublishedError",
    "Page",
    "describe",
    "examples_among",
]


@dataclass(frozen=True, slots=True)
class Totals:
    """What there is."""

    count: Count
    kinds: list[FacetValue]
    version: str


@dataclass(frozen=True, slots=True)
class Status:
    """How readers stand: whether they can read, and in words what they read."""

    is_readable: bool
    found: str


def status() -> Status:
    """Say which version readers have and how far the register is ahead of it."""
    name = folders.find_current(settings.SNAPSHOTS)
    manifest = read_manifest(settings.SNAPSHOTS / name) if name else None
    if manifest is None or not manifest.is_readable:
        if name is None and registry.count_all() == 0:
            return Status(True, "名册还是空的，无需发布 the register is empty: nothing to publish")
        return Status(False, f"{name or '尚未发布 none yet'}: 不可读 not readable")
    behind = journal.last_sequence() - manifest.sequence
    found = f"{manifest.version}, {manifest.count} 条 records, +{behind} 条更改 changes"
    return Status(behind >= 0, found)


def prepare() -> None:
    """Make the read model's loops ready aside, so that nobody waits for them.

    Those of the search are made ready whenever a version is opened, on what it holds.
    """
    SERVING.set()
    warm(aside=True)


def current() -> Answers:
    """All answers of one moment; take it once for a request, so that they agree."""
    return Answers(reader().read())


def behind() -> int:
    """How many changes of the register readers do not show yet; 0 when they show all."""
    # First the newest change: what is written after this question is not asked about.
    last = journal.last_sequence()
    try:
        reading = reader().read()
        return max(0, last - reading.sequence) + reading.missing
    except NotPublishedError:
        return last


def count(selection: Selection) -> Count:
    """How many records; of these without position, of these with an unknown day."""
    return current().count(selection)


def facets(
    selection: Selection, names: Sequence[str] | None = None
) -> dict[str, list[FacetValue]]:
    """Records by value of these facets (None: all this viewer has), most first."""
    return current().facets(selection, names)


def tile(selection: Selection, z: int, x: int, y: int) -> bytes:
    """A Mapbox Vector Tile."""
    return current().tile(selection, z, x, y)


def page(
    selection: Selection,
    order: str = "name",
    after: tuple[int, int] | None = None,
    limit: int = 50,
) -> Page:
    """Some records in order: `name`, `newest`, or `relevance` where words are searched."""
    return current().page(selection, order=order, after=after, limit=limit)


def batches(selection: Selection) -> Iterator[list[dict[str, Any]]]:
    """Every record of a Selection once, a batch at a time."""
    return current().batches(selection)


def search(selection: Selection, limit: int = 20) -> Page:
    """The best records for the words."""
    return current().page(selection, order="relevance", limit=limit)


def suggest(typed: str, viewer: Viewer, limit: int = 10) -> list[dict[str, Any]]:
    """Records whose names go best with what was typed."""
    return current().suggest(typed, viewer, limit)


def correction(selection: Selection) -> str | None:
    """Other words that would find something; None if there is no need or no idea."""
    return current().correction(selection)


def etag(selection: Selection) -> str:
    """An entity tag: equal exactly for equal answers, for viewers of one class."""
    return current().etag(selection)


def payload(number: int, viewer: Viewer) -> dict[str, Any]:
    """One record as this viewer sees it; NotVisibleError if there is none for it."""
    return current().payload(number, viewer)


def vocabulary(viewer: Viewer) -> Vocabulary:
    """What this viewer may ask about."""
    return describe(viewer).vocabulary


def content_tag(content: Any) -> str:
    """An entity tag of content that belongs to no state of the register."""
    text = orjson.dumps(content, option=orjson.OPT_NON_STR_KEYS)
    return f'"{hashlib.blake2b(text, digest_size=12).hexdigest()}"'


def totals(viewer: Viewer, as_of: date | None = None) -> Totals:
    """What there is: all records this viewer may see, and how many of each kind."""
    answers = current()
    selection = Selection(viewer=viewer, as_of=as_of)
    by_kind = answers.facets(selection, ["kind"])["kind"]
    return Totals(answers.count(selection), by_kind, answers.stamp)
