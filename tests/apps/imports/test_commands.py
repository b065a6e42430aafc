"""The console imports a file and writes a template."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from chuangtu.apps.imports import queries
from chuangtu.apps.registry import queries as register
from chuangtu.terms.viewer import ADMINISTRATOR

pytestmark = pytest.mark.django_db
TWO = "名称,职工人数,备注\n上海甲科技有限公司,12,x\n上海乙科技有限公司,3,\n"
SAID = {"kind": "organization", "source": "测试", "date": "2016-06-01"}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "名单.csv"
    path.write_text(TWO, encoding="gb18030")
    return path


def told(*arguments, **options):
    out = io.StringIO()
    call_command("import", *arguments, stdout=out, **{**SAID, **options})
    return out.getvalue()


def test_a_file_is_imported_in_one_go_and_twice_changes_nothing(file):
    first = told(str(file))
    second = told(str(file))

    assert "已导入 imported" in first
    assert "新增 new 2" in first
    assert "备注 → （不导入 left out）" in first
    assert "相同 same 2" in second
    assert register.count_all() == 2


def test_a_preview_writes_nothing(file):
    assert "新增 new 2" in told(str(file), preview=True)
    assert register.count_all() == 0


def test_errors_are_told_and_marked(file, tmp_path):
    file.write_text(TWO.replace("12", "许多"), encoding="utf-8")
    marked = tmp_path / "marked.csv"

    with pytest.raises(CommandError, match="1 行有误"):
        told(str(file), marked=marked)
    skipped = told(str(file), skip_bad=True)

    assert "许多" in marked.read_text(encoding="utf-8-sig").splitlines()[1]
    assert "有误 wrong 1" in skipped
    assert register.count_all() == 1


def test_many_errors_are_counted(file):
    file.write_text("名称,职工人数\n" + "甲公司,许多\n" * 50, encoding="utf-8")

    assert "30 more" in told(str(file), preview=True)


def test_columns_can_be_given_by_hand(file):
    said = told(str(file), map=["备注=description", "职工人数="])

    assert "备注 → description" in said
    assert "职工人数 → （不导入" in said
    with pytest.raises(CommandError, match="HEADER=FIELD"):
        told(str(file), map=["备注"])


@pytest.mark.parametrize(
    ("options", "sentence"),
    [({"kind": "x"}, "no kind"), ({"date": "x"}, "not a day"), ({"source": ""}, "is missing")],
)
def test_what_makes_no_sense_is_a_sentence(file, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        told(str(file), **options)


def test_a_file_that_cannot_be_read_is_a_sentence(file, tmp_path):
    with pytest.raises(CommandError, match="Cannot open"):
        told(str(tmp_path / "none.csv"))
    file.write_bytes(b"")
    with pytest.raises(CommandError, match="holds nothing"):
        told(str(file))


def test_what_was_seen_while_reading_is_told(tmp_path):
    name, content = queries.template_file("organization", viewer=ADMINISTRATOR)
    path = tmp_path / name
    path.write_bytes(content)

    assert "工作表被隐藏" in told(str(path), preview=True)


def test_a_template_is_written_where_asked(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    call_command("template", "carrier", output=tmp_path / "t.xlsx", stdout=io.StringIO())
    call_command("template", "carrier", stdout=io.StringIO())

    assert (tmp_path / "t.xlsx").read_bytes()[:2] == b"PK"
    assert list(tmp_path.glob("*-导入模板.xlsx"))
    with pytest.raises(CommandError, match="no kind"):
        call_command("template", "nonsense")
