"""The JSON API: one number, pages that add up, sentences for what cannot be understood."""

import gzip
import json
import re

import pytest
from django.test import Client, override_settings
from django.utils.html import escape

from chuangtu.apps.accounts.models import Person
from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.terms.selection import Selection
from tests.apps.registers import alter
from tests.apps.vector_tiles import total

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    person = Person.objects.create_user("officer", password="officer", role="officer")
    client.force_login(person)
    return client


def get(client, address, status=200, **parameters):
    response = client.get(address, query_params=parameters)
    assert response.status_code == status, response.content
    return response.json()


def test_following_next_lists_every_record_once(register, client):
    seen, after = [], ""
    while after is not None:
        page = get(client, "/api/v1/resources", as_of="any", limit="50", after=after)
        seen += [each["id"] for each in page["items"]]
        after = page["next"]

    assert len(seen) == len(set(seen)) == page["total"] == snapshots.count(Selection()).total


def test_facets_list_and_tile_say_the_same_number(register, client):
    facets = get(client, "/api/v1/resources/facets", facet="kind")
    listed = get(client, "/api/v1/resources", limit="1")
    tile = client.get("/tiles/0/0/0.mvt").content

    assert facets["total"] == listed["total"] > 0
    assert sum(each["count"] for each in facets["facets"]["kind"]["values"]) == facets["total"]
    assert total(tile) == facets["total"] - facets["unlocated"]


def test_the_day_is_today_unless_another_is_asked(register, client):
    today = get(client, "/api/v1/resources")["total"]
    past = get(client, "/api/v1/resources", as_of="1990-01-01")["total"]
    whenever = get(client, "/api/v1/resources", as_of="any")["total"]

    assert past < today < whenever


@pytest.mark.parametrize(
    ("address", "parameters", "wrong"),
    [
        ("/api/v1/resources", {"colour": "red"}, "colour"),
        ("/api/v1/resources", {"kind": "dragon"}, "kind"),
        ("/api/v1/resources", {"level": "galactic"}, "level"),
        ("/api/v1/resources", {"bbox": "1,2,3"}, "bbox"),
        ("/api/v1/resources", {"polygon": "1,2;3,4"}, "polygon"),
        ("/api/v1/resources", {"area": "nowhere"}, "area"),
        ("/api/v1/resources", {"as_of": "2015-02-30"}, "as_of"),
        ("/api/v1/resources", {"limit": "0"}, "limit"),
        ("/api/v1/resources", {"limit": "99999999999999999999"}, "limit"),
        ("/api/v1/resources", {"limit": "١"}, "limit"),
        ("/api/v1/resources", {"order": "random"}, "order"),
        ("/api/v1/resources", {"order": "relevance"}, "order"),
        ("/api/v1/resources", {"after": "zzz"}, "after"),
        ("/api/v1/resources", {"after": "é"}, "after"),
        ("/api/v1/resources", {"q": "a\0b"}, "q"),
        ("/api/v1/resources", {"staff_count.min": "1e999999"}, "staff_count.min"),
        ("/api/v1/resources", {"staff_count.min": "１２"}, "staff_count.min"),
        ("/api/v1/resources", {"staff_count.max": "1_000"}, "staff_count.max"),
        ("/tiles/0/0/0.mvt", {"bbox": "１２１,31,122,32"}, "bbox"),
        ("/export.csv", {"circle": "121.4,31.1,1_000"}, "circle"),
        ("/api/v1/resources/facets", {"facet": "colour"}, "facet"),
        ("/api/v1/resources/1", {"x": "1"}, "x"),
        ("/api/v1/openapi.json", {"x": "1"}, "x"),
        ("/api/v1/openapi.json", {"kind": ""}, "kind"),
        ("/api/docs", {"x": "1"}, "x"),
        ("/api/v1/search", {}, "q"),
        ("/api/v1/search", {"q": "好" * 201}, "q"),
        ("/api/v1/suggest", {}, "q"),
        ("/api/v1/suggest", {"q": "a", "kind": "patent"}, "kind"),
        ("/api/v1/areas", {"kind": "country"}, "kind"),
        ("/tiles/0/0/0.mvt", {"limit": "1"}, "limit"),
        ("/export.csv", {"language": "fr"}, "language"),
        ("/api/v1/resources", {"colour": ""}, "colour"),
        ("/api/v1/resources", {"colour": "", "kind": "patent"}, "colour"),
        ("/api/v1/resources/1", {"x": ""}, "x"),
        ("/api/v1/suggest", {"q": "a", "x": ""}, "x"),
        ("/tiles/0/0/0.mvt", {"order": ""}, "order"),
        ("/export.csv", {"order": ""}, "order"),
        ("/api/v1/resources", {"q": ["a", "b"]}, "q"),
        ("/api/v1/resources", {"limit": ["1", "2"]}, "limit"),
        ("/api/v1/resources", {"order": ["name", "newest"]}, "order"),
        ("/api/v1/resources", {"after": ["a", "b"]}, "after"),
        ("/api/v1/suggest", {"q": ["a", "b"]}, "q"),
        ("/export.csv", {"language": ["zh", "en"]}, "language"),
    ],
)
def test_what_cannot_be_understood_is_a_400_with_a_sentence(client, address, parameters, wrong):
    response = client.get(address, query_params=parameters)

    told = response.json()
    assert response.status_code == told["status"] == 400
    assert response["Content-Type"] == "application/problem+json"
    assert told["parameter"] == wrong
    assert told["detail"]
    assert told["detail_zh"]


