"""What columns and doubtful rows mean is suggested, and settled by a person."""

from __future__ import annotations

import pytest

from chuangtu.apps.imports import actions, queries
from chuangtu.apps.imports.actions import ImportRefusedError
from chuangtu.apps.registry import queries as register
from chuangtu.terms.viewer import OFFICER
from tests.apps.imports.conftest import AT, WHO

pytestmark = pytest.mark.django_db

TWO = (
    "企业名称,信用代码,成立时间,注册资本(万元),职工人数\n"
    "上海甲科技有限公司,91110000600037341L,2001年2月3日,500.5,12\n"
    "上海乙科技有限公司,,2003.4.5,,\n"
)
NONE = {"new": 0, "changed": 0, "same": 0, "doubtful": 0, "wrong": 0}


def shown(batch):
    return queries.get_batch(batch, viewer=OFFICER)


def preview(batch):
    return dict(actions.preview(batch=batch, at=AT, **WHO))


def records(batch):
    page = queries.list_preview(batch, viewer=OFFICER)
    return page.lines


def test_a_column_can_be_given_another_meaning_or_none(bring):
    batch = bring("甲列,乙列\n上海甲公司,x\n")

    with pytest.raises(ImportRefusedError, match="No column"):
        preview(batch)
    actions.choose(batch=batch, mapping={"甲列": "name", "乙列": None}, at=AT, **WHO)

    assert preview(batch) == {**NONE, "new": 1}


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ({"丙列": "name"}, "no column"),
        ({"甲列": "nonsense"}, "no field"),
        ({"甲列": "name", "乙列": "name"}, "both given to one field"),
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused(bring, mapping, sentence):
    batch = bring("甲列,乙列\n上海甲公司,x\n")

    with pytest.raises(ImportRefusedError, match=sentence):
        actions.choose(batch=batch, mapping=mapping, at=AT, **WHO)


def test_choosing_again_makes_the_preview_void(bring):
    batch = bring(TWO)
    preview(batch)

    actions.choose(batch=batch, creates_parties=True, at=AT, **WHO)

    assert shown(batch).state == "read"
    with pytest.raises(ImportRefusedError):
        actions.apply(batch=batch, at=AT, **WHO)


def test_unknown_parties_are_wrong_or_registered_by_choice(bring):
    content = "认定名称,企业名称,证书编号\n高新技术企业,上海不存在公司,GR1\n"
    batch = bring(content, kind="recognition")
    refused = preview(batch)

    actions.choose(batch=batch, creates_parties=True, at=AT, **WHO)
    accepted = preview(batch)
    actions.apply(batch=batch, at=AT, **WHO)

    assert (refused["wrong"], accepted["new"]) == (1, 1)
    assert register.count_all() == 2


def test_a_doubtful_row_waits_for_somebody_to_decide(run, bring):
    run("名称,信用代码\n上海甲科技有限公司,91110000600037341L\n")
    batch = bring("名称,信用代码\n上海甲科技有限公司,913101120000000073\n")
    doubtful = preview(batch)

    actions.decide(batch=batch, row=0, record=None, at=AT, **WHO)
    decided = preview(batch)

    assert doubtful == {**NONE, "doubtful": 1}
    assert decided == {**NONE, "new": 1}
    actions.apply(batch=batch, at=AT, **WHO)
    assert register.count_all() == 2


def test_a_decision_stays_with_its_row_when_wrong_rows_are_left_out(run, bring):
    run("名称,信用代码\n上海甲科技有限公司,91110000600037341L\n")
    content = (
        "名称,信用代码,成立日期\n上海丙公司,,03/02/2001\n上海甲科技有限公司,913101120000000073,\n"
    )
    batch = bring(content)
    actions.choose(batch=batch, skips_bad_rows=True, at=AT, **WHO)
    preview(batch)
    actions.decide(batch=batch, row=1, record=None, at=AT, **WHO)

    previewed = preview(batch)
    counts = dict(actions.apply(batch=batch, at=AT, **WHO))

    assert previewed == counts == {**NONE, "new": 1, "wrong": 1}


def test_a_row_that_says_it_is_of_another_kind_is_wrong(bring):
    batch = bring("种类,名称\n园区,某园区\n单位,上海甲公司\n,上海乙公司\n国有,上海丙公司\n")

    counts = preview(batch)

    assert counts == {**NONE, "new": 3, "wrong": 1}
    (wrong,) = [line for line in records(batch) if line["outcome"] == "wrong"]
    assert "种类写着“园区”，而这次导入的是“单位”" in str(wrong)


def test_a_column_named_kind_that_means_a_field_is_read_as_that_field(bring):
    text = "种类,申请号,专利名称,权利人\n发明,201310123456.0,一种试验装置,上海甲公司\n"

    batch = bring(text, kind="patent")

    preview(batch)

    assert shown(batch).mapping["种类"] == "patent_type"
    (line,) = records(batch)
    assert line["values"]["patent_type"] == "发明"
    assert {each["field"] for each in line["findings"]} == {"owners"}
