"""Code lists an official may change: read from `codes/*.yaml`, checked, kept for the process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from chuangtu.terms.codes import Industry
from chuangtu.terms.errors import ChuangtuError
from chuangtu.terms.kind import Choice

FOLDER = Path(__file__).with_name("codes")
INDUSTRY = "gbt4754_2017"


class CodeListError(ChuangtuError):
    """A code list cannot be used; the message names the file, the entry and the remedy."""


@dataclass(frozen=True, slots=True)
class CodeList:
    """One list of codes with the document it follows."""

    name: str
    zh: str
    en: str
    source: str
    choices: tuple[Choice, ...]


def names() -> list[str]:
    """The names of all code lists, without the industry classification."""
    return sorted(each.stem for each in FOLDER.glob("*.yaml") if each.stem != INDUSTRY)


@cache
def code_list(name: str) -> CodeList:
    """The code list `codes/<name>.yaml`.

    Raises:
        CodeListError: the file is absent, or an entry is incomplete or ambiguous.
    """
    return read_code_list(FOLDER / f"{name}.yaml")


def choices(name: str) -> tuple[Choice, ...]:
    """The codes of one list, in its order."""
    return code_list(name).choices


def read_code_list(path: Path) -> CodeList:
    """Read one code list from a file; see `code_list`."""
    raw = _load(path)
    entries = raw.get("codes") or []
    read = tuple(_choice(path, number, each) for number, each in enumerate(entries, 1))
    if not read:
        raise _fault(path, "没有任何条目", "has no codes", "add at least one under 'codes'")
    _refuse_ambiguous(path, read)
    return CodeList(path.stem, raw["zh"], raw["en"], raw["source"], read)


@cache
def industry() -> Industry:
    """Sections and divisions of GB/T 4754-2017."""
    path = FOLDER / f"{INDUSTRY}.yaml"
    sections: list[Choice] = []
    divisions: list[Choice] = []
    parents: dict[str, str] = {}
    for section in _load(path)["sections"]:
        sections.append(_choice(path, len(sections) + 1, section))
        for division in section["divisions"]:
            divisions.append(_choice(path, len(divisions) + 1, division))
            parents[division["code"]] = section["code"]
    return Industry(tuple(sections), tuple(divisions), parents)


def industry_source() -> str:
    """The standard the industry classification follows."""
    return str(_load(FOLDER / f"{INDUSTRY}.yaml")["source"])


def _load(path: Path) -> dict[str, Any]:
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise _fault(path, "不存在", "does not exist", "check the name of the list") from error
    except yaml.YAMLError as error:
        detail = " ".join(str(error).split())
        raise _fault(
            path, f"不是有效的 YAML：{detail}", f"is not YAML: {detail}", "mend it"
        ) from None
    missing = [each for each in ("name", "zh", "en", "source") if not _has(raw, each)]
    if missing:
        wanted = ", ".join(missing)
        raise _fault(path, f"缺少 {wanted}", f"lacks {wanted}", "give each of them")
    if raw["name"] != path.stem:
        raise _fault(
            path, "name 与文件名不同", "has another name than its file", "make them equal"
        )
    return raw


def _has(raw: Any, key: str) -> bool:
    return isinstance(raw, dict) and bool(raw.get(key))


def _choice(path: Path, number: int, raw: Any) -> Choice:
    texts = raw if isinstance(raw, dict) else {}
    if all(isinstance(texts.get(key), str) and texts[key] for key in ("code", "zh", "en")):
        aliases = tuple(str(each) for each in texts.get("aliases", ()))
        return Choice(texts["code"], texts["zh"], texts["en"], aliases)
    raise _fault(
        path,
        f"第 {number} 个条目不完整",
        f"entry {number} is incomplete",
        "give code, zh and en as texts (quote codes that look like numbers)",
    )


def _refuse_ambiguous(path: Path, read: tuple[Choice, ...]) -> None:
    seen: dict[str, str] = {}
    for each in read:
        for spelling in {each.code, each.zh, each.en.casefold(), *each.aliases}:
            if spelling in seen:
                raise _fault(
                    path,
                    f"“{spelling}”既指 {seen[spelling]} 又指 {each.code}",
                    f"'{spelling}' means both {seen[spelling]} and {each.code}",
                    "keep each spelling at one code",
                )
            seen[spelling] = each.code


def _fault(path: Path, zh: str, en: str, remedy: str) -> CodeListError:
    where = f"rulebook/codes/{path.name}"
    return CodeListError(f"{where}：{zh}。请改正后再用。", f"{where}: {en}. To mend: {remedy}.")
