"""An officer brings a file, looks at what it would do, does it, and takes it back."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from chuangtu.apps.registry import queries as registry
from tests.apps.registers import district

GOOD = "企业名称,街道,成立时间\n上海乙科技有限公司,莘庄镇,2018-03-02\n上海丙科技有限公司,七宝镇,\n"
MIXED = "企业名称,街道,成立时间\n上海乙科技有限公司,莘庄镇,2018-03-02\n上海丁科技有限公司,,去年\n"


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DATA = tmp_path


def bring(client: Client, content: str | bytes, name: str = "名录.csv", **more) -> str:
    """Upload a file and return the address of its page."""
    data = content.encode() if isinstance(content, str) else content
    answer = client.post(
        "/desk/imports/new",
        {
            "kind": "organization",
            "file": SimpleUploadedFile(name, data),
            "source": "测试名录",
            "source_date": "2026-03-01",
            **more,
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_file_goes_in_and_comes_out_again(officer: Client, work_on, db):
    district()
    page = bring(officer, GOOD)
    columns = text(officer, page)
    assert "列名一致" in columns
    assert "企业名称" in columns

    officer.post(f"{page}columns", {"column-0": "name", "column-1": "town", "column-2": ""})
    assert "hx-trigger" in text(officer, page)
    work_on()
    assert "导入 2 行" in text(officer, page)

    officer.post(f"{page}apply")
    work_on()
    assert registry.count_all() == 2
    assert "张三" in text(officer, page)

    officer.post(f"{page}undo")
    work_on()
    assert registry.count_all() == 0
    assert "撤销" in text(officer, page)


def test_a_preview_tells_changes_in_words(officer: Client, work_on, db):
    district()
    first = "名称,街道镇,公开范围,品牌名\n上海乙科技有限公司,莘庄镇,公开,甲牌\n"
    for content in (first, first.replace("莘庄镇,公开,甲牌", "七宝镇,内部,乙牌")):
        page = bring(officer, content)
        officer.post(f"{page}columns", {})
        work_on()
        preview = text(officer, page)
        officer.post(f"{page}apply")
        work_on()

    for told in ("<del>莘庄镇</del>", "<ins>七宝镇</ins>", "<ins>内部</ins>", "<ins>乙牌</ins>"):
        assert told in preview
    assert "310112" not in preview


@pytest.mark.parametrize(
    ("kind", "type_", "said"),
    [
        ("zone", {"园区类型": "产业园区"}, "作为边界保存"),
        ("carrier", {"载体类型": "孵化器"}, "--areas"),
    ],
)
def test_a_preview_says_what_becomes_of_a_polygon(officer: Client, work_on, db, kind, type_, said):
    district()
    ring = "[[[121.38,31.02],[121.42,31.02],[121.42,31.06],[121.38,31.02]]]"
    properties = json.dumps({"名称": "某园区", **type_})
    feature = (
        f'{{"type":"Feature","properties":{properties},'
        f'"geometry":{{"type":"Polygon","coordinates":{ring}}}}}'
    )
    content = f'{{"type":"FeatureCollection","features":[{feature}]}}'
    page = bring(officer, content, "园区.geojson", kind=kind, crs="wgs84")
    officer.post(f"{page}columns", {})
    work_on()

    preview = text(officer, page)
    assert said in preview
    assert ("4 个点的面" in preview) == (kind == "zone")


def test_a_form_that_lacks_something_says_what_to_fill_in(officer: Client, db):
    empty = SimpleUploadedFile("名录.csv", b"")
    given = {"kind": "organization", "file": empty, "source_date": "去年", "source_url": "没有"}
    answer = officer.post("/desk/imports/new", given).content.decode()

    for told in ("请确认选对了文件", "请写明文件名称或发布单位", "如 2026-03-01", "或留空"):
        assert told in answer
    officer.cookies["django_language"] = "en"
    assert "Give the day of the data" in officer.post("/desk/imports/new", given).content.decode()


def test_a_system_is_chosen_for_longitude_and_latitude_with_the_columns(
    officer: Client, work_on, db
):
    district()
    page = bring(officer, "名称,经度,纬度\n甲公司,121.415,31.089\n")
    offered = text(officer, page)
    officer.post(f"{page}columns", {"crs": "gcj02"})
    work_on()

    assert '<option value="bd09">BD-09</option>' in offered
    assert "按 GCJ-02 读取" in text(officer, page)
    assert '<option value="gcj02" selected>' in text(officer, f"{page}?step=columns")


def test_wrong_rows_are_named_and_left_out_only_when_asked(officer: Client, work_on, db):
    district()
    page = bring(officer, MIXED)
    officer.post(f"{page}columns", {})
    work_on()

    preview = text(officer, page)
    assert "1 行有误或存疑" in preview
    assert "去年" in preview
    officer.post(f"{page}apply")
    work_on()
    assert registry.count_all() == 0
    officer.post(f"{page}apply", {"skips_bad_rows": "on"})
    work_on()

    assert registry.count_all() == 1


def test_the_marked_file_can_be_fetched(officer: Client, work_on, db):
    district()
    page = bring(officer, MIXED)
    officer.post(f"{page}columns", {})
    work_on()

    answer = officer.get(f"{page}marked")

    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert "去年" in b"".join(answer.streaming_content).decode("utf-8-sig")


def test_progress_tells_the_page_when_it_is_done(officer: Client, work_on, db):
    district()
    page = bring(officer, GOOD)
    officer.post(f"{page}columns", {})
    waiting = officer.get(f"{page}progress")
    assert "HX-Refresh" not in waiting

    work_on()

    assert officer.get(f"{page}progress")["HX-Refresh"] == "true"


def test_a_file_that_cannot_be_read_says_why(officer: Client, db):
    district()

    page = text(officer, bring(officer, b"PK\x03\x04 not a workbook", "坏.xlsx"))

    assert "这个文件没有读取" in page
    assert "重新上传" in page


def test_a_second_wish_is_refused_with_a_sentence(officer: Client, db):
    district()
    page = bring(officer, GOOD)
    officer.post(f"{page}columns", {})

    officer.post(f"{page}columns", {})

    assert "正在后台处理" in text(officer, page)


def test_a_file_beyond_the_limit_is_refused_in_the_form(officer: Client, settings, db):
    district()
    settings.UPLOAD_LIMIT_BYTES = 10

    answer = officer.post(
        "/desk/imports/new",
        {
            "kind": "organization",
            "file": SimpleUploadedFile("名录.csv", GOOD.encode()),
            "source": "测试名录",
            "source_date": "2026-03-01",
        },
    )

    assert answer.status_code == 200
    assert "超过上限" in answer.content.decode()


def test_every_kind_has_a_template(officer: Client, db):
    district()

    answer = officer.get("/desk/imports/template/patent.xlsx")

    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")


@pytest.mark.parametrize(
    "path", ["/desk/", "/desk/imports/", "/desk/imports/new", "/desk/records/new?kind=patent"]
)
def test_the_desk_opens_for_officers_only(
    officer: Client, signed_in_visitor: Client, stranger: Client, path: str
):
    assert officer.get(path).status_code == 200
    assert signed_in_visitor.get(path).status_code == 403
    assert stranger.get(path)["Location"].startswith("/accounts/sign-in/?next=/desk/")


@pytest.mark.parametrize(
    "path", ["/desk/imports/99/", "/desk/imports/template/nothing.xlsx", "/desk/imports/99/marked"]
)
def test_what_is_not_there_is_not_found(officer: Client, path: str):
    assert officer.get(path).status_code == 404


@pytest.mark.parametrize("typed", ["²", "٣", "abc", "-1", "0", "", "9" * 30])
def test_a_page_that_is_no_number_is_the_first(officer: Client, work_on, db, typed: str):
    district()
    page = bring(officer, GOOD)
    officer.post(f"{page}columns", {"column-0": "name", "column-1": "town", "column-2": ""})
    work_on()

    text(officer, f"/desk/imports/?before={typed}")
    assert "上海乙科技有限公司" in text(officer, f"{page}?outcome=&page={typed}")


@pytest.mark.parametrize(
    "said",
    [
        {"row": "abc", "record": ""},
        {"row": "²", "record": "1"},
        {"record": "1"},
        {"row": "2", "record": "²"},
        {"row": "2", "record": "9" * 23},
        {"row": "9" * 23, "record": "1"},
    ],
)
def test_a_decision_that_cannot_be_read_is_refused_and_not_taken(
    officer: Client, work_on, db, said: dict[str, str]
):
    district()
    page = bring(officer, GOOD)
    officer.post(f"{page}columns", {"column-0": "name", "column-1": "town", "column-2": ""})
    work_on()

    answer = officer.post(f"{page}decide", said, follow=True)

    assert answer.status_code == 200
    assert "看不懂这个决定" in answer.content.decode()
    assert not answer.context["batch"].decisions


@pytest.mark.parametrize("page", ["/desk/imports/{}/", "/desk/imports/{}/progress"])
def test_an_import_with_a_number_too_large_is_not_there(officer: Client, db, page: str):
    assert officer.get(page.format("9" * 30)).status_code == 404


def test_the_map_is_offered_only_when_it_shows_the_import(officer: Client, work_on, monkeypatch):
    district()
    page = bring(officer, GOOD)
    officer.post(f"{page}columns", {})
    work_on()
    officer.post(f"{page}apply")
    work_on()

    missing = [2]
    monkeypatch.setattr("chuangtu.apps.snapshots.queries.behind", lambda: missing[0])
    for address in (page, f"{page}shown"):
        waiting = text(officer, address)
        assert "正在更新地图，还有 2 处更改没有显示" in waiting
        assert f'hx-get="{page}shown"' in waiting
        assert "在地图上看" not in waiting
    missing[0] = 0
    for address in (page, f"{page}shown"):
        there = text(officer, address)
        assert '<a href="/explore?kind=organization">在地图上看</a>' in there
        assert "正在更新地图" not in there
