"""The demonstration district: what documents say of it, and invented records marked 示例.

Real and invented records go into the register by the same way as an import. Each stage is one
act; a stage that was done is never done again, so that starting a demonstration twice, or after
it was broken off, changes nothing that is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from chuangtu.apps.journal import queries as journal
from chuangtu.apps.places import queries as places
from chuangtu.apps.places.actions import init_district, save_area
from chuangtu.apps.registry.actions import apply_rows
from chuangtu.engines.sample.generate import VERSION, generate
from chuangtu.engines.sample.model import Ground, Row, Totals, Town, Zone
from chuangtu.rulebook.district import DistrictFacts, Entity, Spot, find_district_facts
from chuangtu.terms.errors import ChuangtuError

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""

EXAMPLE_SOURCE = f"创图示例数据生成器，第 {VERSION} 版（非真实数据）"
_REAL_ORDER = ("organization", "zone", "carrier", "platform", "alliance", "fund")
_KNOWN_BY = ("name", "carrier_type", "area_code", "fund_type", "platform_type", "zone_type")


class DemonstrationError(ChuangtuError):
    """The demonstration cannot be set up; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows of each stage were written; empty when all was there already."""

    rows: Mapping[str, int]


def load(district_code: str, by: str, at: datetime, progress: Progress | None = None) -> Loaded:
    """Fill the register with the demonstration of a district that has documents.

    Raises:
        DemonstrationError: no documents are known of this district.
    """
    facts = find_district_facts(district_code)
    if facts is None:
        raise DemonstrationError(
            f"没有 {district_code} 的示范数据。可用 chuangtu init 设立，再导入自己的数据。",
            f"There is no demonstration of {district_code}."
            " Set it up with chuangtu init and import your own data.",
        )
    tell = progress or _silent
    district = places.get_district()
    if district is None or district.code != district_code:
        init_district(code=district_code, by=by, at=at)
    written: dict[str, int] = {}
    _name_places(facts, by=by, at=at)
    for stage, kind, rows, source, day in _stages(facts):
        act = f"demonstration:{district_code}:{stage}"
        if next(journal.list_of_act(act=act), None) is None:
            written[stage] = _apply(kind, rows(), source, day, act, by, at, tell)
    return Loaded(written)


_Stage = tuple[str, str, Callable[[], list[Row]], str, date]


def _stages(facts: DistrictFacts) -> Iterator[_Stage]:
    """The acts in order: documents, then positions, then the invented records by kind."""
    document = facts.document
    title = f"《{document.title}》（{document.issuer}）"
    for kind in _REAL_ORDER:
        found = [each for each in facts.entities if each.kind == kind]
        yield f"real:{kind}", kind, _bind(_said, found, facts), title, document.on
        below = [each for each in found if "parent" in each.values]
        if below:
            # Only now: a row's party must be in the register before it.
            yield f"parents:{kind}", kind, _bind(_belonging, below, facts), title, document.on
        located = [each for each in found if each.spot or each.town or each.zone]
        if located:
            yield (
                f"where:{kind}",
                kind,
                _bind(_located, located, facts),
                facts.positions_source,
                facts.positions_date,
            )
    sample: dict[str, list[Row]] = {}

    def invented(kind: str) -> Callable[[], list[Row]]:
        def rows() -> list[Row]:
            if not sample:
                sample.update(_invent(facts))
            return sample[kind]

        return rows

    for kind in _INVENTED_ORDER:
        yield f"example:{kind}", kind, invented(kind), EXAMPLE_SOURCE, facts.sample.until


_INVENTED_ORDER = (
    "organization", "recognition", "rd_body", "carrier", "platform", "alliance", "instrument",
    "patent", "fund", "workstation", "venue", "service_agency",
)  # fmt: skip


def _bind(
    make: Callable[[Entity, DistrictFacts], Row], found: Iterable[Entity], facts: DistrictFacts
) -> Callable[[], list[Row]]:
    return lambda: [make(each, facts) for each in found]


def _apply(
    kind: str,
    rows: list[Row],
    source: str,
    day: date,
    act: str,
    by: str,
    at: datetime,
    tell: Progress,
) -> int:
    done = apply_rows(
        kind=kind,
        rows=rows,
        source=source,
        source_date=day,
        act=act,
        by=by,
        at=at,
        progress=lambda count: tell(kind, count, len(rows)),
        why="demonstration",
    )
    if not done.is_written:
        first = next(each for found in done.findings.values() for each in found)
        raise DemonstrationError(
            f"示范数据（{act}）没有写入：{first.zh}", f"{act} was not written: {first.en}"
        )
    return len(rows)


def _silent(what: str, done: int, total: int) -> None:
    """Tell nobody."""


def _name_places(facts: DistrictFacts, *, by: str, at: datetime) -> None:
    """Give towns and zones their English names and their approximate middles."""
    act = f"demonstration:{facts.code}:places"
    known = {each.code: each for each in places.list_areas()}
    for town in facts.towns:
        kept = known.get(town.code)
        if kept is not None and kept.longitude is None:
            named: dict[str, Any] = {
                "name_en": town.name_en,
                "other_names": list(town.other_names),
                "source": f"{kept.source}；{facts.positions_source}",
            }
            save_area(code=town.code, values=named | _spot(town.spot), act=act, by=by, at=at)
    for entity in facts.entities:
        if entity.area_code and entity.area_code not in known:
            values: dict[str, Any] = {
                "kind": entity.area_kind,
                "name": entity.name,
                "name_en": entity.name_en,
                "other_names": list(entity.other_names),
                "region_id": facts.code,
                "source": f"{entity.source}；{facts.positions_source}",
                "source_date": facts.document.on,
            }
            spot = _spot(entity.spot) if entity.spot else {}
            save_area(code=entity.area_code, values=values | spot, act=act, by=by, at=at)
    for code, name_en in {**facts.neighbours, facts.code: facts.name_en}.items():
        kept = places.find_area(code)
        if kept is not None and not kept.name_en:
            save_area(code=code, values={"name_en": name_en}, act=act, by=by, at=at)


def _spot(spot: Spot) -> dict[str, Any]:
    return {
        "longitude": spot.longitude,
        "latitude": spot.latitude,
        "precision": spot.precision.value,
    }


def _said(entity: Entity, facts: DistrictFacts) -> Row:
    """What the document says of one thing."""
    row: Row = {"name": entity.name, "source": entity.source, "source_date": facts.document.on}
    if entity.name_en:
        row["name_en"] = entity.name_en
    if entity.area_code:
        row["area_code"] = entity.area_code
    told = [entity.values["description"]] if "description" in entity.values else []
    if entity.other_names:
        told.append(f"又称：{'、'.join(entity.other_names)}。")
    if entity.is_planned:
        row["valid_from"] = facts.document.on
        told.append("规划提出建设或推进，自规划印发之日起列入。")
    for name, value in entity.values.items():
        if name == "parent":
            continue
        row[name] = tuple(value) if isinstance(value, list) else value
    if told:
        row["description"] = "".join(told)
    return row


def _belonging(entity: Entity, facts: DistrictFacts) -> Row:
    """Which other thing the document says it belongs to."""
    return {
        "name": entity.name,
        "parent": entity.values["parent"],
        "source": entity.source,
        "source_date": facts.document.on,
    }


def _located(entity: Entity, facts: DistrictFacts) -> Row:
    """About where one thing is, which the document does not say."""
    row: Row = {name: entity.values[name] for name in _KNOWN_BY if name in entity.values}
    row["name"] = entity.name
    if entity.area_code:
        row["area_code"] = entity.area_code
    if entity.town:
        row["town"] = entity.town
    if entity.zone:
        row["zone"] = entity.zone
    if entity.spot:
        row["longitude"] = Decimal(str(entity.spot.longitude))
        row["latitude"] = Decimal(str(entity.spot.latitude))
        row["crs"] = "wgs84"
        row["precision"] = entity.spot.precision.value
    return row


def _invent(facts: DistrictFacts) -> dict[str, list[Row]]:
    guidance = [
        each.name
        for each in facts.entities
        if each.kind == "fund" and each.values.get("invested_count")
    ]
    return generate(
        ground_of(facts),
        totals_of(facts),
        firm_count=facts.sample.firm_count,
        seed=facts.sample.seed,
        parent_fund=guidance[0] if guidance else "",
    )


def ground_of(facts: DistrictFacts) -> Ground:
    """The ground invented records stand on: the district's boundary, towns and parks."""
    weights = facts.sample.weights
    names = {each.code: each.name for each in places.list_towns()}
    towns = tuple(
        Town(
            each.code,
            names.get(each.code, each.code),
            each.spot.longitude,
            each.spot.latitude,
            weights.get(each.code, 1.0),
            each.roads,
        )
        for each in facts.towns
    )
    zones = tuple(
        Zone(
            each.area_code,
            each.name,
            each.spot.longitude,
            each.spot.latitude,
            weights.get(each.area_code, 1.0),
        )
        for each in facts.entities
        if each.area_kind in ("park", "zone") and each.spot and not each.is_planned
    )
    province = places.find_region(facts.code[:2])
    city = province.name.removesuffix("市") if province else ""
    return Ground(facts.code, city, places.find_shape(facts.code), towns, zones)


