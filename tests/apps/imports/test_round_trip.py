"""What is exported can be imported again, and changes nothing."""

from __future__ import annotations

import pytest

from chuangtu.apps.catalog.queries.exports import export
from chuangtu.apps.imports import actions, queries
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.terms.selection import Selection
from chuangtu.terms.viewer import ADMINISTRATOR
from tests.apps.imports.conftest import AT
from tests.apps.registers import DAY

WHO = {"viewer": ADMINISTRATOR, "by": "admin", "at": AT}


@pytest.mark.parametrize(
    ("kind", "form"), [*((kind, "csv") for kind in sorted(KINDS)), ("organization", "xlsx")]
)
def test_an_export_imported_again_is_all_the_same(register, bring, kind, form):
    asked = Selection(kinds=(kind,), viewer=ADMINISTRATOR)
    file = export(snapshots.current(), asked, form, language="zh")
    content = b"".join(file.pieces)

    batch = bring(
        content,
        f"导出.{form}",
        kind=kind,
        viewer=ADMINISTRATOR,
        source="测试名录",
        source_date=DAY,
    )
    # A place may be shown that is the holder's, or the town's: it is no statement of this record.
    shown = dict.fromkeys(("经度", "纬度", "坐标系", "位置精度", "街镇"))
    actions.choose(batch=batch, mapping=shown, **WHO)
    counts = dict(actions.preview(batch=batch, **WHO))

    told = [
        (line["outcome"], line.get("changes"), [each["zh"] for each in line["findings"]])
        for line in queries.list_preview(
            batch, viewer=ADMINISTRATOR, outcomes=["new", "changed", "wrong", "doubtful"]
        ).lines
    ]
    assert told == []
    assert counts["same"] == file.total > 0
