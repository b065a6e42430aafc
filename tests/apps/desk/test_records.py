"""Making, correcting and removing one record by hand."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

import chuangtu
from chuangtu.apps.registry import queries
from chuangtu.apps.registry.forms import HIDDEN
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER
from tests.apps.registers import add, alter, district

SAID = {"source": "电话核实", "source_date": "2026-03-02"}


def form_of(client: Client, path: str) -> dict[str, str]:
    """What a browser would send back unchanged."""
    form = client.get(path).context["form"]
    values = {box.name: box.value() for box in form}
    return {name: value for name, value in values.items() if value is not None}


def test_a_record_is_registered_with_its_source(officer: Client, db):
    district()

    answer = officer.post("/desk/records/new?kind=organization", {"name": "上海乙公司", **SAID})

    record = queries.get_record(int(answer["Location"].rsplit("/", 1)[1]), OFFICER)
    assert record.name == "上海乙公司"
    assert record.sources["name"].title == "电话核实"
    assert record.sources["name"].by == "张三（the-officer）"


def test_a_record_without_a_source_is_not_registered(officer: Client, db):
    district()

    answer = officer.post("/desk/records/new?kind=organization", {"name": "上海乙公司"})

    assert answer.status_code == 422
    assert "请写明依据" in answer.content.decode()
    assert queries.count_all() == 0


def test_an_unknown_kind_has_no_form(officer: Client):
    assert officer.get("/desk/records/new?kind=nothing").status_code == 404


def test_only_what_was_changed_is_written(officer: Client, firm: int):
    path = f"/desk/records/{firm}/edit"
    sent = form_of(officer, path) | SAID | {"address": "剑川路800号"}

    answer = officer.post(path, sent)

    record = queries.get_record(firm, OFFICER)
    assert answer["Location"] == f"/resources/{firm}"
    assert record.values["address"] == "剑川路800号"
    assert record.sources["address"].title == "电话核实"
    assert record.sources["town"].title == "测试名录"


def test_nothing_changed_writes_nothing(officer: Client, firm: int):
    path = f"/desk/records/{firm}/edit"

    officer.post(path, form_of(officer, path) | SAID)

    assert queries.get_record(firm, OFFICER).version == 1


def test_a_wrong_value_stays_in_the_form_beside_its_sentence(officer: Client, firm: int):
    path = f"/desk/records/{firm}/edit"

    answer = officer.post(path, form_of(officer, path) | SAID | {"uscc": "12345"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="12345"' in page
    assert 'aria-invalid="true"' in page


def test_a_class_beyond_the_officer_is_refused_beside_its_box(officer: Client, firm: int):
    path = f"/desk/records/{firm}/edit"
    new = "/desk/records/new?kind=organization"

    changed = officer.post(path, form_of(officer, path) | SAID | {"visibility": "restricted"})
    made = officer.post(new, {"name": "上海乙公司", "visibility": "restricted", **SAID})

    for answer in (changed, made):
        assert answer.status_code == 422
        assert "您不能写入自己无权查看的公开范围" in answer.context["form"].errors["visibility"][0]
    assert queries.count_all() == 1
    assert queries.get_record(firm, OFFICER).version == 1


def test_a_hidden_partner_is_a_sentence_that_saving_keeps(officer: Client, firm: int):
    secrets = [add("organization", name=f"受限单位{n}", visibility="restricted") for n in (1, 2)]
    number = add("alliance", name="某联盟", members=[firm, *secrets])
    path = f"/desk/records/{number}/edit"

    sent = form_of(officer, path)
    page = officer.get(path).content.decode()
    # A browser sends lines that end with CR LF.
    text = sent["members"].replace("\n", "\r\n")
    joined = add("organization", name="上海新来公司")
    answer = officer.post(path, sent | SAID | {"members": f"{text}；\r\n上海新来公司"})

    assert sent["members"].count("一条不对您开放的记录") == 2
    for secret in secrets:
        assert f"#{secret}]" not in page
    assert "受限单位" not in page
    assert answer.status_code == 302, answer.context["form"].errors
    kept = queries.get_record(number, ADMINISTRATOR).values["members"]
    assert set(kept) == {firm, joined, *secrets}


def test_an_english_page_says_it_in_english(officer: Client, firm: int):
    secret = add("organization", name="受限单位", visibility="restricted")
    number = add("carrier", name="某孵化器", carrier_type="incubator", operator=secret)
    path = f"/desk/records/{number}/edit"
    officer.cookies["django_language"] = "en"

    sent = form_of(officer, path)
    answer = officer.post(path, sent | SAID | {"address": "剑川路800号"})

    assert sent["operator"] == "A record not open to you"
    assert answer.status_code == 302
    assert queries.get_record(number, ADMINISTRATOR).values["operator"] == (secret,)


def test_a_sentence_stands_for_no_more_partners_than_there_are(officer: Client, firm: int):
    number = add("carrier", name="某孵化器", carrier_type="incubator", operator=firm)
    path = f"/desk/records/{number}/edit"

    answer = officer.post(path, form_of(officer, path) | SAID | {"operator": HIDDEN[0]})

    assert answer.status_code == 422
    assert "不在名录中" in answer.context["form"].errors["operator"][0]


def test_what_somebody_else_changed_meanwhile_is_shown_and_nothing_is_lost(
    officer: Client, firm: int
):
    path = f"/desk/records/{firm}/edit"
    sent = form_of(officer, path) | SAID | {"address": "剑川路800号"}
    alter(firm, by="李四", address="东川路1号")

    first = officer.post(path, sent)
    again = officer.post(path, sent | {"version": first.context["version"]})

    page = first.content.decode()
    assert first.status_code == 422
    assert "李四" in page
    assert "东川路1号" in page
    assert 'value="剑川路800号"' in page
    assert again.status_code == 302
    assert queries.get_record(firm, OFFICER).values["address"] == "剑川路800号"


def test_a_removed_record_is_gone_from_the_register(officer: Client, firm: int):
    officer.post(f"/desk/records/{firm}/remove", {"version": "1"})

    assert queries.count_all() == 0
    assert officer.get(f"/desk/records/{firm}/edit").status_code == 404


def test_visitors_do_not_correct_records(signed_in_visitor: Client, firm: int):
    assert signed_in_visitor.get(f"/desk/records/{firm}/edit").status_code == 403
    assert signed_in_visitor.post(f"/desk/records/{firm}/remove").status_code == 403
    assert queries.count_all() == 1


@pytest.mark.parametrize("version", [None, "", "²", "１", "abc", "9" * 30])
def test_a_correction_of_nobody_knows_which_version_is_refused(
    officer: Client, firm: int, version: str | None
):
    path = f"/desk/records/{firm}/edit"
    sent = form_of(officer, path) | SAID | {"address": "剑川路800号"}
    sent = {name: each for name, each in (sent | {"version": version}).items() if each is not None}

    refused = officer.post(path, sent)
    again = officer.post(path, sent | {"version": refused.context["version"]})

    assert refused.status_code == 422
    assert "看不出您打开的是这条记录的哪一版" in refused.content.decode()
    assert 'value="剑川路800号"' in refused.content.decode()
    assert again.status_code == 302
    assert queries.get_record(firm, OFFICER).version == 2


@pytest.mark.parametrize("version", ["²", "abc", "9" * 30])
def test_a_version_that_is_no_number_is_never_an_error(officer: Client, firm: int, version: str):
    saved = officer.post(f"/desk/records/{firm}/edit", {"version": version})
    assert saved.status_code == 422
    removed = officer.post(f"/desk/records/{firm}/remove", {"version": version})
    assert removed.status_code == 302
    assert queries.count_all() == 1


@pytest.mark.parametrize("path", ["/desk/records/{}/edit", "/resources/{}"])
def test_a_record_with_a_number_too_large_is_not_there(officer: Client, firm: int, path: str):
    assert officer.get(path.format("9" * 30)).status_code == 404


def test_the_page_of_a_correction_bears_the_version_of_the_product(officer: Client, firm: int):
    alter(firm, address="剑川路800号")

    page = officer.get(f"/desk/records/{firm}/edit").content.decode()

    assert re.search(rf"</strong>\s*{re.escape(chuangtu.__version__)}", page)


@pytest.mark.parametrize(
    ("came_from", "onward"),
    [
        ("http://localhost/desk/records/{}/edit?x=1", "/desk/records/{}/edit?x=1"),
        ("http://evil.example/desk/records/{}/edit", "/desk/"),
        ("", "/desk/"),
    ],
)
def test_an_act_of_a_session_that_has_ended_is_not_done_and_said_so(
    stranger: Client, firm: int, came_from: str, onward: str
):
    path = f"/desk/records/{firm}/remove"
    answer = stranger.post(path, headers={"referer": came_from.format(firm)} if came_from else {})

    asked = parse_qs(urlsplit(answer["Location"]).query)["next"]
    assert asked == [onward.format(firm)]
    assert "刚才的操作没有执行" in stranger.get(answer["Location"]).content.decode()
    assert queries.count_all() == 1
