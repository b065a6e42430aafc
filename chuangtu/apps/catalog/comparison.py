"""Two areas side by side: the same Selection counted in each, value by value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from chuangtu.apps.catalog.words import area_name, conditions, link_pairs, said, sentence
from chuangtu.apps.snapshots.answers import EXAMPLE, examples_among
from chuangtu.apps.snapshots.declared import AREA, KIND, Described
from chuangtu.apps.snapshots.queries import Answers, FacetValue
from chuangtu.terms.errors import ParameterError
from chuangtu.terms.place import Area
from chuangtu.terms.selection import Selection, read_selection
from chuangtu.terms.viewer import VISITOR
from chuangtu.terms.vocabulary import Vocabulary

DRAWN = ("bbox", "circle", "polygon")
MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two areas."""

    written: str
    name: str
    total: int
    examples: int
    query: str


@dataclass(frozen=True, slots=True)
class Row:
    """One value in both areas; shares are of the larger of all counts, for the bars."""

    label: str
    first: int
    second: int
    first_query: str
    second_query: str
    most: int

    @property
    def difference_text(self) -> str:
        return signed(self.first - self.second)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose in the form above the table."""

    code: str
    text: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything the page shows."""

    sides: tuple[Side, ...]
    rows: tuple[Row, ...]
    left_out: int
    firsts: tuple[Option, ...]
    seconds: tuple[Option, ...]
    parts: tuple[Option, ...]
    kept: tuple[tuple[str, str], ...]
    sentence: str

    @property
    def part(self) -> str:
        """What the rows are: kinds, or the values of one facet."""
        return next((each.text for each in self.parts if each.is_on), "")

    @property
    def difference_text(self) -> str:
        return signed(self.sides[0].total - self.sides[1].total)


def signed(number: int) -> str:
    """A difference with its sign.

    >>> signed(-1200), signed(0), signed(3)
    ('−1,200', '0', '+3')
    """
    return f"{number:+,}".replace("-", "−") if number else "0"


def read_side(name: str, value: str) -> Area:
    """Read an area as it stands in `a` and `b`: a code, or `bbox=…`, `circle=…`, `polygon=…`."""
    kind, sign, text = value.partition("=")
    pair = (kind, text) if sign and kind in DRAWN else ("area", value)
    no_words = Vocabulary(kinds=frozenset(), facets={})
    try:
        read = read_selection([pair], no_words, viewer=VISITOR, today=date.min)
    except ParameterError as error:
        raise ParameterError(name, error.zh, error.en) from None
    if not read.areas:
        raise ParameterError(
            name,
            f"参数“{name}”没有写明区域。请从列表中选取。",
            f"'{name}' names no area. Choose one from the list.",
        )
    return read.areas[0]


def write_side(area: Area) -> str:
    """The same, as it stands in an address."""
    name, text = Selection(areas=(area,)).parameters()[0]
    return text if name == "area" else f"{name}={text}"


def compare(
    view: Answers,
    selection: Selection,
    described: Described,
    *,
    first: Area | None,
    second: Area | None,
    by: str,
    today: date,
) -> Comparison:
    """Count the Selection in both areas by the values of one facet."""
    facets = {each.name: each for each in described.facets if each.name != AREA}
    if by not in (KIND, *facets):
        raise ParameterError(
            "by",
            f"不能按“{by[:30]}”比较。请从列表中选取。",
            f"Areas cannot be compared by '{by[:30]}'. Choose from the list.",
        )
    chosen = [each for each in (first, second) if each is not None]
    sides = tuple(_side(view, selection, described, each, today) for each in chosen)
    rows: list[Row] = []
    if first is not None and second is not None:
        rows = list(_rows(view, selection.within(first), selection.within(second), by, today))
    fitting = [
        each
        for each in facets.values()
        if not (selection.kinds and each.kinds) or set(selection.kinds) & set(each.kinds)
    ]
    parts = [(KIND, _("种类")), *((each.name, said(each.zh, each.en)) for each in fitting)]
    return Comparison(
        sides=sides,
        rows=tuple(rows[:MOST_ROWS]),
        left_out=max(0, len(rows) - MOST_ROWS),
        firsts=_options(described, first),
        seconds=_options(described, second),
        parts=tuple(Option(code, text, code == by) for code, text in parts),
        kept=link_pairs(selection, today),
        sentence=sentence(conditions(selection, described, today)),
    )


def _side(
    view: Answers, selection: Selection, described: Described, area: Area, today: date
) -> Side:
    inside = selection.within(area)
    written = write_side(area)
    return Side(
        written,
        _labels(described).get(written) or area_name(area, described),
        view.count(inside).total,
        examples_among(inside, view.facets(inside, (EXAMPLE,))[EXAMPLE]),
        urlencode(link_pairs(inside, today)),
    )


def _options(described: Described, chosen: Area | None) -> tuple[Option, ...]:
    written = write_side(chosen) if chosen is not None else ""
    listed = list(_labels(described).items())
    if chosen is not None and written not in dict(listed):
        listed.insert(0, (written, area_name(chosen, described)))
    return tuple(Option(code, text, code == written) for code, text in listed)


def _labels(described: Described) -> dict[str, str]:
    """Code → name of each area; a park and a town of one name say which they are."""
    areas = next(each for each in described.facets if each.name == AREA)
    names = {each.code: said(each.zh, each.en) for each in areas.values or ()}
    often = Counter(names.values())
    return {
        code: name if often[name] == 1 else _told_apart(code, name) for code, name in names.items()
    }


def _told_apart(code: str, name: str) -> str:
    # Towns bear the digits of the division of the country.
    is_town = code.isdigit()
    return said(
        f"{name}（{'街镇' if is_town else '园区'}）", f"{name} ({'town' if is_town else 'zone'})"
    )


def _rows(
    view: Answers, first: Selection, second: Selection, by: str, today: date
) -> Iterator[Row]:
    counted = [
        {each.code: each for each in view.facets(side, (by,))[by]} for side in (first, second)
    ]
    names = {code: said(each.zh, each.en) for values in counted for code, each in values.items()}
    totals = {code: sum(_count(values, code) for values in counted) for code in names}
    most = max((_count(values, code) for values in counted for code in names), default=0)
    for code in sorted(names, key=lambda each: (-totals[each], each)):
        yield Row(
            label=names[code],
            first=_count(counted[0], code),
            second=_count(counted[1], code),
            first_query=_query(first, by, code, today),
            second_query=_query(second, by, code, today),
            most=most,
        )


def _count(values: Mapping[str, FacetValue], code: str) -> int:
    found = values.get(code)
    return found.count if found is not None else 0


def _query(selection: Selection, by: str, code: str, today: date) -> str:
    pairs = link_pairs(selection.without(by), today)
    return urlencode([*pairs, (by, code)])
