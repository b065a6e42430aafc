"""Tags and filters for words, figures and built assets; loaded in every template."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chuangtu.apps.places.queries import list_shape_sources
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.terms.kind import Field, FieldType, Kind

register = template.Library()
AREAS = "/api/v1/areas"
MOST_SOURCES = 3
"""Sources of shapes that a map names at its foot; the line must stay one to read."""
_SPRITE = "src/generated/icons.svg"


def _is_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


@lru_cache(maxsize=4)
def _read_manifest(path: str, changed_at: float) -> dict[str, Any]:
    return json.loads(Path(path).read_text())


def _manifest() -> dict[str, Any]:
    """What the front-end build made; empty when it was never built."""
    path = Path(settings.VITE_MANIFEST)
    try:
        return _read_manifest(str(path), path.stat().st_mtime)
    except FileNotFoundError:
        return {}


def _styles_of(manifest: dict[str, Any], key: str, seen: set[str]) -> list[str]:
    if key in seen:
        return []
    seen.add(key)
    chunk = manifest[key]
    inner = [
        each for part in chunk.get("imports", ()) for each in _styles_of(manifest, part, seen)
    ]
    return [*inner, *chunk.get("css", ())]


@register.simple_tag
def asset(entry: str) -> SafeString:
    """The tags of one entry of frontend/src/entries: its styles, then its module.

    Without a build the page stays readable without style; `chuangtu doctor` says so.
    """
    manifest = _manifest()
    key = f"src/entries/{entry}.ts"
    if not manifest:
        return mark_safe("<!-- the front end is not built: run make -->")
    files = dict.fromkeys(_styles_of(manifest, key, set()))
    styles = format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((static(f"built/{each}"),) for each in files)
    )
    module = static(f"built/{manifest[key]['file']}")
    return format_html('{}\n<script type="module" src="{}"></script>', styles, module)


@register.simple_tag
def icon(name: str) -> SafeString:
    """One picture of the icon sprite; the words beside it say what it means."""
    chunk = _manifest().get(_SPRITE)
    sprite = static(f"built/{chunk['file']}") if chunk else ""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        sprite,
        name,
    )


@register.filter
def label(thing: Any) -> str:
    """The name of a kind, field or choice in the page's language."""
    return thing.zh if _is_chinese() else thing.en


@register.filter
def figure(value: Any) -> str:
    """A number with thousands separators, exact: 20,000 · 1,234.5."""
    if value is None or value == "":
        return ""
    number = value if isinstance(value, int | Decimal) else Decimal(str(value))
    if isinstance(number, Decimal):
        number = number.normalize()
        exponent = number.as_tuple().exponent
        return f"{number:,.{max(0, -exponent)}f}" if isinstance(exponent, int) else str(number)
    return f"{number:,}"


@register.filter
def day(value: Any) -> str:
    """A day as people write it: 2026年3月2日 · 2 March 2026; also from its ISO text."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value[:10])
        except ValueError:
            return value
    if not isinstance(value, date):
        return ""
    if _is_chinese():
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {value:%B %Y}"


@register.simple_tag(takes_context=True)
def map_settings(context: template.Context) -> SafeString:
    """The attributes an element needs to become a map: see frontend/src/map/base.ts."""
    district = context.get("district")
    box = ""
    told = [settings.BASEMAP_ATTRIBUTION]
    if district:
        frame = district.bbox
        box = ",".join(map(str, (frame.west, frame.south, frame.east, frame.north)))
        given = {"source": district.source, "day": day(district.source_date)}
        told.append(_("界线：%(source)s，%(day)s") % given)
        told.extend(_shape_sources())
    attribution = " · ".join(filter(None, told))
    return format_html(
        'data-areas="{}" data-bbox="{}" data-tiles="{}" data-attribution="{}" data-approval="{}"',
        AREAS,
        box,
        json.dumps(settings.BASEMAP_LAYERS) if settings.BASEMAP_LAYERS else "",
        attribution,
        settings.MAP_APPROVAL_NUMBER,
    )


def _shape_sources() -> list[str]:
    """Where the shapes inside the district come from; of many, the newest and how many more."""
    found = list_shape_sources()
    told = [
        _("边界：%(source)s，%(day)s") % {"source": source, "day": day(said_on)}
        for source, said_on in found[:MOST_SOURCES]
    ]
    more = len(found) - MOST_SOURCES
    return [*told, _("另有 %(count)s 个来源") % {"count": more}] if more > 0 else told


@register.simple_tag
def kinds_json() -> SafeString:
    """Names and signs of the kinds, for scripts: see frontend/src/parts/kinds.ts."""
    signs = {
        each.name: {
            "zh": each.zh,
            "en": each.en,
            "plural": each.en_plural,
            "colour": each.style.colour,
            "shape": each.style.shape,
            "icon": each.style.icon,
        }
        for each in KINDS.values()
    }
    return json_script(signs, "kinds")


@register.filter
def kind(name: str) -> Kind | None:
    """The declaration of a kind by its name."""
    return KINDS.get(name)


@register.filter
def place_name(district: Any) -> str:
    """The name of a place in the page's language, Chinese where it has no English name."""
    return district.name if _is_chinese() else district.name_en or district.name


def _either(thing: Any, name: str) -> str:
    return getattr(thing, name if _is_chinese() else f"{name}_en") or ""


@register.filter
def unit(thing: Any) -> str:
    """The unit of a field or figure in the page's language."""
    return _either(thing, "unit")


@register.filter
def source_of(thing: Any) -> str:
    return _either(thing, "source")


@register.filter
def publisher_of(thing: Any) -> str:
    return _either(thing, "publisher")


@register.filter
def description(thing: Any) -> str:
    """What a kind holds, in one sentence."""
    return thing.description_zh if _is_chinese() else thing.description_en


@register.filter
def note(thing: Any) -> str:
    """What to fill into a field."""
    return thing.note_zh if _is_chinese() else thing.note_en


@register.filter
def plural(kind: Kind, count: int) -> str:
    """The kind's name beside a number: 单位 · Organizations, Organization."""
    if _is_chinese():
        return kind.zh
    return kind.en if count == 1 else kind.en_plural


@register.filter
def told(text: str, field: Field) -> str:
    """A value of a field as people read it: figures with their unit, days as days."""
    if field.type is FieldType.DATE:
        return day(text)
    if field.type in (FieldType.INTEGER, FieldType.DECIMAL):
        return f"{figure(text) if field.grouped else text} {unit(field)}".strip()
    return text


@register.filter
def percent(ratio: str) -> str:
    """A share of 0 to 1 as a percentage, exact."""
    return f"{figure(Decimal(ratio) * 100)}%"


@register.filter
def degrees(value: float) -> str:
    """A coordinate to about a decimetre."""
    return f"{value:.6f}"


@register.filter
def has_key(mapping: dict[str, Any], key: str) -> bool:
    return key in mapping


@register.filter
def data_type(box: Any) -> str:
    """What a value of a form's field is: see FieldType."""
    return str(box.field.widget.attrs.get("data-type", ""))
