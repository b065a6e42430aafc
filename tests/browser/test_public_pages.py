"""What everybody sees: home, sources, open data, a record; wide, narrow, light, dark, zh, en."""

from __future__ import annotations

import json
import urllib.request
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import DESK, PHONE, WAYS, Visitor, Way
from tests.browser.rows import ALLIANCE, HOLDER

pytestmark = pytest.mark.browser


def number_of(server: str, name: str) -> int:
    address = f"{server}/api/v1/suggest?{urlencode({'q': name})}"
    with urllib.request.urlopen(address) as answer:
        return next(e["id"] for e in json.load(answer)["suggestions"] if e["text"] == name)


@pytest.fixture(scope="module")
def alliance(server: str) -> int:
    return number_of(server, ALLIANCE)


@pytest.fixture(scope="module")
def enterprise(server: str) -> int:
    return number_of(server, HOLDER)


def wait_for_map(page: Page) -> None:
    page.locator(".map[data-ready=true]").wait_for(timeout=60_000)


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_the_home_page_is_in_order(visitor: Visitor, way: Way):
    page = visitor.open("/", way)
    wait_for_map(page)

    visitor.inspect(page, "home", way)


@pytest.mark.parametrize("way", [Way("en", width=1280), Way("en", width=390), DESK], ids=str)
def test_every_number_on_the_home_map_is_named(visitor: Visitor, way: Way):
    page = visitor.open("/", way)
    wait_for_map(page)

    for link in page.locator(".town-bubble:visible").all():
        name = link.locator("span")
        expect(name).to_be_visible()
        said = link.get_attribute("aria-label") or ""
        assert name.inner_text() in said
        assert link.locator("strong").inner_text() in said
        assert said != link.locator("strong").inner_text()


@pytest.mark.parametrize("way", [Way("en", width=1280), Way("en", width=390)], ids=str)
def test_the_scale_does_not_lie_on_a_long_attribution(visitor: Visitor, way: Way):
    page = visitor.open("/", way)
    wait_for_map(page)
    attribution = page.locator(".maplibregl-ctrl-attrib-inner")
    attribution.evaluate("each => each.append(' | Zones: ' + 'the source of a zone '.repeat(6))")

    scale = page.locator(".maplibregl-ctrl-scale").bounding_box()
    beside = page.locator(".maplibregl-ctrl-attrib").bounding_box()

    assert scale
    assert beside
    assert scale["y"] + scale["height"] <= beside["y"]


@pytest.mark.parametrize("way", WAYS, ids=str)
@pytest.mark.parametrize("name", ["about", "open-data", "accessibility", "api/docs"])
def test_a_page_about_the_platform_is_in_order(visitor: Visitor, way: Way, name: str):
    visitor.look(f"/{name}", name.replace("/", "-"), way)


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_the_record_of_an_enterprise_is_in_order(visitor: Visitor, way: Way, enterprise: int):
    page = visitor.open(f"/resources/{enterprise}", way)
    wait_for_map(page)

    visitor.inspect(page, "record-enterprise", way)


@pytest.mark.parametrize("way", [DESK, PHONE], ids=str)
def test_the_record_of_an_alliance_is_in_order(visitor: Visitor, way: Way, alliance: int):
    visitor.look(f"/resources/{alliance}", "record-alliance", way)


def test_suggestions_come_while_typing_and_lead_to_the_record(visitor: Visitor):
    page = visitor.open("/")
    box = page.locator("main input[type=search]")

    box.press_sequentially("示范企业0007")
    option = page.locator("main").get_by_role("option").first
    expect(option).to_contain_text("闵行示范企业0007有限公司")
    box.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    box.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("闵行示范企业0007有限公司")


def test_the_slash_key_goes_to_the_search_box(visitor: Visitor):
    page = visitor.open("/")

    page.keyboard.press("/")

    expect(page.locator("main input[type=search]")).to_be_focused()


def test_the_source_of_a_fact_opens_by_tap_and_closes_by_escape(visitor: Visitor, enterprise: int):
    page = visitor.open(f"/resources/{enterprise}", PHONE)
    button = page.locator(".source-button").first
    note = page.locator(f"#{button.get_attribute('aria-controls')}")

    button.tap()
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("h1").tap()

    expect(button).to_have_attribute("aria-expanded", "false")


def test_a_printed_record_shows_its_sources_and_no_buttons(visitor: Visitor, enterprise: int):
    page = visitor.open(f"/resources/{enterprise}")

    page.emulate_media(media="print")

    expect(page.locator(".source-text").first).to_be_visible()
    expect(page.locator(".site-header")).to_be_hidden()
    expect(page.get_by_role("button", name="打印")).to_be_hidden()


def test_a_record_that_is_not_there_has_a_page(visitor: Visitor):
    page = visitor.open("/resources/999999999", expected=(404,))

    expect(page.get_by_role("heading", level=1)).to_have_text("没有找到这一页")
