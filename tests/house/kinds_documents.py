"""Documents made from the declarations: docs/kinds.md and the second half of GLOSSARY.md.

`python -m tests.house.kinds_documents` writes both; a test says when that was forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from chuangtu.apps.registry.kinds import COMMON, KINDS
from chuangtu.rulebook import lists
from chuangtu.terms.kind import Field, Kind
from chuangtu.terms.viewer import Visibility

ROOT = Path(__file__).resolve().parents[2]
KINDS_PAGE = ROOT / "docs" / "kinds.md"
GLOSSARY = ROOT / "GLOSSARY.md"
MARK = "<!-- From here on made by `python -m tests.house.kinds_documents`. -->"


def kinds_page() -> str:
    """The whole of docs/kinds.md."""
    lines = [
        "# The kinds of record",
        "",
        "Made by `python -m tests.house.kinds_documents` from `chuangtu/apps/registry/kinds/`; "
        "change the declarations, not this page. How to add a kind: "
        "[how-to/add-a-kind.md](how-to/add-a-kind.md).",
        "",
        "Every record has the [common fields](#common-fields) beside those of its kind. "
        "*facet*: offered with counts. *range*: can be filtered from–to. *search*: found by the "
        "search box. A field that is not public says who sees it. "
        "How the source of each value, name, party and site is told: "
        "[how-to/use-the-api.md](how-to/use-the-api.md#know-where-it-comes-from).",
    ]
    for kind in KINDS.values():
        lines += ["", f"## {kind.zh} · {kind.en} (`{kind.name}`)", "", *_facts(kind), ""]
        lines += _table(kind.fields)
    lines += ["", "## Common fields", "", *_table(COMMON), "", "## Code lists", ""]
    for name in lists.names():
        found = lists.code_list(name)
        lines += [f"### {found.zh} · {found.en} (`{name}`)", "", f"{found.source}", ""]
        lines += [f"- `{each.code}` {each.zh} · {each.en}" for each in found.choices] + [""]
    lines += [f"### 国民经济行业 · Industry (`{lists.INDUSTRY}`)", "", lists.industry_source(), ""]
    lines += [f"- `{each.code}` {each.zh} · {each.en}" for each in lists.industry().sections]
    return "\n".join(lines) + "\n"


def glossary_half() -> str:
    """What GLOSSARY.md says after the mark."""
    lines = [
        MARK,
        "",
        "## Kinds and fields",
        "",
        "| 中文 | English | identifier |",
        "|---|---|---|",
    ]
    lines += _entries((k.zh, k.en, k.name) for k in KINDS.values())
    fields = [*COMMON, *(field for kind in KINDS.values() for field in kind.fields)]
    lines += _entries((each.zh, each.en, each.name) for each in fields)
    lines += ["", "## Codes", "", "| 中文 | English | code |", "|---|---|---|"]
    codes = [each for name in lists.names() for each in lists.choices(name)]
    table = lists.industry()
    lines += _entries((e.zh, e.en, e.code) for e in (*codes, *table.sections, *table.divisions))
    return "\n".join(lines) + "\n"


def glossary() -> str:
    """The whole of GLOSSARY.md, its hand-written half as it stands."""
    return GLOSSARY.read_text().split(MARK)[0] + glossary_half()


def _entries(rows: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    for zh, en, identifier in dict.fromkeys(rows):
        yield f"| {zh} | {en} | `{identifier}` |"


def _facts(kind: Kind) -> Iterator[str]:
    yield f"{kind.description_zh} {kind.description_en}"
    yield ""
    groups = ", else ".join(" + ".join(f"`{n}`" for n in group) for group in kind.identity)
    yield f"- Known by {groups}."
    yield f"- Holds from the latest of {_names(kind.starts)}, until the earliest of " + (
        f"{_names(kind.ends)} (that day excluded)."
    )
    if kind.name_from:
        yield f"- Named after {_names(kind.name_from)} when it has no name of its own."
    if kind.located_by:
        yield f"- Without a position of its own it stands where its `{kind.located_by}` is."


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{each}`" for each in names)


def _table(fields: Iterable[Field]) -> Iterator[str]:
    yield "| field | 中文 | English | type | used as | note |"
    yield "|---|---|---|---|---|---|"
    for each in fields:
        unit = f" ({each.unit_en})" if each.unit_en else ""
        note = each.note_en.replace("|", "/")
        yield (
            f"| `{each.name}` | {each.header} | {each.en}{unit} | {_type(each)} | "
            f"{', '.join(_uses(each))} | {note} |"
        )


def _type(field: Field) -> str:
    said = field.type.value
    if field.role and field.type.value.startswith("part"):
        said += f" ({field.of} as `{field.role}`)"
    return said


def _uses(field: Field) -> Iterator[str]:
    if field.required:
        yield "**required**"
    if field.facet:
        yield "facet"
    if field.ranged:
        yield "range"
    if field.searched:
        yield "search"
    if field.visibility > Visibility.PUBLIC:
        yield f"*{field.visibility.name.lower()}*"


if __name__ == "__main__":
    KINDS_PAGE.write_text(kinds_page())
    GLOSSARY.write_text(glossary())
