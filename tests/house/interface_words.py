"""The sentences of the interface and their English, read from templates and code.

`python -m tests.house.interface_words` adds what is missing to the English file, empty, and drops
what nothing says any more; a translator then fills the empty lines in.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
ENGLISH = ROOT / "chuangtu/site/locale/en/LC_MESSAGES/django.po"
VERBS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def found() -> Catalog:
    """Every sentence marked for translation, with where it stands."""
    catalog = Catalog()
    package = ROOT / "chuangtu"
    for path in sorted([*package.rglob("*.html"), *package.rglob("*.py")]):
        if "migrations" in path.parts:
            continue
        for line, message, _comments, context in extract(
            "python", BytesIO(_as_python(path)), keywords=VERBS
        ):
            where = (str(path.relative_to(ROOT)), line)
            catalog.add(message, locations=[where], context=context)
    return catalog


def _as_python(path: Path) -> bytes:
    if path.suffix == ".py":
        return path.read_bytes()
    import django
    from django.utils.translation.template import templatize

    django.setup()
    # Text between the tags becomes runs of X, which no Python tokenizer minds as words; only the
    # lines with a call are kept.
    lines = templatize(path.read_text(), origin=str(path)).splitlines()
    return "\n".join(_calls_of(line) for line in lines).encode()


def _calls_of(line: str) -> str:
    starts = [line.find(f"{verb}(") for verb in ("gettext", "ngettext", "pgettext", "npgettext")]
    known = [start for start in starts if start >= 0]
    return line[min(known) :] if known else ""


def english() -> Catalog:
    """What the English file says now."""
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def update() -> None:
    """Write the English file anew: all sentences, in order, with what English there is."""
    known = english()
    catalog = Catalog(locale="en", project="chuangtu", charset="utf-8", fuzzy=False)
    for message in found():
        if not message.id:
            continue
        there = known.get(message.id, message.context)
        text = there.string if there else ("" if isinstance(message.id, str) else ("", ""))
        catalog.add(message.id, text, context=message.context, flags=message.flags)
    with ENGLISH.open("wb") as file:
        write_po(file, catalog, width=99, no_location=True, omit_header=True, sort_output=True)
    head = (
        'msgid ""\nmsgstr ""\n"Language: en\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    )
    ENGLISH.write_text(head + ENGLISH.read_text())


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    update()
