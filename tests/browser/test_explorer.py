"""The explorer: one question on map, list, filters and time at once."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import DESK, PHONE, WAYS, Visitor, Way

pytestmark = pytest.mark.browser
SLOW_MS = 90_000


def open_explorer(visitor: Visitor, path: str = "/explore", way: Way = DESK) -> Page:
    """The explorer with its map drawn."""
    page = visitor.open(path, way)
    expect(page.locator("[data-part=map][data-drawn]")).to_be_attached(timeout=SLOW_MS)
    return page


def total_on(page: Page) -> int:
    return int(page.locator("[data-total]").get_attribute("data-total") or "-1")


def wait_for_total(page: Page, total: int) -> None:
    expect(page.locator("[data-total]")).to_have_attribute("data-total", str(total))


def counted_by_api(page: Page, server: str) -> dict:
    """What the API says to the question in the address bar."""
    query = page.evaluate("location.search.replace(/[?&]order=[a-z]*/, '')")
    return page.request.get(f"{server}/api/v1/resources{query}").json()


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_the_explorer_is_in_order(visitor: Visitor, way: Way):
    page = open_explorer(visitor, way=way)
    page.wait_for_timeout(1500)

    visitor.inspect(page, "explorer", way)


@pytest.mark.parametrize("way", [DESK, PHONE, Way("en", "dark")], ids=str)
@pytest.mark.parametrize("layer", ["density", "towns", "zones"])
def test_every_layer_is_in_order(visitor: Visitor, way: Way, layer: str):
    page = open_explorer(visitor, f"/explore#layer={layer}", way)
    page.wait_for_timeout(800)

    visitor.inspect(page, f"explorer-{layer}", way)


def test_one_filter_changes_every_number_together(visitor: Visitor):
    page = open_explorer(visitor)
    before = total_on(page)

    page.locator("label.kind-chip", has_text="孵化载体").click()

    expect(page).to_have_url(re.compile(r"kind=carrier"))
    expect(page.get_by_label("已选条件")).to_contain_text("种类：孵化载体")
    answer = counted_by_api(page, visitor.server)
    wait_for_total(page, answer["total"])
    chip = page.locator("label.kind-chip", has_text="孵化载体").locator(".count")
    expect(chip).to_have_text(f"{answer['total']:,}")
    located = str(answer["total"] - answer["unlocated"])
    map_element = page.locator("[data-part=map]")
    expect(map_element).to_have_attribute("data-counted", located, timeout=SLOW_MS)
    exported = page.request.get(f"{visitor.server}/export.csv?kind=carrier")
    assert exported.headers["x-total-count"] == str(answer["total"])
    assert 0 < answer["total"] < before


def test_a_drawn_polygon_counts_what_the_api_counts(visitor: Visitor):
    page = open_explorer(visitor)
    before = total_on(page)
    box = page.locator(".maplibregl-canvas").bounding_box()
    assert box is not None
    places = [(0.45, 0.3), (0.7, 0.45), (0.6, 0.8), (0.4, 0.6)]

    page.get_by_role("button", name="画多边形").click()
    for across, down in [*places, places[0]]:
        page.mouse.click(box["x"] + across * box["width"], box["y"] + down * box["height"])
        page.wait_for_timeout(350)

    expect(page).to_have_url(re.compile(r"polygon="))
    answer = counted_by_api(page, visitor.server)
    wait_for_total(page, answer["total"])
    assert 0 < answer["total"] < before
    expect(page.get_by_label("已选条件")).to_contain_text("画的多边形，4 个角")
    visitor.inspect(page, "explorer-polygon", DESK)


def test_an_area_is_drawn_with_the_keyboard_alone(visitor: Visitor):
    page = open_explorer(visitor)
    before = total_on(page)

    page.get_by_role("button", name="画圆").press("Enter")
    page.keyboard.press("Enter")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(500)
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"circle="))
    answer = counted_by_api(page, visitor.server)
    wait_for_total(page, answer["total"])
    assert answer["total"] < before


def test_a_box_of_one_point_is_not_asked_for(visitor: Visitor):
    page = open_explorer(visitor)

    page.get_by_role("button", name="画方框").press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")

    expect(page.get_by_text("两点太近")).to_be_visible()
    expect(page).not_to_have_url(re.compile(r"bbox="))


def test_a_map_whose_tiles_do_not_come_says_so_and_is_not_saved(visitor: Visitor):
    page = open_explorer(visitor)
    visitor.expected = (503,)
    page.route("**/tiles/**", lambda route: route.fulfill(status=503))
    page.locator("label", has_text="孵化载体").first.click()

    expect(page.get_by_role("alert")).to_contain_text("地图没有取全")
    page.locator("summary", has_text="更多").click()
    page.get_by_role("button", name="把地图存为图片").click()
    expect(page.get_by_text("地图没有取全，没有保存")).to_be_visible()

    page.unroute("**/tiles/**")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="重新取图").click()
    expect(page.locator(".map-fault")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    assert page.locator(".map-fault").count() == 0


LOW_SCREENS = [(740, 360), (320, 256)]
"""A phone on its side; a desk's screen magnified four times."""
FREE_JS = """() => {
  const map = document.querySelector(".explore-map").getBoundingClientRect();
  const panel = document.querySelector("[data-part=panel]").getBoundingClientRect();
  return Math.min(panel.top, map.bottom, innerHeight) - map.top;
}"""
"""Pixels of the map's height that nothing covers, the page scrolled to it."""


