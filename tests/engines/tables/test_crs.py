"""Systems that may be chosen for columns of longitude and latitude."""

import pytest

from chuangtu.engines.tables.crs import columns_crs
from chuangtu.engines.tables.model import Place, Shape, TableError

WHERE = Place("名单.csv", Shape.LINES)


@pytest.mark.parametrize(
    ("text", "name"),
    [("WGS 84", "EPSG:4326"), ("GCJ-02", "GCJ-02"), ("CGCS2000", "EPSG:4490"), ("BD-09", "BD-09")],
)
def test_each_of_the_four_is_understood(text, name):
    assert columns_crs(text, WHERE) == name


@pytest.mark.parametrize("text", ["EPSG:4549", "某某坐标", ""])
def test_what_is_not_in_degrees_or_unknown_is_refused(text):
    with pytest.raises(TableError) as refused:
        columns_crs(text, WHERE)

    assert refused.value.code == "columns_crs"
