"""The answers to one Selection, all drawn from one state so that they agree."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from chuangtu.apps.snapshots import declared, titles
from chuangtu.apps.snapshots.declared import DescribedFacet
from chuangtu.apps.snapshots.finding import find_hits
from chuangtu.apps.snapshots.marks import marks
from chuangtu.apps.snapshots.reading import Reading
from chuangtu.apps.snapshots.suggesting import suggest
from chuangtu.apps.snapshots.titles import HOLDS
from chuangtu.apps.snapshots.visible import may_see, seen
from chuangtu.engines.atlas.address import Address
from chuangtu.engines.atlas.forecast import is_plain
from chuangtu.engines.atlas.ids import ids as list_ids
from chuangtu.engines.atlas.model import Chosen, Hits, Listed, Survey
from chuangtu.engines.atlas.page import page as list_page
from chuangtu.engines.atlas.select import select
from chuangtu.engines.atlas.survey import survey as take_survey
from chuangtu.engines.atlas.tile import tile as draw_tile
from chuangtu.engines.atlas.timeline import timeline
from chuangtu.engines.search.amend import amend
from chuangtu.engines.search.correct import correct
from chuangtu.terms.errors import NotVisibleError, ParameterError
from chuangtu.terms.selection import Selection
from chuangtu.terms.viewer import Viewer

BATCH = 1_000
"""Records of one batch of an export."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many records; of these without position; of these with an unknown first or last day."""

    total: int
    unlocated: int
    undated: int


@dataclass(frozen=True, slots=True)
class FacetValue:
    """How many records have one value."""

    code: str
    zh: str
    en: str
    count: int


EXAMPLE, YES = "is_example", "yes"
"""The facet that tells invented records from real ones, and its value for them."""


def examples_among(selection: Selection, counted: Iterable[FacetValue]) -> int:
    """How many records of the Selection are invented, from the counts of `EXAMPLE`.

    A facet does not mind its own filter: a Selection without invented records has none.
    """
    chosen = selection.facets.get(EXAMPLE, (YES,))
    return sum(each.count for each in counted if each.code == YES and YES in chosen)


@dataclass(frozen=True, slots=True)
class Page:
    """Some records in order; `next` is the cursor of what follows, None at the end."""

    items: list[dict[str, Any]]
    next: tuple[int, int] | None
    total: int
    unlocated: int
    undated: int


