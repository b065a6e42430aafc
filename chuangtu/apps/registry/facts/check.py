"""A row of values as given → the row it means, and everything found wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from chuangtu.apps.registry.facts.finding import Finding, Findings, has_fatal, shown
from chuangtu.apps.registry.facts.parts import PARTS, check_part
from chuangtu.apps.registry.facts.reading import MeaningError
from chuangtu.apps.registry.facts.state import VISIBILITY_CODES
from chuangtu.apps.registry.facts.values import NOWHERE, Surroundings, meaning
from chuangtu.apps.registry.kinds import KINDS, all_fields
from chuangtu.terms.coordinates import Crs, convert
from chuangtu.terms.kind import Field
from chuangtu.terms.place import Box
from chuangtu.terms.viewer import ADMINISTRATOR, Viewer, Visibility


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A row as it is meant; a field absent was not given, `None` is a blank."""

    values: Mapping[str, Any]
    findings: Findings

    @property
    def is_fit(self) -> bool:
        """Whether the row can be written."""
        return not has_fatal(self.findings)


def validate(
    kind: str, values: Mapping[str, Any], viewer: Viewer, around: Surroundings = NOWHERE
) -> Findings:
    """Everything wrong with a row of a kind, values as given or as meant."""
    return clean(kind, values, viewer=viewer, around=around).findings


def clean(
    kind: str,
    values: Mapping[str, Any],
    *,
    viewer: Viewer = ADMINISTRATOR,
    around: Surroundings = NOWHERE,
    is_whole: bool = True,
) -> Cleaned:
    """Read a row of a kind.

    Args:
        kind: name of the kind.
        values: field name → value as given; PARTS are passed through.
        viewer: who gives it; nobody writes what they may not see.
        around: what places are judged against.
        is_whole: a missing required field is a finding; a change of some fields is not whole.
    """
    fields, open_fields = _fields(kind), _open_fields(kind, viewer)
    meant: dict[str, Any] = {}
    findings: list[Finding] = []
    for name, given in values.items():
        field = open_fields.get(name)
        if field is None:
            if name in PARTS and viewer.can_see(Visibility.INTERNAL):
                meant[name] = given
                findings.extend(check_part(name, given))
            else:
                findings.append(_stranger(name, given, fields.get(name)))
            continue
        try:
            meant[name] = meaning(field, given, around)
        except MeaningError as error:
            findings.append(Finding(name, shown(given), error.zh, error.en))
    findings.extend(_beyond(meant, viewer))
    faulty = {each.field for each in findings}
    findings.extend(each for each in _position(kind, meant, around) if each.field not in faulty)
    if is_whole:
        findings.extend(_missing(kind, meant, {each.field for each in findings}))
        findings.extend(_days(kind, meant))
    return Cleaned(meant, tuple(findings))


def check_state(kind: str, state: Mapping[str, Any]) -> Findings:
    """What is wrong with a record as a whole: something missing, days that contradict."""
    roles = {each[0] for each in state.get("relations", ())}
    given = {
        each.name: True if each.role in roles else state.get(each.name)
        for each in _fields(kind).values()
        if each.required
    }
    return (*_missing(kind, given, set()), *_days(kind, state))


@cache
def _fields(kind: str) -> Mapping[str, Field]:
    return {each.name: each for each in all_fields(kind)}


@cache
def _open_fields(kind: str, viewer: Viewer) -> Mapping[str, Field]:
    """Those that this viewer may write."""
    return {name: each for name, each in _fields(kind).items() if viewer.can_see(each.visibility)}


def _stranger(name: str, given: Any, field: Field | None) -> Finding:
    if field is not None:
        return Finding(
            name,
            shown(given),
            f"您没有填写“{field.zh}”的权限。请删去这一列，或请管理员填写。",
            f"You may not fill in '{field.en}'. Leave it out, or ask an administrator.",
        )
    return Finding(
        name,
        shown(given),
        f"这个类别没有字段“{shown(name)}”。请对照模板检查字段名。",
        f"This kind has no field '{shown(name)}'. Compare the template.",
    )


def _beyond(meant: Mapping[str, Any], viewer: Viewer) -> Iterator[Finding]:
    """A record of this class would be hidden from whoever writes it."""
    code = meant.get("visibility")
    if code is not None and not viewer.can_see(VISIBILITY_CODES[code]):
        yield Finding(
            "visibility",
            shown(code),
            "您不能写入自己无权查看的公开范围。请改为“公开”或“内部”，或交管理员写入。",
            "You cannot write a class of records that you may not see. "
            "Choose public or internal, or ask an administrator.",
        )