@pytest.mark.parametrize(("width", "height"), LOW_SCREENS)
def test_a_low_screen_has_a_map_with_its_tools(visitor: Visitor, width: int, height: int):
    page = visitor.window(PHONE)
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{visitor.server}/explore")
    expect(page.locator("[data-part=map][data-drawn]")).to_be_attached(timeout=SLOW_MS)
    page.evaluate("scrollTo(0, 10_000)")

    # The district and not the world.
    expect(page).to_have_url(re.compile(r"#map=[6-9]\.?\d*/"))
    assert page.evaluate(FREE_JS) > 160
    page.get_by_role("button", name="画范围").click()
    expect(page.get_by_role("button", name="画方框")).to_be_focused()
    page.get_by_role("button", name="时间", exact=True).click()
    expect(page.get_by_role("slider", name="截至哪一天")).to_be_focused()
    expect(page.get_by_role("button", name="画方框")).to_be_hidden()
    visitor.inspect(page, f"explorer-low-{width}", PHONE)


def test_another_language_asks_the_same(visitor: Visitor):
    page = open_explorer(visitor)
    page.locator("label", has_text="孵化载体").first.click()
    expect(page).to_have_url(re.compile(r"kind=carrier"))

    page.get_by_role("button", name="English").click()

    expect(page.locator("html")).to_have_attribute("lang", re.compile("en"))
    expect(page).to_have_url(re.compile(r"kind=carrier"))


def test_escape_gives_a_drawing_up(visitor: Visitor):
    page = open_explorer(visitor)

    page.get_by_role("button", name="画方框").press("Enter")
    expect(page.get_by_text("画方框：点一个角")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_text("画方框：点一个角")).to_be_hidden()
    expect(page).not_to_have_url(re.compile(r"bbox="))


def test_a_link_restores_the_whole_question(visitor: Visitor):
    address = "/explore?kind=organization&q=示范&town=310112101&as_of=2015-12-31#layer=density"

    page = open_explorer(visitor, address)

    answer = counted_by_api(page, visitor.server)
    assert total_on(page) == answer["total"] > 0
    expect(page.get_by_label("搜索资源")).to_have_value("示范")
    chips = page.get_by_label("已选条件")
    for text in ("种类：单位", "搜索：示范", "截至：2015年12月31日"):
        expect(chips).to_contain_text(text)
    density = page.get_by_role("button", name="密度")
    expect(density).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".time-words")).to_have_text("2015年12月31日")


def test_an_area_in_the_link_is_brought_into_view(visitor: Visitor):
    page = open_explorer(visitor, "/explore?bbox=121.44,31.02,121.46,31.04")

    expect(page).to_have_url(re.compile(r"map=1[3-5]"))


