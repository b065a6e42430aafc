"""The explorer's page: one answer in counts, chips, filters and list, for each viewer."""

from __future__ import annotations

import html
import json
import random
import re
from datetime import date
from urllib.parse import urlencode

import pytest
from django.utils import translation

from chuangtu.apps.accounts.models import Person
from chuangtu.apps.catalog import words
from chuangtu.apps.catalog.listing import marked
from chuangtu.apps.registry.queries import iter_published
from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.terms.selection import read_selection
from chuangtu.terms.viewer import OFFICER, VISITOR, Role
from tests.apps.random_selections import draw

TODAY = date(2026, 11, 24)


@pytest.fixture
def officer(db):
    return Person.objects.create_user("officer", password="x", role=Role.OFFICER.value)


def facts_in(response) -> dict:
    found = re.search(r'id="explore-facts"[^>]*>(.*?)</script>', response.content.decode(), re.S)
    assert found
    return json.loads(found[1])


def random_queries(seed: int, count: int) -> list[str]:
    rng = random.Random(seed)
    described = snapshots.describe(VISITOR)
    rows = [row for chunk in iter_published() for row in chunk]
    return [urlencode(draw(rng, described, rows, VISITOR).parameters()) for _ in range(count)]


def total_in(response) -> int:
    found = re.search(r'data-total="(\d+)"', response.content.decode())
    assert found
    return int(found[1])


def test_page_list_facts_and_api_have_one_number(client, register):
    for query in random_queries(7, 40):
        page = client.get(f"/explore/answer?{query}")
        api = client.get(f"/api/v1/resources?{query}").json()

        facts = facts_in(page)
        assert total_in(page) == facts["total"] == api["total"], query
        assert facts["unlocated"] == api["unlocated"], query


def test_the_canonical_question_in_the_page_asks_the_same_again(client, register):
    for query in random_queries(8, 20):
        facts = facts_in(client.get(f"/explore?{query}"))

        again = facts_in(client.get(f"/explore?{facts['query']}"))

        assert again["total"] == facts["total"]
        assert again["query"] == facts["query"]


def test_counts_beside_the_kinds_are_what_choosing_them_gives(client, register):
    page = client.get("/explore/answer").content.decode()
    counts = re.findall(r'name="kind" value="(\w+)".*?class="count">([\d,]+)</span>', page, re.S)

    assert len(counts) > 5
    for kind, count in counts:
        chosen = client.get(f"/explore/answer?kind={kind}")
        assert total_in(chosen) == int(count.replace(",", "")), kind


def test_an_officer_sees_more_and_a_visitor_no_internal_filter(client, register, officer):
    public = total_in(client.get("/explore"))
    client.force_login(officer)

    assert total_in(client.get("/explore")) > public


def test_an_unknown_filter_is_told_in_a_sentence(client, register):
    response = client.get("/explore?colour=red")

    assert response.status_code == 400
    assert "不认识参数“colour”" in response.content.decode()


def test_the_next_page_follows_without_repeating(client, register):
    first = client.get("/explore/answer?order=newest").content.decode()
    more = re.search(r'data-more href="/explore\?([^"]+)"', first)
    assert more

    second = client.get(f"/explore/answer?{more[1].replace('&amp;', '&')}").content.decode()

    ids = [re.findall(r'<li data-id="(\d+)"', each) for each in (first, second)]
    assert len(ids[0]) == 30
    assert ids[1]
    assert not set(ids[0]) & set(ids[1])


def test_years_are_counts_of_the_same_selection_on_their_last_days(client, register):
    years = client.get("/explore/years?kind=organization").json()["years"]

    assert len(years) >= 10
    for each in years[:-1:4]:
        day = f"{each['year']}-12-31"
        api = client.get(f"/api/v1/resources?kind=organization&as_of={day}").json()
        assert each["count"] == api["total"], day
    today = client.get("/api/v1/resources?kind=organization").json()
    assert years[-1]["count"] == today["total"]


def test_export_links_carry_the_question(client, register):
    page = client.get("/explore/answer?kind=carrier&town=310112101").content.decode()

    for form in ("csv", "xlsx", "geojson", "gpkg", "parquet"):
        assert f"/export.{form}?kind=carrier&amp;town=310112101&amp;language=zh" in page


def test_a_chip_takes_only_its_own_condition_away(client, register):
    page = client.get("/explore/answer?kind=carrier&kind=patent&q=创新").content.decode()

    links = dict(re.findall(r'href="(/explore[^"]*)" aria-label="去掉条件 ([^"]+)"', page))

    assert links == {
        "/explore?kind=patent&amp;q=%E5%88%9B%E6%96%B0": "种类：孵化载体",
        "/explore?kind=carrier&amp;q=%E5%88%9B%E6%96%B0": "种类：专利",
        "/explore?kind=carrier&amp;kind=patent": "搜索：创新",
    }


@pytest.mark.parametrize(
    ("query", "zh", "en"),
    [
        ("", "全部资源", "All resources"),
        ("kind=carrier", "种类：孵化载体", "Kind: Carrier"),
        ("as_of=any", "日期：不限，含已失效的", "Day: any day, expired ones too"),
        ("as_of=2015-12-31", "截至：2015年12月31日", "As of: 31 December 2015"),
        ("bbox=121.3,31.0,121.4,31.1", "范围：画的方框", "Area: a drawn box"),
        (
            "circle=121.4,31.1,1500",
            "范围：画的圆，半径 1.5 km",
            "Area: a drawn circle of 1.5 km radius",
        ),
        ("area=zone:square", "范围：方块园区", "Area: Square Zone"),
        ("area_sqm.min=500", "", ""),
    ],
)
def test_a_selection_is_told_in_words(register, query, zh, en):
    pairs = [tuple(each.split("=", 1)) for each in query.split("&") if each]
    described = snapshots.describe(OFFICER)
    if "area_sqm" in query and "area_sqm" not in {each.name for each in described.ranges}:
        pytest.skip("no kind has an area any more")
    selection = read_selection(pairs, described.vocabulary, viewer=OFFICER, today=TODAY)

    with translation.override("zh-hans"):
        told_zh = words.sentence(words.conditions(selection, described, TODAY))
    with translation.override("en"):
        told_en = words.sentence(words.conditions(selection, described, TODAY))

    if zh:
        assert (told_zh, told_en) == (zh, en)
    else:
        assert "不小于 500" in told_zh
        assert "at least 500" in told_en


def test_matches_are_marked_and_markup_is_not_trusted():
    assert marked("a<b>ab", [[0, 1], [4, 5]]) == "<mark>a</mark>&lt;b&gt;<mark>a</mark>b"
    assert marked("abc", [[2, 9], [1, 1]]) == "abc"


def test_the_code_to_embed_cannot_be_broken_out_of(client, register):
    page = client.get("/explore/answer", {"q": '"><script>alert(1)</script>'}).content.decode()

    code = html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)[1])

    assert "<script" not in code
    assert code.count("<") == 2
    assert code.startswith('<iframe src="http://testserver/embed?q=')


def test_answers_are_not_kept_by_shared_caches(client, register):
    for path in ("/explore", "/explore/answer", "/explore/years"):
        assert client.get(path)["Cache-Control"] == "private, no-cache"
