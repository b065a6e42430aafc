"""An officer at work: the work list, an import from file to undo, a correction."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import DESK, PHONE, WAYS, Visitor, Way

pytestmark = pytest.mark.browser
ROWS = (
    "企业名称,街道,成立时间,注册资金（万元）,备注\n"
    "上海浏览器甲科技有限公司,莘庄镇,2018-03-02,500,\n"
    "上海浏览器乙科技有限公司,七宝镇,去年,五百万,\n"
)
WORK_WITHIN_MS = 60_000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "名录.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def bring(officer: Visitor, file: Path, way: Way = DESK) -> Page:
    """Upload a file; the page that asks what its columns are."""
    page = officer.open("/desk/imports/new", way)
    page.set_input_files("#id_file", file)
    page.fill("#id_source", "浏览器测试名录")
    page.get_by_role("button", name="上传并读取").click()
    expect(page.get_by_role("heading", name="每一列是什么")).to_be_visible()
    return page


def preview(officer: Visitor, page: Page, way: Way) -> None:
    """Look at the columns, and on to the preview."""
    officer.inspect(page, "import-columns", way)
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_role("heading", name="1 行有误或存疑")).to_be_visible(
        timeout=WORK_WITHIN_MS
    )
    officer.inspect(page, "import-preview", way)


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_the_upload_page_is_in_order(officer: Visitor, way: Way):
    officer.look("/desk/imports/new", "import-new", way)


def test_a_file_is_imported_and_taken_back(officer: Visitor, file: Path):
    page = bring(officer, file)

    preview(officer, page, DESK)
    expect(page.get_by_text("去年")).to_be_visible()
    with page.expect_download() as marked:
        page.get_by_role("link", name="下载标注文件").click()
    assert "去年" in marked.value.path().read_text("utf-8-sig")

    page.get_by_label("略过这 1 行").check()
    page.get_by_role("button", name="导入 1 行").click()
    expect(page.get_by_text("撤销这次导入")).to_be_visible(timeout=WORK_WITHIN_MS)
    officer.inspect(page, "import-result", DESK)
    page.get_by_text("撤销这次导入").click()
    page.get_by_role("button", name="确认撤销").click()

    expect(page.get_by_text("名册已恢复到导入前")).to_be_visible(timeout=WORK_WITHIN_MS)
    assert not officer.complaints


def test_a_narrow_screen_shows_the_columns_and_the_preview(officer: Visitor, file: Path):
    preview(officer, bring(officer, file, PHONE), PHONE)


def test_a_file_beyond_the_limit_is_told_before_it_is_sent(officer: Visitor, tmp_path: Path):
    big = tmp_path / "大.csv"
    with big.open("wb") as out:
        out.truncate(65 * 1024 * 1024)
    page = officer.open("/desk/imports/new")

    page.set_input_files("#id_file", big)

    expect(page.locator("[data-file-told]")).to_contain_text("超过上限")


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_the_work_list_is_in_order(officer: Visitor, way: Way):
    officer.look("/desk/", "desk", way)


def test_the_work_list_is_worked_by_keyboard(officer: Visitor, file: Path):
    page = bring(officer, file)
    page.goto(f"{officer.server}/desk/")

    page.keyboard.press("j")
    expect(page.locator("[data-work-item].is-current a")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_contain_text("名录.csv")


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_the_form_of_a_record_is_in_order(officer: Visitor, way: Way):
    officer.look("/desk/records/new?kind=carrier", "record-form", way)


def test_a_correction_is_seen_on_the_record_and_in_its_history(officer: Visitor):
    name = f"{uuid4().hex} 馆"
    page = officer.open("/desk/records/new?kind=venue")
    page.get_by_label("名称 必填").fill(name)
    page.get_by_label("场馆类型 必填").select_option(index=1)
    page.get_by_label("数据来源 必填").fill("电话核实")
    page.get_by_role("button", name="登记").click()
    expect(page.locator("h1")).to_have_text(name)

    page.get_by_role("link", name="更正").click()
    page.get_by_label("地址", exact=True).fill("剑川路 951 号")
    page.get_by_label("数据来源 必填").fill("现场查看")
    page.get_by_role("button", name="保存更正").click()

    expect(page.get_by_role("definition").filter(has_text="剑川路 951 号").first).to_be_visible()
    expect(page.locator(".history")).to_contain_text("作了更正")
    assert not officer.complaints
