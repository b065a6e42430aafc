"""What keeps an import from being undone is told only to those who may see it."""

from __future__ import annotations

import pytest

from chuangtu.apps.imports import actions, queries
from chuangtu.apps.registry.actions import UndoError
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER
from tests.apps.imports.conftest import AT, WHO
from tests.apps.registers import add, alter

pytestmark = pytest.mark.django_db
ONE = "名称,职工人数\n上海甲科技有限公司,12\n"


@pytest.mark.parametrize("wisher", [OFFICER, ADMINISTRATOR], ids=lambda each: each.role.value)
def test_a_refusal_kept_beside_an_import_names_only_what_all_its_readers_see(run, wisher):
    batch = run(ONE).id
    secret = {"name": "机密基金", "fund_type": "angel", "visibility": "restricted"}
    add("fund", manager="上海甲科技有限公司", **secret)

    actions.ask(batch=batch, wish="undo", viewer=wisher, by="somebody")
    actions.work_on(batch=batch, at=lambda: AT)

    kept = queries.get_batch(batch, viewer=OFFICER)
    assert "上海甲科技有限公司" in kept.refusal_zh
    assert "您看不到的记录" in kept.refusal_zh
    assert "机密基金" not in kept.refusal_zh + kept.refusal_en


def test_an_import_whose_record_is_as_it_was_again_is_undone(run):
    batch = run(ONE).id
    (number,) = (each["id"] for each in queries.list_preview(batch, viewer=OFFICER).lines)
    alter(number, staff_count=99)
    with pytest.raises(UndoError, match="set the record right"):
        actions.undo(batch=batch, at=AT, **WHO)

    alter(number, staff_count=12)

    assert actions.undo(batch=batch, at=AT, **WHO) == 1
