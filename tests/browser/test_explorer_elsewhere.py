"""The explorer on a phone, without scripts, on paper, in a frame, as a picture, for its owner."""

from __future__ import annotations

import json
import re
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import DESK, PHONE, SCREENSHOTS, WAYS, Visitor, Way
from tests.browser.test_explorer import SLOW_MS, open_explorer, total_on, wait_for_total

pytestmark = pytest.mark.browser
WORDS_END = """parts => parts.map((part) => {
  const words = document.createRange();
  words.selectNodeContents(part.querySelector("a") ?? part);
  return words.getBoundingClientRect().bottom;
})"""
"""Where the words of each part end, without the room a link leaves for fingers."""
SMALL_JS = """() => [...document.querySelectorAll(
  'main button, main summary, main select, main a.button, main a.chip, .kind-chip')]
  .filter(each => each.offsetParent)
  .map(each => [each.textContent.trim().slice(0, 20), each.getBoundingClientRect()])
  .filter(([, box]) => box.height < 43.5 && box.height > 0)
  .map(([text, box]) => `${text}: ${box.width} x ${box.height}`)"""


def resting_height(page: Page, part: Locator) -> float:
    """The height once the slide has ended: the same in three looks, however slow the machine."""
    heights = [part.bounding_box()["height"]]
    while len(heights) < 3 or len(set(heights[-3:])) > 1:
        page.wait_for_timeout(300)
        heights.append(part.bounding_box()["height"])
    return heights[-1]


def test_on_a_phone_the_list_slides_over_the_map(visitor: Visitor):
    page = open_explorer(visitor, way=PHONE)
    panel = page.locator("[data-part=panel]")
    half = resting_height(page, panel)

    page.get_by_role("button", name="列表占满").click()
    expect(panel).to_have_attribute("data-sheet", "full")
    full = resting_height(page, panel)
    page.get_by_role("button", name="收起列表，看地图").click()
    expect(panel).to_have_attribute("data-sheet", "low")

    assert resting_height(page, panel) < half < full
    expect(page.get_by_role("button", name="画方框")).to_be_visible()
    visitor.inspect(page, "explorer-map-first", PHONE)
    page.get_by_role("button", name="展开列表").click()
    page.get_by_role("button", name="时间", exact=True).click()
    expect(panel).to_have_attribute("data-sheet", "low")
    expect(page.get_by_role("slider", name="截至哪一天")).to_be_focused()


def test_fingers_find_what_they_touch(visitor: Visitor):
    page = open_explorer(visitor, "/explore?kind=carrier", PHONE)

    assert page.evaluate("matchMedia('(pointer: coarse)').matches"), "not a phone"
    assert page.evaluate(SMALL_JS) == []


@pytest.mark.parametrize("group", ["exports", "more"])
def test_on_a_phone_a_menu_stays_on_the_screen(visitor: Visitor, group: str):
    page = open_explorer(visitor, way=PHONE)

    page.locator(f"details[data-group={group}] > summary").click()

    box = page.locator(f"details[data-group={group}] .menu-body").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE.width


def test_on_a_phone_the_list_of_towns_waits_folded_beside_the_map(visitor: Visitor):
    page = open_explorer(visitor, way=PHONE)

    page.get_by_role("button", name="街镇", exact=True).click()
    towns = page.locator(".area-list")
    expect(towns).to_be_visible()
    expect(towns.locator("li").first).to_be_hidden()
    towns.locator("summary").click()

    expect(towns.locator("li").first).to_be_visible()
    visitor.inspect(page, "explorer-towns", PHONE)


def test_without_scripts_it_is_a_form_and_a_list(visitor: Visitor):
    context = visitor.browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{visitor.server}/explore")
    everything = total_on(page)

    # Found by its place: the search for words passes over what stands in a noscript.
    told = page.locator("[data-part=panel] noscript > .message")
    expect(told).to_be_visible()
    expect(told).to_contain_text("显示地图要用 JavaScript")
    page.locator("summary", has_text="筛选").click()
    page.locator("label.kind-chip", has_text="孵化载体").click()
    page.get_by_role("button", name="应用筛选").click()

    assert "kind=carrier" in page.url
    assert 0 < total_on(page) < everything
    page.get_by_role("link", name="去掉条件 种类：孵化载体").click()
    assert total_on(page) == everything
    context.close()


