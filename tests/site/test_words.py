"""Words and figures as templates write them, and assets of the front-end build."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.template import Context
from django.utils import translation

from chuangtu.apps.places.actions import save_area
from chuangtu.apps.places.queries import get_district
from chuangtu.apps.registry.kinds import KINDS, field_of
from chuangtu.site.templatetags import words
from chuangtu.terms.kind import Choice
from tests.apps.registers import AT, SQUARE, district

ICONS = Path(__file__).resolve().parents[2] / "frontend" / "icons.json"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (20000, "20,000"),
        (Decimal("1234.50"), "1,234.5"),
        ("0.10", "0.1"),
        (Decimal("1E+3"), "1,000"),
        (0, "0"),
        (None, ""),
        ("", ""),
        ("-1234567.89", "-1,234,567.89"),
    ],
)
def test_a_figure_is_exact_and_has_separators(value, written: str):
    assert words.figure(value) == written


@pytest.mark.parametrize(
    ("language", "written"), [("zh-hans", "2026年3月2日"), ("en", "2 March 2026")]
)
def test_a_day_is_written_as_people_of_the_language_do(language: str, written: str):
    with translation.override(language):
        assert words.day(date(2026, 3, 2)) == written
        assert words.day("2026-03-02") == written


def test_a_text_that_is_no_day_stays_as_it_is():
    assert words.day("2026 春") == "2026 春"
    assert words.day(None) == ""


def test_a_year_is_no_quantity_and_keeps_its_digits_together():
    year = field_of("recognition", "recognition_year")
    staff = field_of("organization", "staff_count")

    assert year is not None
    assert staff is not None
    assert words.told("2020", year) == "2020"
    assert words.told("2020", staff) == "2,020 人"


def test_names_follow_the_language():
    choice = Choice("a", "企业", "Enterprise")

    assert words.label(choice) == "企业"
    with translation.override("en"):
        assert words.label(choice) == "Enterprise"


def test_every_kind_has_its_icon_in_the_sprite():
    drawn = set(json.loads(ICONS.read_text()))

    assert {kind.style.icon for kind in KINDS.values()} <= drawn


def test_an_entry_brings_the_styles_of_what_it_imports(tmp_path, settings):
    manifest = {
        "src/entries/a.ts": {"file": "assets/a.js", "css": ["assets/a.css"], "imports": ["_b.js"]},
        "_b.js": {"file": "assets/b.js", "css": ["assets/b.css"], "imports": ["_b.js"]},
    }
    settings.VITE_MANIFEST = tmp_path / "manifest.json"
    settings.VITE_MANIFEST.write_text(json.dumps(manifest))

    tags = words.asset("a")

    assert tags.index("assets/b.css") < tags.index("assets/a.css") < tags.index("assets/a.js")


def test_without_a_build_a_page_still_renders(tmp_path, settings):
    settings.VITE_MANIFEST = tmp_path / "absent.json"

    assert "not built" in words.asset("site")
    assert "<svg" in words.icon("map")


@pytest.mark.django_db
def test_a_map_names_where_its_shapes_come_from():
    district()
    for number in range(4):
        values = {
            "kind": "park",
            "name": f"园区{number}",
            "region_id": "310112",
            "geometry": f'{{"type":"Polygon","coordinates":{SQUARE}}}',
            "source": f"边界图{number}",
            "source_date": date(2026, 1, number + 1),
        }
        save_area(code=f"park:{number}", values=values, act="t", by="test", at=AT)

    told = words.map_settings(Context({"district": get_district()}))

    assert "边界：边界图3，2026年1月4日" in told
    assert "边界图2" in told
    assert "边界图1" not in told
    assert "另有 2 个来源" in told


@pytest.mark.django_db
def test_before_a_district_a_map_names_no_source():
    assert "边界" not in words.map_settings(Context({}))