def test_back_and_forward_ask_again(visitor: Visitor):
    page = open_explorer(visitor)
    everything = total_on(page)
    page.locator("label.kind-chip", has_text="专利").click()
    expect(page).to_have_url(re.compile(r"kind=patent"))
    patents = counted_by_api(page, visitor.server)["total"]
    wait_for_total(page, patents)

    page.go_back()
    wait_for_total(page, everything)
    page.go_forward()
    wait_for_total(page, patents)

    assert page.locator("input[value=patent]").is_checked()


@pytest.mark.parametrize("pause_ms", [0, 600], ids=["at-once", "later"])
def test_back_after_a_search_goes_to_what_was_before_it(visitor: Visitor, pause_ms: int):
    page = open_explorer(visitor)
    everything = total_on(page)
    box = page.locator("[data-explore] input[name=q]")

    box.press_sequentially("科")
    expect(page).to_have_url(re.compile(r"[?&]q="))
    box.press_sequentially("技")
    page.wait_for_timeout(pause_ms)
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"q=%E7%A7%91%E6%8A%80"))
    wait_for_total(page, counted_by_api(page, visitor.server)["total"])
    page.go_back()

    wait_for_total(page, everything)
    assert "q=" not in page.evaluate("location.search")
    expect(box).to_have_value("")
    page.locator("label.kind-chip", has_text="专利").click()
    expect(page).to_have_url(re.compile(r"kind=patent"))
    assert "q=" not in page.evaluate("location.search")


def test_the_day_moves_with_the_keyboard(visitor: Visitor):
    page = open_explorer(visitor, "/explore?kind=organization")
    today = total_on(page)

    page.get_by_role("slider", name="截至哪一天").focus()
    for _ in range(22):
        page.keyboard.press("PageDown")

    expect(page).to_have_url(re.compile(r"as_of=\d{4}-\d\d-\d\d"))
    answer = counted_by_api(page, visitor.server)
    wait_for_total(page, answer["total"])
    assert answer["total"] < today
    page.get_by_role("button", name="今天").click()
    wait_for_total(page, today)


def test_time_plays_and_stops(visitor: Visitor):
    page = open_explorer(visitor, "/explore?kind=organization")

    page.get_by_role("button", name="播放").click()
    expect(page).to_have_url(re.compile(r"as_of="))
    page.get_by_role("button", name="暂停").click()

    stopped = page.url
    page.wait_for_timeout(1500)
    assert page.url == stopped


def test_records_on_one_spot_spread_into_a_fan(visitor: Visitor):
    page = open_explorer(visitor, "/explore?kind=service_agency#map=17/31.03/121.45")
    expect(page.locator("[data-part=map]")).to_have_attribute(
        "data-counted", re.compile(r"\d\d"), timeout=SLOW_MS
    )
    box = page.locator(".maplibregl-canvas").bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    page.mouse.click(*middle)
    page.wait_for_timeout(600)
    visitor.inspect(page, "explorer-fan", DESK)
    page.mouse.click(middle[0], middle[1] - 48)

    expect(page.locator(".map-card")).to_contain_text("同楼服务机构")


def test_the_list_goes_on_where_it_ended(visitor: Visitor):
    page = open_explorer(visitor, "/explore?kind=organization")
    first = page.locator("[data-list] > li").count()

    page.get_by_role("link", name="再列一些").click()

    expect(page.locator("[data-list] > li")).to_have_count(2 * first)
    names = page.locator("[data-list] > li").evaluate_all("all => all.map(li => li.dataset.id)")
    assert len(set(names)) == len(names)
    expect(page.get_by_role("status").filter(has_text="又列出")).to_be_attached()


def test_nothing_found_says_what_to_do(visitor: Visitor):
    page = open_explorer(visitor, "/explore?q=没有这样的名字")

    assert total_on(page) == 0
    expect(page.get_by_text("去掉一个条件、换一个词")).to_be_visible()
    visitor.inspect(page, "explorer-empty", DESK)