def _missing(kind: str, meant: Mapping[str, Any], already: set[str]) -> Iterator[Finding]:
    is_named = not KINDS[kind].name_from
    for field in _fields(kind).values():
        needed = field.required and (field.name != "name" or is_named)
        if needed and meant.get(field.name) is None and field.name not in already:
            yield Finding(
                field.name,
                "",
                f"缺少“{field.zh}”，这一项必须填写。请补上。",
                f"'{field.en}' is missing and must be given. Fill it in.",
            )


@cache
def _stems(kind: str) -> tuple[tuple[str, str], ...]:
    """What stands before `longitude` and its label: nothing, then each site of its own."""
    ends = "longitude", "经度"
    own = (each for each in _fields(kind).values() if each.name.endswith(ends[0]))
    return tuple((each.name.removesuffix(ends[0]), each.zh.removesuffix(ends[1])) for each in own)


def _position(kind: str, meant: Mapping[str, Any], around: Surroundings) -> Iterator[Finding]:
    for stem, zh in _stems(kind):
        x, y = meant.get(f"{stem}longitude"), meant.get(f"{stem}latitude")
        if x is None and y is None:
            continue
        if x is None or y is None:
            given, lacking = ("纬度", "经度") if x is None else ("经度", "纬度")
            given_en, lacking_en = (
                ("latitude", "longitude") if x is None else ("longitude", "latitude")
            )
            yield Finding(
                f"{stem}{lacking_en}",
                "",
                f"有{zh}{given}没有{zh}{lacking}，位置不完整。请一并填写，或都留空。",
                f"A {given_en} is given without a {lacking_en}. Give both or neither.",
            )
        elif meant.get("crs") is None:
            yield Finding(
                "crs",
                "",
                "有经纬度而没有坐标系，无法确定位置。请填 WGS 84、CGCS2000、GCJ-02 或 BD-09；"
                "导入文件时，也可以在核对列时为整个文件选定。",
                "A position is given without its coordinate system. "
                "Give WGS 84, CGCS2000, GCJ-02 or BD-09; in an import, it can be chosen for"
                " the whole file where the columns are checked.",
            )
        else:
            yield from _whereabouts(stem, x, y, meant["crs"], around)


def _whereabouts(
    stem: str, x: Decimal, y: Decimal, crs: str, around: Surroundings
) -> Iterator[Finding]:
    if 3 <= x <= 54 and 73 <= y <= 136:
        at = f"{x.normalize():f},{y.normalize():f}"
        yield Finding(
            f"{stem}longitude",
            at,
            f"经度 {x.normalize():f}、纬度 {y.normalize():f} 像是写反了。请把两列对调。",
            f"Longitude {x.normalize():f} and latitude {y.normalize():f} look exchanged. "
            "Swap the two.",
        )
        return
    box = around.box
    if box is None or _is_inside(box, float(x), float(y), crs):
        return
    at = f"{x.normalize():f},{y.normalize():f}"
    yield Finding(
        f"{stem}longitude",
        at,
        f"位置 {at} 不在本区范围内。请核对经纬度与坐标系；确在区外可以保留。",
        f"The position {at} is outside the district. Check it; keep it if it is right.",
        is_fatal=False,
    )


_FARTHEST_SHIFT_DEGREES = 0.02
"""No system moves a position farther than this."""


def _is_inside(box: Box, x: float, y: float, crs: str) -> bool:
    room = _FARTHEST_SHIFT_DEGREES
    if box.west + room <= x <= box.east - room and box.south + room <= y <= box.north - room:
        return True
    longitude, latitude = convert(x, y, Crs(crs), Crs.WGS84)
    return box.west <= longitude <= box.east and box.south <= latitude <= box.north


def _days(kind: str, given: Mapping[str, Any]) -> Iterator[Finding]:
    """Days that contradict one another; days are dates, or texts in ISO form."""
    declared = KINDS[kind]
    starts = [(given[each], each) for each in declared.starts if given.get(each) is not None]
    ends = [(given[each], each) for each in declared.ends if given.get(each) is not None]
    if starts and ends:
        (start, first), (end, last) = max(starts), min(ends)
        if end < start or (first, last) == ("valid_from", "valid_until") and end == start:
            yield _contradiction(kind, first, start, last, end)
    for earlier, later in _ORDERED.get(kind, ()):
        start, end = given.get(earlier), given.get(later)
        if start is not None and end is not None and end < start:
            yield _contradiction(kind, earlier, start, later, end)


def _contradiction(kind: str, first: str, start: Any, last: str, end: Any) -> Finding:
    earlier, later = _fields(kind)[first], _fields(kind)[last]
    return Finding(
        last,
        str(end),
        f"“{later.zh}”{end} 应当晚于“{earlier.zh}”{start}。请核对这两个日期。",
        f"'{later.en}' {end} should be after '{earlier.en}' {start}. Check both days.",
    )


_ORDERED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "organization": (("founded_on", "listed_on"),),
    "patent": (("applied_on", "published_on"), ("applied_on", "granted_on")),
}
