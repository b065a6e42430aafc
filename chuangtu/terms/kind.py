"""The declaration of a kind, from which form, template, facet, API and columns come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from chuangtu.terms.viewer import Viewer, Visibility

UNKNOWN = "unknown"
"""The facet value of a record whose field is empty: never a value of a code list."""


class FieldType(StrEnum):
    """What a value of a field is; decides its widget, its checks, its column and its schema."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    TEXTS = "texts"  # several texts; in one cell they are separated by semicolons
    CODE = "code"  # one code of `choices`
    CODES = "codes"  # several codes of `choices`
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    BOOLEAN = "boolean"
    USCC = "uscc"  # unified social credit code, GB 32100-2015
    INDUSTRY = "industry"  # GB/T 4754-2017 code
    TOWN = "town"  # town or sub-district of the district
    AREA = "area"  # zone, park or cluster of the district, by area code or name
    PARTY = "party"  # one record of kind `of` in the register, by credit code or name
    PARTIES = "parties"  # several of them
    URL = "url"


@dataclass(frozen=True, slots=True)
class Choice:
    """One code of a code list, with its names and the spellings found in files."""

    code: str
    zh: str
    en: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind.

    Attributes:
        name: identifier in code, API and canonical URLs.
        zh: label in Chinese, also the import column's header (with the unit, if there is one).
        en: label in English.
        type: what a value is.
        unit: unit as people write it (平方米, 万元 …), shown beside the label; `None` for none.
        unit_en: the same unit in English.
        scale: decimal places kept of a DECIMAL; values are exact to this many places.
        choices: the code list of a CODE or CODES.
        role: for PARTY and PARTIES the role of the related record (`holder`, `operator` …); for
            TEXTS the kind of name the texts are (`former`, `brand` …), if they are names; for
            `<role>_address`, `<role>_longitude`, `<role>_latitude` the site they describe.
        of: for PARTY and PARTIES the kind of the related record.
        required: an import row or a form without it is refused.
        visibility: who may see the value; also who may filter by it.
        facet: offered as a facet with counts.
        ranged: can be filtered by a range (numbers and dates).
        searched: its text is found by the search box (only by viewers who may see it).
        grouped: thousands of a number are set apart where people read it; a year's are not.
        point_after: how many digits may stand before a point and a check digit, for codes that
            have one; empty for all others.
        aliases: headers of foreign files that mean this field.
        minimum: smallest plausible value of a number, itself allowed.
        maximum: largest plausible value of a number, itself allowed.
        note_zh: what to fill in, for the template and the form.
        note_en: the same in English.
    """

    name: str
    zh: str
    en: str
    type: FieldType = FieldType.TEXT
    unit: str | None = None
    unit_en: str | None = None
    scale: int = 2
    choices: tuple[Choice, ...] = ()
    role: str | None = None
    of: str = "organization"
    required: bool = False
    visibility: Visibility = Visibility.PUBLIC
    facet: bool = False
    ranged: bool = False
    searched: bool = False
    grouped: bool = True
    point_after: tuple[int, ...] = ()
    aliases: tuple[str, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    note_zh: str = ""
    note_en: str = ""

    @property
    def header(self) -> str:
        """The column header in templates and exports: the Chinese label with its unit."""
        return f"{self.zh}（{self.unit}）" if self.unit else self.zh

    def label(self, language: str) -> str:
        """The label in `language` (`zh…` or anything else for English), without the unit."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class MapStyle:
    """How a kind's points are drawn: an index into the 12 colours, a shape and a Tabler icon."""

    colour: int
    shape: str
    icon: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """How the shapes of a kind's records are kept: each as an area of the district.

    Attributes:
        code: the field that holds the area's code.
        type: the field whose value says what kind of area it is.
        kinds: value of that field → kind of area.
        otherwise: kind of area for every other value.
    """

    code: str
    type: str
    kinds: Mapping[str, str]
    otherwise: str

    def area_kind(self, value: str | None) -> str:
        """The kind of area for a value of the type field."""
        return self.kinds.get(value or "", self.otherwise)


@dataclass(frozen=True)
class Kind:
    """The declaration of one kind of record.

    Attributes:
        name: identifier (`organization`, `carrier` …).
        zh: name in Chinese.
        en: name in English, singular.
        en_plural: name in English, plural.
        code: the small number stored in snapshots; never reused.
        fields: the kind's own fields, in the order people read them.
        style: how it is drawn.
        identity: groups of fields that say which record is meant, surest first; a row of a file
            is the record that agrees with it in all fields of the first group it has filled in.
        starts: days from which a record holds; it holds from the latest of those known.
        ends: days from which it no longer holds; it ends at the earliest of those known.
        name_from: fields a record is named by when it has no name of its own.
        located_by: role of the related record whose place is shown when there is no own one.
        drawn: how shapes are kept; `None` where a record has a point and no shape.
        visibility: the widest any record of the kind may be seen.
        description_zh: one sentence for people.
        description_en: the same in English.
    """

    name: str
    zh: str
    en: str
    en_plural: str
    code: int
    fields: tuple[Field, ...]
    style: MapStyle
    identity: tuple[tuple[str, ...], ...] = (("name",),)
    starts: tuple[str, ...] = ("valid_from",)
    ends: tuple[str, ...] = ("valid_until",)
    name_from: tuple[str, ...] = ()
    located_by: str | None = None
    drawn: Drawn | None = None
    visibility: Visibility = Visibility.PUBLIC
    description_zh: str = ""
    description_en: str = ""

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The kind's own fields by name."""
        return {each.name: each for each in self.fields}

    def visible_fields(self, viewer: Viewer) -> tuple[Field, ...]:
        """The fields this viewer may see, in order."""
        return tuple(each for each in self.fields if viewer.can_see(each.visibility))

    def label(self, language: str) -> str:
        """The name in `language` (`zh…` or anything else for English)."""
        return self.zh if language.startswith("zh") else self.en
