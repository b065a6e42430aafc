"""Every name, party and site keeps its own source and day, on every road."""

import csv
import io
from collections import Counter
from datetime import date

import pytest

from chuangtu.apps.registry import actions, queries
from chuangtu.apps.registry.facts.citing import key_of
from chuangtu.apps.registry.models import Resource
from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.apps.snapshots.actions import publish
from chuangtu.terms.viewer import OFFICER, VISITOR
from tests.apps.registry.rows import AT

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD, FOURTH = ("来源一号文件", "来源二号文件", "来源三号文件", "来源四号文件")
DAYS = {
    FIRST: date(2016, 1, 1),
    SECOND: date(2020, 5, 5),
    THIRD: date(2021, 5, 5),
    FOURTH: date(2022, 2, 2),
}


def told(source):
    return {"source": source, "source_date": DAYS[source], "by": "officer", "at": AT}


def create(kind="organization", source=FIRST, **values):
    return actions.create(kind=kind, values=values, **told(source))


def change(number, source, act="", **values):
    version = Resource.objects.get(pk=number).version
    actions.change(id=number, version=version, values=values, act=act, **told(source))


def bring(kind, source, *rows):
    applied = actions.apply_rows(kind=kind, rows=rows, act=source, **told(source))
    assert applied.is_written, applied.counts


def source_of(number, *cited, viewer=VISITOR):
    """Title of what speaks for a field, or for one entry of a list."""
    sources = snapshots.payload(number, viewer)["sources"]
    key = key_of(sources, cited) if len(cited) == 3 else cited[0] if cited[0] in sources else ""
    assert sources[key]["date"] == DAYS[sources[key]["title"]].isoformat()
    return sources[key]["title"]


def page(client, number):
    return client.get(f"/resources/{number}").content.decode()


def row(client, number):
    answer = client.get("/export.csv?as_of=any")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return next(r for r in csv.DictReader(io.StringIO(text)) if r["编号"] == str(number))


@pytest.fixture
def firm():
    number = create(name="戊名称单位公司", short_names="戊简")
    change(number, SECOND, brand_names="戊牌")
    change(number, THIRD, registered_address="莘庄镇某路9号")
    return number


@pytest.fixture
def alliance():
    create(name="丁领军单位公司")
    create(name="丙控股集团公司")
    number = create("alliance", name="测试来源联盟", leader="丁领军单位公司")
    bring("alliance", SECOND, {"name": "测试来源联盟", "members": "丙控股集团公司"})
    return number


@pytest.mark.parametrize("is_published", [False, True])
def test_names_and_sites_of_later_files_have_the_source_of_those_files(firm, is_published):
    if is_published:
        publish(at=AT)

    assert source_of(firm, "name") == FIRST
    assert source_of(firm, "names", "short", "戊简") == FIRST
    assert source_of(firm, "names", "brand", "戊牌") == SECOND
    assert source_of(firm, "sites", "registered", "莘庄镇某路9号") == THIRD
    sources = queries.get_record(firm, VISITOR).sources
    assert {name: each.title for name, each in sources.items()} == {
        "name": FIRST,
        "short_names": FIRST,
        "brand_names": SECOND,
        "registered_address": THIRD,
    }


def test_each_relation_has_the_source_that_said_so(alliance, client):
    leader, member = snapshots.payload(alliance, VISITOR)["relations"]
    assert (leader["name"], member["name"]) == ("丁领军单位公司", "丙控股集团公司")

    assert source_of(alliance, "relations", "leader", leader["id"]) == FIRST
    assert source_of(alliance, "relations", "member", member["id"]) == SECOND
    assert SECOND in page(client, alliance)


def test_the_page_of_the_other_end_tells_the_source_of_the_relation(alliance, client):
    leader, member = (e["id"] for e in snapshots.payload(alliance, VISITOR)["relations"])

    assert SECOND in page(client, member)
    assert SECOND not in page(client, leader)


def test_the_page_tells_the_source_of_each_name_and_site(firm, client):
    change(firm, FOURTH, brand_names="戊牌；戊新牌")

    text = page(client, firm)

    for source in (FIRST, SECOND, THIRD, FOURTH):
        assert source in text
    assert 'id="brand_names-source-1"' in text
    assert 'id="brand_names-source-2"' in text


def test_a_row_of_an_export_has_all_its_sources_and_the_day_of_the_latest(firm, client):
    found = row(client, firm)

    assert found["数据来源"] == f"{THIRD}; {SECOND}; {FIRST}"
    assert found["来源日期"] == "2021-05-05"