def test_empty_boxes_and_the_same_said_again_are_no_mistake(register, client):
    asked = {"q": "", "kind": "", "area": "", "town": "", "staff_count.min": "", "order": ""}

    assert (
        get(client, "/api/v1/resources", **asked, limit=["2", "", "2"])
        == get(client, "/api/v1/resources", limit="2")
    )  # fmt: skip


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/resources/999999",
        "/api/v1/resources/99999999999999999999999",
        "/api/v1/resources/one",
        "/api/v1/nothing",
        "/api/v1",
        "/api/v1/resources/",
        "/tiles/3/8/0.mvt",
        "/tiles/99/0/0.mvt",
        "/tiles/8000000000/0/0.mvt",
        "/tiles/99999999999999999999999999/0/0.mvt",
        "/tiles/3/99999999999999999999999999/0.mvt",
        "/tiles/a/b/c.mvt",
    ],
)
def test_what_is_not_there_is_a_404_in_json(client, address):
    response = client.get(address)

    assert response.status_code == 404
    assert response.json()["detail_zh"]


@pytest.mark.parametrize("address", ["/api/v1/resources", "/tiles/0/0/0.mvt", "/export.csv"])
def test_only_reading_is_allowed(address):
    response = Client(enforce_csrf_checks=True).post(address)

    assert response.status_code == 405
    assert "GET" in response["Allow"]
    assert response.json()["status"] == 405


@pytest.mark.parametrize("path", ["/api/v1/resources", "/api/v1/resources/999999"])
def test_head_is_answered_as_get_without_a_body(client, register, path):
    whole, head = client.get(path), client.head(path)

    assert head.status_code == whole.status_code
    assert head.content == b""
    assert head["Content-Type"] == whole["Content-Type"]
    assert head["Content-Length"] == str(len(whole.content))


def test_a_strange_host_is_refused_in_json(client):
    response = client.get("/api/v1/resources", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert response.json()["detail_zh"].startswith("这个请求不能处理")


def test_a_fault_inside_is_a_500_in_json_without_its_trace(client, monkeypatch):
    def fault(*_, **__):
        raise RuntimeError("the secret path")

    monkeypatch.setattr("chuangtu.apps.snapshots.queries.current", fault)
    client.raise_request_exception = False

    response = client.get("/api/v1/resources")

    assert response.status_code == 500
    assert "secret" not in response.content.decode()
    assert response.json()["detail_zh"].startswith("服务内部出错")


def test_what_only_officers_may_ask_is_an_unknown_parameter_for_a_visitor(register, officer):
    known_to_officers = _parameters(officer)
    officer.logout()

    for_officers_only = known_to_officers - _parameters(officer)

    assert for_officers_only
    for name in for_officers_only:
        get(officer, "/api/v1/resources", status=400, **{name: "1"})


def _parameters(client):
    document = get(client, "/api/v1/openapi.json")
    operation = document["paths"]["/api/v1/resources"]["get"]
    return {each["name"] for each in operation["parameters"]}


def test_records_and_values_follow_the_viewer(register, officer):
    seen_by_officer = get(officer, "/api/v1/resources", as_of="any")
    values = [each["values"] for each in seen_by_officer["items"]]
    officer.logout()
    seen_by_visitor = get(officer, "/api/v1/resources", as_of="any")

    assert seen_by_visitor["total"] < seen_by_officer["total"]
    assert any("contact" in each for each in values)
    assert not any("contact" in each["values"] for each in seen_by_visitor["items"])
    assert not any("visibility" in each for each in seen_by_visitor["items"])


def test_a_record_is_shown_with_sources_and_without_hidden_relations(register, client):
    item = get(client, "/api/v1/resources", kind="recognition", as_of="any")["items"][0]

    record = get(client, f"/api/v1/resources/{item['id']}")

    assert record["sources"][""]["title"] == "测试名录"
    visible = {each["id"] for each in snapshots.page(Selection(), limit=500).items}
    assert {each["id"] for each in record["relations"]} <= visible


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/resources?kind=patent",
        "/api/v1/resources/facets",
        "/api/v1/search?q=上海",
        "/api/v1/suggest?q=上",
        "/api/v1/areas?kind=zone",
        "/api/v1/openapi.json",
        "/tiles/0/0/0.mvt?kind=patent",
    ],
)
def test_an_unchanged_answer_is_a_304_and_a_change_is_a_new_answer(register, client, address):
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    other = client.get(address, headers={"if-none-match": '"something"'})

    assert (first.status_code, again.status_code, other.status_code) == (200, 304, 200)
    assert again.content == b""
    assert again["ETag"] == first["ETag"]
    number = snapshots.page(Selection(kinds=("patent",))).items[0]["id"]
    alter(number, name="改过的专利名称")
    changed = client.get(address, headers={"if-none-match": first["ETag"]})
    depends = not address.startswith(("/api/v1/areas", "/api/v1/openapi"))
    assert changed.status_code == (200 if depends else 304)


