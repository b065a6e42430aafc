"""A data folder of its own, and short ways to bring a file."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from chuangtu.apps.imports import actions, queries
from chuangtu.terms.viewer import OFFICER
from tests.apps.imports.shapes import geojson

AT = datetime(2016, 6, 15, 8, tzinfo=UTC)
WHO = {"viewer": OFFICER, "by": "officer"}


@pytest.fixture(autouse=True)
def shelf_of_its_own(settings, tmp_path):
    settings.DATA = tmp_path / "data"


@pytest.fixture
def bring():
    """Upload text or bytes; gives the import's number."""

    def upload(content, name="名单.csv", kind="organization", at=AT, **options):
        body = content if isinstance(content, bytes) else content.encode()
        source_date = options.pop("source_date", date(2016, 6, 1))
        return actions.upload(
            chunks=[body],
            file_name=name,
            kind=kind,
            source=options.pop("source", "测试文件"),
            source_date=source_date,
            at=at,
            **{**WHO, **options},
        )

    return upload


@pytest.fixture
def run(bring):
    """Upload, preview and apply; gives the import as it is shown afterwards."""

    def through(content, *, hours=0, choices=None, **options):
        at = AT + timedelta(hours=hours)
        batch = bring(content, at=at, **options)
        if choices:
            actions.choose(batch=batch, at=at, **choices, **WHO)
        actions.preview(batch=batch, at=at, **WHO)
        actions.apply(batch=batch, at=at, **WHO)
        return queries.get_batch(batch, viewer=OFFICER)

    return through


@pytest.fixture
def zones(run):
    """Bring features of zones all the way in; gives the import."""

    def through(*features, **options):
        given = {"name": "园区.geojson", "kind": "zone", "crs": "EPSG:4326", **options}
        return run(geojson(*features), **given)

    return through
