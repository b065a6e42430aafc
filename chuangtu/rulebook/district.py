"""What documents say of a district: `districts/<code>/*.yaml`, each entry with its source.

Entries say only what the document says. Towns, zones and positions that come from elsewhere are
kept apart from it, so that each can be written with its own source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from chuangtu.terms.errors import ChuangtuError
from chuangtu.terms.place import Precision

FOLDER = Path(__file__).with_name("districts")
KIND_OF_FILE = {
    "organizations": "organization",
    "carriers": "carrier",
    "platforms": "platform",
    "alliances": "alliance",
    "funds": "fund",
    "zones": "zone",
}
AREA_KINDS = ("zone", "park", "cluster")
LONGEST_QUOTE = 60


class DistrictFactsError(ChuangtuError):
    """An entry cannot be used; the message names the file, the entry and the remedy."""


@dataclass(frozen=True, slots=True)
class Document:
    """A published text: what facts come from, and the day it bears."""

    title: str
    issuer: str
    on: date

    def cite(self, section: str, quote: str) -> str:
        """The source of one fact, as it is shown beside it."""
        return f"《{self.title}》（{self.issuer}）{section}：“{quote}”"


@dataclass(frozen=True, slots=True)
class Spot:
    """A position in WGS 84 that is not surveyed; `precision` is never `exact`."""

    longitude: float
    latitude: float
    precision: Precision


@dataclass(frozen=True, slots=True)
class Town:
    """What is added to a town of the official list: an English name, other names, a spot.

    `roads` are names of roads there, for the addresses of invented records.
    """

    code: str
    name_en: str
    other_names: tuple[str, ...]
    spot: Spot
    roads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing the document names.

    Attributes:
        kind: its kind in the register.
        values: what the document says of it, by field name.
        source: title, issuer, section and a short quotation.
        is_planned: the document announces it; it counts from the document's day on.
        area_code: for zones, parks and clusters; `area_kind` says which of them.
        town: code of its town, not from the document.
        zone: code of its zone or park, as the document or common knowledge has it.
        spot: about where it is, not from the document.
    """

    kind: str
    name: str
    name_en: str
    values: Mapping[str, Any]
    source: str
    section: str
    quote: str
    is_planned: bool = False
    area_code: str = ""
    area_kind: str = ""
    other_names: tuple[str, ...] = ()
    town: str = ""
    zone: str = ""
    spot: Spot | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number the document states.

    Attributes:
        value: the number as written.
        on: the day it is for.
        target: the document's target for 2020, as written, or "".
        selection: parameters of the question that counts the same in the register; empty when
            the register cannot count it.
    """

    key: str
    zh: str
    en: str
    value: str
    unit: str
    on: date
    section: str
    quote: str
    source: str
    target: str = ""
    note: str = ""
    selection: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """How the invented part is made: see `district.yaml`. `weights` are by town or area code."""

    firm_count: int
    seed: int
    until: date
    later_inventions: int
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class DistrictFacts:
    """All that is known of one district from its document.

    `neighbours` are English names of the districts around it, by code.
    """

    code: str
    name_en: str
    neighbours: Mapping[str, str]
    document: Document
    positions_source: str
    positions_date: date
    sample: Sample
    towns: tuple[Town, ...]
    entities: tuple[Entity, ...]
    figures: tuple[Figure, ...]


@cache
def find_district_facts(code: str) -> DistrictFacts | None:
    """The facts of a district, or `None` where no folder bears its code.

    Raises:
        DistrictFactsError: a file that cannot be used.
    """
    folder = FOLDER / code
    return read_district_facts(folder) if code.isdigit() and folder.is_dir() else None


def read_district_facts(folder: Path) -> DistrictFacts:
    """Read one district's folder; see `find_district_facts`."""
    head = _load(folder / "district.yaml")
    document = Document(
        head["document"]["title"], head["document"]["issuer"], head["document"]["date"]
    )
    entities = [
        _entity(folder / f"{stem}.yaml", number, raw, kind, document)
        for stem, kind in KIND_OF_FILE.items()
        for number, raw in enumerate(_load(folder / f"{stem}.yaml"), start=1)
    ]
    figures = [
        _figure(folder / "figures.yaml", number, raw, document)
        for number, raw in enumerate(_load(folder / "figures.yaml"), start=1)
    ]
    return DistrictFacts(
        code=folder.name,
        name_en=head["name_en"],
        neighbours=head.get("neighbours", {}),
        document=document,
        positions_source=head["positions"]["source"],
        positions_date=head["positions"]["date"],
        sample=_sample(folder / "district.yaml", head.get("sample")),
        towns=tuple(_town(folder / "district.yaml", raw) for raw in head["towns"]),
        entities=tuple(entities),
        figures=tuple(figures),
    )