def totals_of(facts: DistrictFacts) -> Totals:
    """What must be invented so that real and invented records together show the figures."""
    figures = {each.key: each for each in facts.figures}
    counts = {
        each.key: int(each.value) - _count_real(facts, dict_of(each.selection))
        for each in facts.figures
        if each.value.isdigit()
    }
    ten_thousand = Decimal(10_000)
    for key in ("incubators_area", "accelerators_area", "pre_incubators_area"):
        area = Decimal(figures[key].value)
        scale = ten_thousand if figures[key].unit.startswith("万") else Decimal(1)
        counts[f"{key}_sqm"] = int(area * scale)
    # Grants in the year ÷ grants per million residents = residents; × patents per 10 000.
    grants, per_million = counts["invention_grants"], counts["invention_grants_per_million"]
    residents_10k = round(Decimal(grants) / Decimal(per_million) * 100, 1)
    per_10k = Decimal(figures["invention_patents_per_10k"].value)
    counts["invention_patents"] = int(residents_10k * per_10k)
    counts["later_inventions"] = facts.sample.later_inventions
    day = figures["hnte"].on
    return Totals(
        day=day,
        until=facts.sample.until,
        flows_since=date(day.year - 4, 1, 1),
        counts=counts,
    )


def dict_of(selection: tuple[tuple[str, str], ...]) -> dict[str, tuple[str, ...]]:
    """Parameters of a question by name."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in selection:
        found[name] = (*found.get(name, ()), value)
    return found


def _count_real(facts: DistrictFacts, asked: dict[str, tuple[str, ...]]) -> int:
    """How many real things, there by the document's day, answer a question."""
    if not asked:
        return 0
    kind = asked.pop("kind")[0]
    return sum(
        entity.kind == kind
        and not entity.is_planned
        and all(entity.values.get(name) in values for name, values in asked.items())
        for entity in facts.entities
    )
