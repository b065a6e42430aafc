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


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form", ["csv", "xlsx", "geojson", "gpkg"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_an_export_imported_again_is_all_the_same(register, bring, kind, form, language):
    asked = Selection(kinds=(kind,), viewer=ADMINISTRATOR)
    file = export(snapshots.current(), asked, form, language=language)
    content = b"".join(file.pieces)

    batch = bring(
        content,
        f"导出.{form}",
        kind=kind,
        viewer=ADMINISTRATOR,
        source="测试名录",
        source_date=DAY,
    )
    counts = dict(actions.preview(batch=batch, **WHO))

    told = [
        (line["outcome"], line.get("changes"), [each["zh"] for each in line["findings"]])
        for line in queries.list_preview(
            batch, viewer=ADMINISTRATOR, outcomes=["new", "changed", "wrong", "doubtful"]
        ).lines
    ]
    assert told == []
    assert counts["same"] == file.total > 0
