"""The tables behind the platform: Django's pages, in both languages and in order."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.looking import DESK, Visitor, Way

pytestmark = pytest.mark.browser
PAGES = {
    "index": "/admin/",
    "app": "/admin/registry/",
    "list": "/admin/registry/resource/",
    "entries": "/admin/journal/entry/",
    "sign-ins": "/admin/axes/accesslog/",
}


@pytest.fixture
def administrator(server: str, chromium: Browser, sessions: dict[str, str]) -> Iterator[Visitor]:
    with Visitor(chromium, server, role="administrator", sessions=sessions) as someone:
        yield someone


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("way", [DESK, Way("en", "dark", 360)], ids=str)
def test_the_tables_are_in_order(administrator: Visitor, way: Way, name: str):
    page = administrator.look(PAGES[name], f"tables-{name}", way)

    # What the tables hold stays in its own language; their names are the page's.
    said = page.locator("#site-name, .breadcrumbs, caption, thead, #user-tools a")
    words = " ".join(said.all_inner_texts())
    foreign = "[\u4e00-\u9fff]" if way.language == "en" else "[Aa][Xx][Ee][Ss]|ccess|[Uu]ser"
    assert not re.findall(foreign, words)


def test_one_row_of_a_table_is_in_order(administrator: Visitor):
    page = administrator.open("/admin/places/region/310112/change/", Way("en", width=360))
    assert not administrator.complaints

    # Django's style sheet imports another: axe would read that by a style the page's policy
    # refuses, and would take its own refusal for the page's.
    found = Axe().run(page, options={"preload": False})

    assert not found.violations_count, found.generate_report()
    labels = page.locator("fieldset label, fieldset .flex-container > label, .breadcrumbs a")
    assert not re.findall("[\u4e00-\u9fff]", " ".join(labels.all_inner_texts()))