def test_viewers_of_two_classes_share_no_tag_and_no_store(register, officer):
    internal = officer.get("/tiles/0/0/0.mvt")
    officer.logout()
    public = officer.get("/tiles/0/0/0.mvt")

    assert internal["ETag"] != public["ETag"]
    assert internal["Cache-Control"] == "private, no-cache"
    assert public["Cache-Control"] == "no-cache"
    assert "Cookie" in public["Vary"]
    assert total(internal.content) > total(public.content)


def test_a_tile_is_sent_compressed_to_those_who_take_it(register, client):
    plain = client.get("/tiles/0/0/0.mvt")
    packed = client.get("/tiles/0/0/0.mvt", headers={"accept-encoding": "br, gzip;q=0.8"})
    refused = client.get("/tiles/0/0/0.mvt", headers={"accept-encoding": "gzip;q=0"})

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content == refused.content


def test_search_is_best_first_and_says_where_the_words_stand(register, client):
    name = get(client, "/api/v1/resources", kind="patent", as_of="any")["items"][0]["name"]

    found = get(client, "/api/v1/search", q=name, as_of="any")

    assert found["items"][0]["name"] == name
    assert found["items"][0]["highlights"]["name"] == [[0, len(name)]]


def test_suggestions_come_while_typing(register, client):
    name = get(client, "/api/v1/resources", kind="patent", as_of="any")["items"][0]["name"]

    suggested = get(client, "/api/v1/suggest", q=name[:6])["suggestions"]

    assert name in [each["text"] for each in suggested]


def test_a_client_that_asks_too_often_is_told_when_to_come_back(client):
    from chuangtu.apps.catalog.middleware import RateLimit

    with override_settings(RATE_LIMIT=0.1):
        limited = RateLimit(lambda request: "answered")
    request = client.get("/api/v1/openapi.json").wsgi_request

    answers = [limited(request) for _ in range(2)]

    assert answers[0] == "answered"
    assert answers[1].status_code == 429
    seconds = int(answers[1]["Retry-After"])
    assert seconds >= 1
    told = json.loads(answers[1].content)
    assert f"请 {seconds} 秒后再试" in told["detail_zh"]
    assert f"Try again in {seconds} s" in told["detail"]


def test_the_documentation_page_lists_every_address_without_outside_help(register, client):
    page = client.get("/api/docs")

    text = page.content.decode()
    for path in get(client, "/api/v1/openapi.json")["paths"]:
        assert path in text
    assert "https://cdn" not in text
    assert "<script>" not in text


def test_the_documentation_page_speaks_one_language(register, client):
    client.cookies["django_language"] = "en"
    english = re.sub("</?code>", "`", client.get("/api/docs").content.decode())
    client.cookies["django_language"] = "zh-hans"
    chinese = re.sub("</?code>", "`", client.get("/api/docs").content.decode())

    paths = get(client, "/api/v1/openapi.json")["paths"].values()
    operations = [each for methods in paths for each in methods.values()]
    told = [each["summary"].partition(" ")[::2] for each in operations]
    parameters = [each for one in operations for each in one["parameters"]]
    meant = [each["x-description"] for each in parameters if each["in"] == "query"]
    meant += [each["x-description"] for each in operations]
    told += [(each["zh"], each["en"]) for each in meant if each["zh"] != each["en"]]
    assert len(told) > 50
    for zh, en in told:
        assert f">{escape(zh)}<" in chinese
        assert f">{escape(en)}<" in english
        assert f">{escape(zh)}<" not in english
        assert f">{escape(en)}<" not in chinese
