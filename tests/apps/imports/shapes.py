"""Features of zones, as a file of shapes holds them."""

from __future__ import annotations

import json

RING = [[121.38, 31.02], [121.42, 31.02], [121.42, 31.06], [121.38, 31.06], [121.38, 31.02]]
# Moved along its own middle: another shape that holds the same point.
WIDER = [[121.37, 31.01], [121.43, 31.01], [121.43, 31.07], [121.37, 31.07], [121.37, 31.01]]
ROW = {"名称": "某园区", "园区类型": "产业园区"}


def feature(ring=RING, shape="Polygon", **said):
    rings = ring if shape == "LineString" else [ring]
    return {
        "type": "Feature",
        "properties": {**ROW, **said},
        "geometry": {"type": shape, "coordinates": rings},
    }


def geojson(*features):
    return json.dumps({"type": "FeatureCollection", "features": features})
