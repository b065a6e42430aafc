"""One value as it was given → the value it means, or what is wrong with it."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from chuangtu.apps.registry.facts.finding import shown
from chuangtu.apps.registry.facts.quantities import (
    read_boolean,
    read_date,
    read_decimal,
    read_integer,
)
from chuangtu.apps.registry.facts.reading import MeaningError, fold, number_in, plain
from chuangtu.rulebook.lists import industry
from chuangtu.terms.codes import UsccFault, compact_uscc, find_uscc_fault
from chuangtu.terms.kind import Choice, Field, FieldType
from chuangtu.terms.place import Box

SHORT, LONG, MANY = 300, 5_000, 500


@dataclass(frozen=True)
class Surroundings:
    """What a value is judged against beside its declaration.

    Attributes:
        towns: towns of the district; empty when no district is set up.
        areas: zones, parks and clusters with a code.
        box: the district with some margin, WGS 84; positions outside are warned of.
    """

    towns: tuple[Choice, ...] = ()
    areas: tuple[Choice, ...] = ()
    box: Box | None = None
    _folded: dict[str, Mapping[str, str]] = field(default_factory=dict, compare=False)

    def spellings(self, name: str) -> Mapping[str, str]:
        """Folded spelling → code of `towns` or `areas`."""
        if name not in self._folded:
            self._folded[name] = _spellings(getattr(self, name))
        return self._folded[name]


NOWHERE = Surroundings()


def meaning(field: Field, given: Any, around: Surroundings) -> Any:
    """The value a given one means; `None` when it is blank.

    Texts stay texts; INTEGER gives int, DECIMAL Decimal, DATE date, BOOLEAN bool; TEXTS, CODES
    and PARTIES give tuples. A meaning is its own meaning: reading twice changes nothing.

    Raises:
        MeaningError: the value means nothing for this field.
    """
    if given is None or (isinstance(given, float) and math.isnan(given)):
        return None
    if isinstance(given, str):
        given = given.strip().strip("\u3000\ufeff")
        if not given:
            return None
    elif isinstance(given, list | tuple) and not given:
        return None
    return _READERS[field.type](field, given, around)


def _text(field: Field, given: Any, around: Surroundings) -> str:
    text = plain(given)
    limit = LONG if field.type is FieldType.LONG_TEXT else SHORT
    if len(text) > limit:
        raise MeaningError(
            f"“{field.zh}”有 {len(text)} 个字，最多 {limit} 个字。请缩短后再填。",
            f"'{field.en}' has {len(text)} characters; at most {limit} are kept. Shorten it.",
        )
    return text


def _texts(field: Field, given: Any, around: Surroundings) -> tuple[str, ...] | None:
    parts = given if isinstance(given, list | tuple) else re.split(r"[;；\n]", plain(given))
    texts = (_text(field, each, around) for each in parts if each is not None)
    found = tuple(dict.fromkeys(each for each in texts if each))
    if len(found) > MANY:
        raise MeaningError(
            f"“{field.zh}”有 {len(found)} 项，最多 {MANY} 项。请检查分隔符。",
            f"'{field.en}' has {len(found)} entries; at most {MANY} are kept. "
            "Check the separator.",
        )
    return found or None


def _spellings(choices: tuple[Choice, ...]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for each in choices:
        for spelling in (each.code, each.zh, each.en, *each.aliases):
            found.setdefault(fold(spelling), each.code)
    return found


class _Reading:
    """How the codes of one list are spelt, and what was read by it before."""

    def __init__(self, choices: tuple[Choice, ...]) -> None:
        # Held, so that the tuple's id below is never another's.
        self.choices = choices
        self.spellings = _spellings(choices)
        self.before: dict[str, str] = {}


_MOST_REMEMBERED = 1_000
_readings: dict[int, _Reading] = {}


def _reading(field: Field) -> _Reading:
    """Found by identity: hashing a list of choices for every cell would cost more than reading."""
    found = _readings.get(id(field.choices))
    if found is None:
        found = _readings[id(field.choices)] = _Reading(field.choices)
    return found


def _code(field: Field, given: Any, around: Surroundings) -> str:
    if given is True or given is False:
        given = "是" if given else "否"
    return _read_code(field, plain(given))


def _read_code(field: Field, typed: str) -> str:
    reading = _reading(field)
    code = reading.before.get(typed)
    if code is None:
        code = _choose(field, typed, field.choices, reading.spellings)
        if len(reading.before) < _MOST_REMEMBERED:
            reading.before[typed] = code
    return code


def _choose(
    field: Field, typed: str, choices: tuple[Choice, ...], spellings: Mapping[str, str]
) -> str:
    code = spellings.get(fold(typed))
    if code is not None:
        return code
    near = difflib.get_close_matches(fold(typed), spellings, n=1, cutoff=0.6)
    meant = next((each for each in choices if near and each.code == spellings[near[0]]), None)
    some = "、".join(each.zh for each in choices[:6]) + ("……" if len(choices) > 6 else "")
    some_en = ", ".join(each.en for each in choices[:6]) + (" …" if len(choices) > 6 else "")
    if meant is not None:
        raise MeaningError(
            f"“{field.zh}”没有“{shown(typed)}”这个选项。是不是“{meant.zh}”？请改为列表中的值。",
            f"'{shown(typed)}' is not a value of '{field.en}'. Did you mean '{meant.en}'? "
            "Choose it from the list.",
        )
    raise MeaningError(
        f"“{field.zh}”没有“{shown(typed)}”这个选项。可选：{some}。请改为列表中的值。",
        f"'{shown(typed)}' is not a value of '{field.en}'. Choose from: {some_en}.",
    )


def _codes(field: Field, given: Any, around: Surroundings) -> tuple[str, ...] | None:
    if isinstance(given, list | tuple):
        parts = [plain(each) for each in given]
    else:
        parts = re.split(r"[;；、\n]", plain(given))
    chosen = (_read_code(field, each) for each in parts if each.strip())
    return tuple(dict.fromkeys(chosen)) or None


def _place(field: Field, given: Any, around: Surroundings) -> str:
    typed = plain(given)
    name = "towns" if field.type is FieldType.TOWN else "areas"
    choices: tuple[Choice, ...] = getattr(around, name)
    if not choices and re.fullmatch(r"[0-9A-Za-z:_-]{2,64}", typed):
        return typed  # no district is set up yet: a code cannot be judged, a name has no meaning
    if not choices:
        raise MeaningError(
            f"还没有设置区，无法判断“{field.zh}”的“{shown(typed)}”。请先运行 chuangtu init。",
            f"No district is set up to judge '{shown(typed)}' of '{field.en}'. "
            "Run chuangtu init first.",
        )
    return _choose(field, typed, choices, around.spellings(name))


_USCC_FAULTS = {
    UsccFault.LENGTH: ("不是 18 位", "does not have 18 characters"),
    UsccFault.CHARACTER: (
        "含有代码中不用的字符（不用字母 I、O、Z、S、V）",
        "holds a character the code never uses (the letters I, O, Z, S, V are not used)",
    ),
    UsccFault.SHAPE: (
        "前 8 位不符合编码规则",
        "does not start with department, category and region as the standard says",
    ),
    UsccFault.CHECK: (
        "校验位不符，可能抄错了一位",
        "fails its check digit: one sign may be wrong",
    ),
}


def _uscc(field: Field, given: Any, around: Surroundings) -> str:
    if isinstance(given, int | float):
        raise MeaningError(
            f"“{field.zh}”被存成了数字，末几位可能已经丢失。请把单元格设为文本后重新填写。",
            f"'{field.en}' was stored as a number and may have lost digits. "
            "Format the cell as text and enter it again.",
        )
    code = compact_uscc(plain(given))
    fault = find_uscc_fault(code)
    if fault is None:
        return code
    zh, en = _USCC_FAULTS[fault]
    raise MeaningError(
        f"“{field.zh}”“{shown(code)}”{zh}。请对照营业执照或登记证书核对。",
        f"'{shown(code)}' {en}. Compare it with the licence or certificate.",
    )


def _industry(field: Field, given: Any, around: Surroundings) -> str:
    typed = plain(given)
    code = industry().find_code(typed.zfill(2) if typed.isdigit() else typed)
    if code is not None:
        return code
    raise MeaningError(
        f"“{field.zh}”的“{shown(typed)}”不是 GB/T 4754-2017 代码。请填门类字母或 2 至 4 位数字。",
        f"'{shown(typed)}' is not a code of GB/T 4754-2017. "
        "Give a section letter or 2 to 4 digits.",
    )


def _party(field: Field, given: Any, around: Surroundings) -> str | int:
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    text = _text(field, given, around)
    number = number_in(text)
    return text if number is None else number


def _parties(field: Field, given: Any, around: Surroundings) -> tuple[str | int, ...] | None:
    if isinstance(given, list | tuple):
        parts = [each for each in given if each not in (None, "")]
    else:
        parts = [each for each in re.split(r"[;；、\n]", plain(given)) if each.strip()]
    return tuple(dict.fromkeys(_party(field, each, around) for each in parts)) or None


_URL = re.compile(r"https?://[^\s/]+\.[^\s]+|https?://localhost[^\s]*", re.IGNORECASE)


def _url(field: Field, given: Any, around: Surroundings) -> str:
    typed = plain(given)
    address = typed if "://" in typed else f"https://{typed}"
    if _URL.fullmatch(address) and len(address) <= 500:
        return address
    raise MeaningError(
        f"“{field.zh}”的“{shown(typed)}”不是网址。请写成 https://www.example.cn 这样的形式。",
        f"'{shown(typed)}' is not a web address. Write it as https://www.example.cn.",
    )


_READERS: Mapping[FieldType, Callable[[Field, Any, Surroundings], Any]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _text,
    FieldType.TEXTS: _texts,
    FieldType.CODE: _code,
    FieldType.CODES: _codes,
    FieldType.INTEGER: lambda field, given, _: read_integer(field, given),
    FieldType.DECIMAL: lambda field, given, _: read_decimal(field, given),
    FieldType.DATE: lambda field, given, _: read_date(field, given),
    FieldType.BOOLEAN: lambda field, given, _: read_boolean(field, given),
    FieldType.USCC: _uscc,
    FieldType.INDUSTRY: _industry,
    FieldType.TOWN: _place,
    FieldType.AREA: _place,
    FieldType.PARTY: _party,
    FieldType.PARTIES: _parties,
    FieldType.URL: _url,
}