def _load(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise _fault(path, "不存在", "does not exist", "add it, empty lists are allowed") from None
    except yaml.YAMLError as error:
        detail = " ".join(str(error).split())
        raise _fault(
            path, f"不是有效的 YAML：{detail}", f"is not YAML: {detail}", "mend it"
        ) from None


def _need(path: Path, raw: Any, names: tuple[str, ...]) -> None:
    given = raw if isinstance(raw, dict) else {}
    missing = [name for name in names if given.get(name) in (None, "")]
    if missing:
        called = given.get("name") or given.get("key") or given.get("code") or "?"
        raise _fault(
            path,
            f"“{called}”缺少 {'、'.join(missing)}",
            f"'{called}' lacks {', '.join(missing)}",
            "give each of them",
        )
    if len(str(given.get("quote", ""))) > LONGEST_QUOTE:
        raise _fault(
            path,
            f"“{given['quote']}”超过 {LONGEST_QUOTE} 个字",
            f"the quotation '{given['quote']}' is longer than {LONGEST_QUOTE} characters",
            "quote only what shows the fact",
        )


def _sample(path: Path, raw: Any) -> Sample:
    _need(path, raw, ("firms", "seed", "until", "later_inventions", "weights"))
    weights = {code: float(weight) for code, weight in raw["weights"].items()}
    return Sample(raw["firms"], raw["seed"], raw["until"], raw["later_inventions"], weights)


def _town(path: Path, raw: Any) -> Town:
    _need(path, raw, ("code", "name_en", "at"))
    spot = _spot(path, [*raw["at"], Precision.TOWN.value])
    others, roads = tuple(raw.get("other_names", ())), tuple(raw.get("roads", ()))
    return Town(raw["code"], raw["name_en"], others, spot, roads)


def _spot(path: Path, at: Any) -> Spot:
    try:
        longitude, latitude, precision = at
        spot = Spot(float(longitude), float(latitude), Precision(precision))
    except (TypeError, ValueError):
        spot = Spot(0, 0, Precision.EXACT)
    if spot.precision in (Precision.EXACT, Precision.NONE):
        raise _fault(
            path,
            f"位置 {at} 应为 [经度, 纬度, road|town|district]",
            f"the position {at} is not [longitude, latitude, road|town|district]",
            "a position that was not surveyed is never exact",
        )
    return spot


def _entity(path: Path, number: int, raw: Any, kind: str, document: Document) -> Entity:
    _need(path, raw, ("name", "section", "quote", "values"))
    if kind == "zone":
        _need(path, raw, ("code", "kind"))
        if raw["kind"] not in AREA_KINDS:
            raise _fault(
                path, f"第 {number} 项的 kind 不对", f"entry {number} has a wrong kind",
                f"choose one of {', '.join(AREA_KINDS)}",
            )  # fmt: skip
    return Entity(
        kind=kind,
        name=raw["name"],
        name_en=raw.get("name_en", ""),
        values=raw["values"],
        source=document.cite(raw["section"], raw["quote"]),
        section=raw["section"],
        quote=raw["quote"],
        is_planned=bool(raw.get("planned", False)),
        area_code=raw.get("code", ""),
        area_kind=raw.get("kind", ""),
        other_names=tuple(raw.get("other_names", ())),
        town=raw.get("town", ""),
        zone=raw.get("zone", ""),
        spot=_spot(path, raw["at"]) if "at" in raw else None,
    )


def _figure(path: Path, number: int, raw: Any, document: Document) -> Figure:
    _need(path, raw, ("key", "zh", "en", "value", "unit", "day", "section", "quote"))
    return Figure(
        key=raw["key"],
        zh=raw["zh"],
        en=raw["en"],
        value=str(raw["value"]),
        unit=raw["unit"],
        on=raw["day"],
        section=raw["section"],
        quote=raw["quote"],
        source=document.cite(raw["section"], raw["quote"]),
        target=str(raw.get("target") or ""),
        note=raw.get("note", ""),
        selection=tuple(
            (name, str(value))
            for name, values in raw.get("selection", {}).items()
            for value in (values if isinstance(values, list) else [values])
        ),
    )


def _fault(path: Path, zh: str, en: str, remedy: str) -> DistrictFactsError:
    where = f"rulebook/districts/{path.parent.name}/{path.name}"
    return DistrictFactsError(
        f"{where}：{zh}。请改正后再用。", f"{where}: {en}. To mend: {remedy}."
    )