def test_sources_that_do_not_fit_into_a_cell_are_counted(client):
    number = create(name="戊名称单位公司")
    titles = [f"{n}号" + "很长的文件标题" * 10 for n in range(6)]
    fields = ("description", "address", "url", "name_en", "short_names", "brand_names")
    for title, field in zip(titles, fields, strict=True):
        version = Resource.objects.get(pk=number).version
        actions.change(
            id=number,
            version=version,
            values={field: "https://a.cn"},
            source=title,
            source_date=None,
            by="officer",
            at=AT,
        )

    cell = row(client, number)["数据来源"]

    assert len(cell) <= 300
    assert cell.startswith(f"{FIRST}; {titles[0]}")
    assert cell.endswith("等 7 项")


def test_a_name_said_again_keeps_its_source_and_one_that_is_gone_leaves_none(firm):
    change(firm, FOURTH, brand_names="戊牌；戊新牌")
    assert source_of(firm, "names", "brand", "戊牌") == SECOND
    assert source_of(firm, "names", "brand", "戊新牌") == FOURTH

    change(firm, THIRD, brand_names="")

    keys = Resource.objects.get(pk=firm).statements
    assert not [each for each in keys if each.startswith("names.brand")]


def test_address_and_position_of_a_site_have_each_their_own(firm, client):
    place = {"registered_longitude": "121.4", "registered_latitude": "31.1", "crs": "wgs84"}
    change(firm, SECOND, **place)
    assert source_of(firm, "sites", "registered", "莘庄镇某路9号") == THIRD
    assert source_of(firm, "positions", "registered", "莘庄镇某路9号") == SECOND

    change(firm, FOURTH, registered_address="莘庄镇某路10号")

    assert source_of(firm, "sites", "registered", "莘庄镇某路10号") == FOURTH
    assert source_of(firm, "positions", "registered", "莘庄镇某路10号") == SECOND
    assert "坐标来源" in page(client, firm)


def test_very_many_relations_of_one_file_are_told_by_one_key(alliance):
    names = [f"上海第{n}成员公司" for n in range(200)]
    bring("organization", FIRST, *({"name": each} for each in names))

    members = "；".join(["丙控股集团公司", *names])
    bring("alliance", THIRD, {"name": "测试来源联盟", "members": members})

    _, *members = snapshots.payload(alliance, VISITOR)["relations"]
    found = Counter(source_of(alliance, "relations", "member", each["id"]) for each in members)
    assert found == {SECOND: 1, THIRD: 200}
    assert len(snapshots.payload(alliance, VISITOR)["sources"]) == 3


def test_a_list_as_they_were_once_written_keeps_its_source_until_it_is_said_anew(firm):
    row = Resource.objects.get(pk=firm)
    statements = {"": row.statements[""], "names": row.statements["names.brand"]}
    Resource.objects.filter(pk=firm).update(statements=statements)
    assert source_of(firm, "names", "short", "戊简") == SECOND

    change(firm, FOURTH, brand_names="戊牌；戊新牌")

    assert source_of(firm, "names", "short", "戊简") == SECOND
    assert source_of(firm, "names", "brand", "戊牌") == SECOND
    assert source_of(firm, "names", "brand", "戊新牌") == FOURTH

    change(firm, THIRD, brand_names="戊末牌", short_names="")

    assert source_of(firm, "names", "brand", "戊末牌") == THIRD
    assert "names" not in Resource.objects.get(pk=firm).statements


def test_an_undoing_brings_the_sources_back(firm):
    before = Resource.objects.get(pk=firm).statements

    change(firm, FOURTH, act="more", brand_names="戊新牌", registered_address="别处")
    actions.undo(act="more", by="officer", at=AT)

    assert Resource.objects.get(pk=firm).statements == before


def test_another_name_tells_its_source_and_the_former_one_too(firm, client):
    change(firm, FOURTH, name="己名称单位公司")

    assert source_of(firm, "name") == FOURTH
    assert source_of(firm, "names", "former", "戊名称单位公司") == FOURTH
    assert "名称来源：" in page(client, firm)


def test_a_hidden_relation_of_a_list_once_written_tells_no_source_at_the_other_end(client):
    hidden = create(name="阿尔法机密单位", visibility="internal")
    shown = create(name="丙控股集团公司")
    number = create("alliance", name="测试来源联盟")
    change(number, SECOND, members="阿尔法机密单位；丙控股集团公司")
    said = Resource.objects.get(pk=number).statements
    once = {"": said[""], "relations": said["relations.member"]}
    Resource.objects.filter(pk=number).update(statements=once)

    assert hidden not in {e["id"] for e in snapshots.payload(number, VISITOR)["relations"]}
    assert SECOND not in page(client, shown)
    assert SECOND not in page(client, number)
    assert source_of(number, "relations", "member", hidden, viewer=OFFICER) == SECOND
