"""Positions of sites: exported and imported again, and never in two systems at once."""

from __future__ import annotations

import json

import pytest

from chuangtu.apps.catalog.queries.exports import export
from chuangtu.apps.imports import actions, queries
from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.apps.snapshots.actions import publish
from chuangtu.terms.selection import Selection
from chuangtu.terms.viewer import ADMINISTRATOR
from tests.apps.imports.conftest import AT
from tests.apps.registers import DAY, add, district

WHO = {"viewer": ADMINISTRATOR, "by": "admin", "at": AT}


@pytest.mark.parametrize("form", ["csv", "xlsx", "geojson", "gpkg"])
def test_sites_with_positions_of_their_own_are_the_same_again(db, bring, form):
    district()
    own = {"longitude": "121.41", "latitude": "31.11"}
    laboratory = {"laboratory_longitude": "121.45", "laboratory_latitude": "31.02"}
    plant = {"plant_longitude": "121.46", "plant_latitude": "31.03", "plant_address": "昆阳路9号"}
    registered = {"registered_longitude": "121.43", "registered_latitude": "31.05"}
    everything = {**own, **laboratory, **plant, **registered}
    add("organization", name="上海甲一公司", crs="GCJ-02", **everything)
    add("organization", name="上海乙二公司", laboratory_address="紫星路588号", **own, crs="wgs84")
    add("organization", name="上海丙三公司", crs="BD-09", **laboratory)
    add("organization", name="上海丁四公司", crs="GCJ-02", **registered, **plant)
    publish(at=AT)
    asked = Selection(kinds=("organization",), viewer=ADMINISTRATOR)
    content = b"".join(export(snapshots.current(), asked, form, language="zh").pieces)

    batch = bring(content, f"导出.{form}", viewer=ADMINISTRATOR, source="测试", source_date=DAY)

    counts = {each: n for each, n in actions.preview(batch=batch, **WHO).items() if n}
    assert counts == {"same": 4}


def test_a_feature_that_contradicts_its_shape_is_wrong(db, bring):
    place = {"type": "Point", "coordinates": [121.41, 31.11]}
    said = {"名称": "上海丁一公司", "坐标系": "GCJ-02", "实验室经度": 121.45, "实验室纬度": 31.02}
    alike = {"名称": "上海丁二公司", "坐标系": "WGS 84"}
    features = [{"type": "Feature", "geometry": place, "properties": p} for p in (said, alike)]
    text = json.dumps({"type": "FeatureCollection", "features": features})

    batch = bring(text, "点.geojson", viewer=ADMINISTRATOR, crs="WGS 84")
    counts = {each: n for each, n in actions.preview(batch=batch, **WHO).items() if n}

    assert counts == {"new": 1, "wrong": 1}
    (line,) = queries.list_preview(batch, viewer=ADMINISTRATOR, outcomes=["wrong"]).lines
    assert "与文件中图形的坐标系不同" in line["findings"][0]["zh"]