def test_the_map_is_saved_as_a_picture_with_its_sources(visitor: Visitor, tmp_path: Path):
    page = open_explorer(visitor, "/explore?kind=carrier&kind=platform")
    page.wait_for_timeout(1000)
    page.locator("summary", has_text="更多").click()

    with page.expect_download(timeout=SLOW_MS) as coming:
        page.get_by_role("button", name="把地图存为图片").click()

    path = SCREENSHOTS / "explorer-picture.png"
    coming.value.save_as(path)
    assert path.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert path.stat().st_size > 30_000
    assert coming.value.suggested_filename.endswith(".png")
    # On paper it is the same picture, whole, in the place of the map.
    shape = page.locator("[data-part=map]").evaluate(
        "each => each.clientWidth / each.clientHeight"
    )
    page.emulate_media(media="print")
    printed = page.locator(".explore-map img.sheet-picture")
    expect(printed).to_be_visible()
    expect(page.locator("[data-part=map]")).to_be_hidden()
    fit = printed.evaluate("each => getComputedStyle(each).objectFit")
    natural = printed.evaluate("each => each.naturalWidth / each.naturalHeight")
    assert fit == "contain"
    # Title, legend and sources make it higher than the map was.
    assert 0.7 * shape < natural < shape
    page.emulate_media(media="screen")
    expect(printed).to_have_count(0)
    assert not visitor.complaints


def test_the_sheet_for_the_printer_holds_the_map(visitor: Visitor):
    page = visitor.open("/print?kind=carrier", DESK)

    picture = page.locator("img.sheet-picture")
    expect(picture).to_be_visible(timeout=SLOW_MS)
    assert picture.evaluate("each => each.naturalWidth") > 500
    expect(page.get_by_role("button", name="打印")).to_be_visible()
    assert page.get_by_text("地图还没有画完").count() == 0
    visitor.inspect(page, "print", DESK)
    page.pdf(path=SCREENSHOTS / "print.pdf", format="A4", prefer_css_page_size=True)


@pytest.mark.parametrize("way", WAYS, ids=str)
@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/areas/zone:square", "area"),
        ("/compare?a=310112101&b=zone:square", "compare"),
        ("/compare", "compare-start"),
        ("/embed?kind=carrier", "embed"),
    ],
)
def test_the_pages_around_it_are_in_order(visitor: Visitor, way: Way, path: str, name: str):
    page = visitor.open(path, way)
    if page.locator("[data-frame-map]").count():
        expect(page.locator("[data-frame-map][data-drawn]")).to_be_attached(timeout=SLOW_MS)
        page.wait_for_timeout(800)

    visitor.inspect(page, name, way)


@pytest.mark.parametrize("way", [DESK, PHONE], ids=str)
def test_the_way_back_stands_on_one_line(visitor: Visitor, way: Way):
    page = visitor.open("/compare", way)

    edges = page.locator(".breadcrumbs li").evaluate_all(WORDS_END)

    assert len(edges) == 2
    assert max(edges) - min(edges) < 1


def test_the_two_areas_compared_have_the_numbers_of_the_explorer(visitor: Visitor):
    page = visitor.open("/compare?a=310112101&b=zone:square&kind=organization", DESK)
    totals = page.locator(".compare-total td a")
    wanted = int(totals.nth(1).inner_text().replace(",", ""))

    totals.nth(1).click()

    wait_for_total(page, wanted)
    assert wanted > 0


def test_an_officer_keeps_and_drops_a_selection(officer: Visitor):
    page = open_explorer(officer, "/explore?kind=carrier")
    wanted = total_on(page)

    page.locator("summary", has_text="更多").click()
    page.get_by_label("保存这组条件").fill("我的载体")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("条件已保存。")).to_be_visible()
    page.goto(f"{officer.server}/explore")
    page.locator("summary", has_text="更多").click()
    page.get_by_role("link", name="我的载体").click()
    wait_for_total(page, wanted)
    page.goto(f"{officer.server}/explore/saved")
    officer.inspect(page, "saved", DESK)
    page.get_by_role("button", name=re.compile("删除")).click()

    expect(page.get_by_text("还没有保存的条件")).to_be_visible()


def totals_by_kind(answer: dict) -> dict[str, int]:
    return {each["code"]: each["count"] for each in answer["facets"]["kind"]["values"]}


def test_a_frame_shows_an_officer_only_what_the_public_sees(officer: Visitor):
    page = officer.open("/about", DESK)
    facets = f"{officer.server}/api/v1/resources/facets?facet=kind"
    with urllib.request.urlopen(facets) as answer:
        public = totals_by_kind(json.load(answer))
    own = totals_by_kind(page.request.get(facets).json())
    # A kind of which an officer sees more, and few enough to be drawn as points at once.
    kind = next(name for name in own if 0 < public.get(name, 0) < own[name] < 100)

    page.goto(f"{officer.server}/embed?kind={kind}")

    with urllib.request.urlopen(f"{officer.server}/api/v1/resources?kind={kind}") as answer:
        listed = json.load(answer)
    located = str(listed["total"] - listed["unlocated"])
    frame = page.locator("[data-frame-map]")
    expect(frame).to_have_attribute("data-counted", located, timeout=SLOW_MS)
    assert total_on(page) == public[kind]