@dataclass(frozen=True, eq=False, slots=True)
class Answers:
    """What one state of the register answers."""

    reading: Reading

    @property
    def stamp(self) -> str:
        """Names the state."""
        return self.reading.stamp

    def etag(self, selection: Selection, *more: object) -> str:
        """An entity tag: equal exactly for equal answers, for viewers of one class."""
        return _tag(self.stamp, selection.key(), *more)

    def etag_of(self, viewer: Viewer, *more: object) -> str:
        """An entity tag of an answer that is not to a Selection."""
        return _tag(self.stamp, int(viewer.sees), *more)

    def count(self, selection: Selection) -> Count:
        """How many records."""
        counted = self._survey(selection, ()).counted
        return Count(counted.total, counted.unlocated, counted.undated)

    def count_days(self, selection: Selection, days: Sequence[date]) -> list[int]:
        """How many records on each of the days, which are ascending."""
        if HOLDS in selection.facets:
            # Who holds a title is another question every day.
            return [self.count(replace(selection, as_of=each)).total for each in days]
        chosen = self._choose(replace(selection, as_of=None))
        return timeline(self.reading.view, chosen, days)

    def facets(
        self, selection: Selection, names: Sequence[str] | None = None
    ) -> dict[str, list[FacetValue]]:
        """Records by value, most first; a facet looks past its own filter.

        Raises:
            ParameterError: this viewer has no facet of one of the names.
        """
        offered = self.described_facets(selection.viewer, names)
        found = self._survey(selection, tuple(offered)).facets
        return {
            name: sorted(
                (
                    FacetValue(code, *offered[name].names_of(code), n)
                    for code, n in values.items()
                    if offered[name].offers(code)
                ),
                key=lambda each: (-each.count, each.code),
            )
            for name, values in ((name, found[name]) for name in offered)
        }

    def described_facets(
        self, viewer: Viewer, names: Sequence[str] | None = None
    ) -> dict[str, DescribedFacet]:
        """These facets (None: all this viewer has) with the names of their values.

        Raises:
            ParameterError: this viewer has no facet of one of the names.
        """
        offered = declared.facets_of(viewer)
        for name in names or ():
            if name not in offered:
                raise _no_facet(name, offered)
        return {name: offered[name] for name in (offered if names is None else names)}

    def tile(self, selection: Selection, zoom: int, column: int, row: int) -> bytes:
        """A vector tile.

        Raises:
            ParameterError: named `tile`, where the map has no such tile.
        """
        address = Address(zoom, column, row)
        asked = titles.without_holds(selection)
        if is_plain(asked):
            # Kinds, day and viewer are counted without choosing; titles come as hits on top.
            hits = self._let_through(selection)
            return draw_tile(self.reading.view, asked, address, hits=hits)
        chosen = self._choose(selection)
        return draw_tile(self.reading.view, asked, address, chosen=chosen)

    def page(
        self,
        selection: Selection,
        *,
        order: str = "name",
        after: tuple[int, int] | None = None,
        limit: int = 50,
    ) -> Page:
        """Some records in order, with what the whole Selection counts."""
        if order == "relevance" and not selection.words:
            raise ParameterError(
                "order",
                "按相关度排序需要搜索词“q”。请给出搜索词，或换一种排序。",
                "Order 'relevance' needs words in 'q'. Give some, or choose another order.",
            )
        chosen = self._choose(selection)
        asked = titles.without_holds(selection)
        listed = list_page(
            self.reading.view, asked, order=order, limit=limit, after=after, chosen=chosen
        )
        items = list(self._items(listed, selection, with_marks=bool(selection.words)))
        counted = chosen.counted
        return Page(items, listed.cursor, counted.total, counted.unlocated, counted.undated)

    def batches(self, selection: Selection, size: int = BATCH) -> Iterator[list[dict[str, Any]]]:
        """Every record once, a batch at a time."""
        chosen = self._choose(selection)
        asked = titles.without_holds(selection)
        for listed in list_ids(self.reading.view, asked, size=size, chosen=chosen):
            yield list(self._items(listed, selection))

    def payload(self, number: int, viewer: Viewer) -> dict[str, Any]:
        """One record as this viewer sees it.

        Raises:
            NotVisibleError: there is none for this viewer.
        """
        payload = self.reading.find_payload(number)
        if payload is None or not may_see(payload, viewer):
            raise NotVisibleError(
                f"没有编号为 {number} 的记录。请检查编号，或从列表中重新选择。",
                f"There is no record {number}. Check the number, or choose one from the list.",
            )
        return seen(payload, viewer)

    def suggest(self, typed: str, viewer: Viewer, limit: int) -> list[dict[str, Any]]:
        """Names that go with what was typed, best first, each with a record that bears it."""
        return self.reading.kept.suggestions.get(
            (typed, viewer.sees, limit), lambda: suggest(self.reading, typed, viewer, limit)
        )

    def correction(self, selection: Selection) -> str | None:
        """Other words that would find something; None if there is no need or no idea."""
        hits = self._find_hits(selection)
        if hits is None or len(hits.rows) or len(hits.overlay_rows):
            return None
        for words in self._proposals(selection.words, selection.viewer):
            # What is proposed may be gone since the version, or outside of what is asked.
            if self._choose(replace(selection, words=words)).counted.total:
                return words
        return None

    def _proposals(self, words: str, viewer: Viewer) -> Iterator[str]:
        """Words near these in what changed since the version, then in the version."""
        reading = self.reading
        changed = zip(reading.rows, reading.documents, strict=True)
        fresh = [text for row, text in changed if viewer.can_see(row.visibility)]
        if near := amend(fresh, words, viewer.sees):
            yield near
        for base in (*(laid.segment.base for laid in reversed(reading.laid)), reading.base):
            if near := correct(base.index, words, viewer.sees):
                yield near

    def _items(
        self, listed: Listed, selection: Selection, *, with_marks: bool = False
    ) -> Iterator[dict[str, Any]]:
        viewer = selection.viewer
        stored = listed.positions >= 0
        from_base = self.reading.base.payloads.many(listed.positions[stored])
        for is_stored, row in zip(stored.tolist(), listed.overlay_rows.tolist(), strict=True):
            payload = next(from_base) if is_stored else self.reading.payload_of(row)
            item = seen(payload, viewer)
            if with_marks:
                item["highlights"] = marks(item, selection.words)
            yield item

    def _choose(self, selection: Selection) -> Chosen:
        return self.reading.kept.chosen.get(
            self.stamp,
            selection,
            lambda: select(
                self.reading.view,
                titles.without_holds(selection),
                hits=self._let_through(selection),
            ),
        )

    def _survey(self, selection: Selection, names: Sequence[str]) -> Survey:
        def take() -> Survey:
            found = take_survey(
                self.reading.view,
                titles.without_holds(selection),
                [each for each in names if each != HOLDS],
                hits=self._let_through(selection),
            )
            if HOLDS not in names:
                return found
            chosen = self._choose(selection.without(HOLDS))
            counts = titles.count_titles(self.reading.view, self._held(selection), chosen)
            return Survey(found.counted, {**found.facets, HOLDS: counts})

        return self.reading.kept.surveys.get((selection.key(), tuple(names)), take)

    def _held(self, selection: Selection) -> titles.Held:
        reading, asked = self.reading, titles.recognitions(selection)

        def read() -> titles.Held:
            chosen = self._choose(asked)
            return titles.held(reading.view, reading.base.holders, reading.holders, chosen)

        return self.reading.kept.held.get(asked.key(), read)

    def _let_through(self, selection: Selection) -> Hits | None:
        """What the words and the titles let through; None where neither is asked."""
        wanted = selection.facets.get(HOLDS)
        holding = None if not wanted else self._find_holding(selection, wanted)
        return titles.both(self._find_hits(selection), holding)

    def _find_holding(self, selection: Selection, wanted: Iterable[str]) -> Hits:
        def let_through() -> Hits:
            reading = self.reading
            return titles.let_through(reading.view, self._held(selection), wanted, reading.ids)

        asked = titles.recognitions(selection).key()
        return self.reading.kept.hits.get((asked, tuple(sorted(wanted))), let_through)

    def _find_hits(self, selection: Selection) -> Hits | None:
        if not selection.words:
            return None
        reading, words, sees = self.reading, selection.words, selection.viewer.sees
        return reading.kept.hits.get((words, sees), lambda: find_hits(reading, words, sees))


def _tag(*parts: object) -> str:
    text = "\n".join(map(str, parts))
    return f'"{hashlib.blake2b(text.encode(), digest_size=12).hexdigest()}"'


def _no_facet(name: str, offered: Mapping[str, object]) -> ParameterError:
    return ParameterError(
        "facet",
        f"没有分面“{name[:30]}”。可用：{'、'.join(offered)}。",
        f"There is no facet '{name[:30]}'. Choose from: {', '.join(offered)}.",
    )
