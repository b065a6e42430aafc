"""A shape is kept as it was drawn, and valid, with as many decimals as are kept."""

import json

import pytest
import shapely

from chuangtu.apps.places.shapes import ShapeError, read_shape
from chuangtu.terms.coordinates import Crs


def notched(depth):
    """A square of 4 km, valid, with a notch as narrow as `depth` degrees."""
    edge = [[121.38, 31.02], [121.42, 31.02], [121.42, 31.06]]
    notch = [[121.4 + depth, 31.06], [121.4, 31.03], [121.4 - depth, 31.06]]
    return [*edge, *notch, [121.38, 31.06], [121.38, 31.02]]


@pytest.mark.parametrize("crs", [Crs.WGS84, Crs.GCJ02, Crs.BD09])
@pytest.mark.parametrize("depth", [4e-8, 2e-8, 1e-7, 1e-4])
def test_a_shape_narrower_than_the_last_decimal_is_kept_valid_and_stays_the_same(crs, depth):
    given = {"type": "Polygon", "coordinates": [notched(depth)]}
    assert shapely.from_geojson(json.dumps(given)).is_valid

    kept = read_shape(given, crs, where="园区")
    again = read_shape(json.loads(kept.geojson), Crs.WGS84, where="园区")

    assert shapely.from_geojson(kept.geojson).is_valid
    assert again == kept


def test_a_shape_of_less_than_a_centimetre_is_refused_with_a_sentence():
    corners = [[121.4, 31.0], [121.4 + 2e-8, 31.0], [121.4, 31.0 + 2e-8], [121.4, 31.0]]

    with pytest.raises(ShapeError, match="narrower than a centimetre"):
        read_shape({"type": "Polygon", "coordinates": [corners]}, Crs.WGS84, where="园区")
