"""Whatever the bytes are, a file is read or refused with a sentence; nothing else happens."""

from __future__ import annotations

import io
import json
import random
import zipfile

import pytest
import shapely

from chuangtu.engines.tables.model import Column, TableError, ValueType
from chuangtu.engines.tables.write import Format, write
from tests.engines.tables.test_read_shp import shapefile
from tests.engines.tables.workbooks import workbook, zipped

ROUNDS = 40
COLUMNS = [Column("名称"), Column("数", ValueType.DECIMAL), Column("geometry", ValueType.GEOMETRY)]


def written(form):
    point = shapely.to_wkb(shapely.Point(121, 31))
    return b"".join(write(form, COLUMNS, [[["甲", None, point], ['"乙', None, None]]]))


def stored(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped(parts, zipfile.ZIP_STORED)


def seeds(tmp_path):
    workbooks = [workbook(), stored(workbook()), written(Format.XLSX)]
    return {
        "a.xlsx": workbooks,
        "a.geojson": [written(Format.GEOJSON)],
        "a.gpkg": [written(Format.GPKG)],
        "a.zip": [shapefile(tmp_path), stored(shapefile(tmp_path))],
        "a.csv": [written(Format.CSV), "名称,数\n甲,1\n".encode("gbk")],
    }


def damaged(content: bytes, chance: random.Random) -> bytes:
    damage = bytearray(content)
    for _ in range(chance.choice([1, 1, 2, 5, 20])):
        place = chance.randrange(len(damage) + 1)
        match chance.randrange(4):
            case 0 if damage:
                damage[chance.randrange(len(damage))] = chance.randrange(256)
            case 1:
                del damage[place : place + chance.choice([1, 4, 50, len(damage)])]
            case 2:
                damage[place:place] = chance.randbytes(chance.choice([1, 4, 16]))
            case _:
                start = chance.randrange(len(damage) + 1)
                damage[place:place] = damage[start : start + chance.randrange(1, 60)]
    return bytes(damage)


@pytest.mark.parametrize("name", ["a.xlsx", "a.geojson", "a.gpkg", "a.zip", "a.csv"])
# GDAL tells its troubles with a damaged file as warnings; what counts is what comes of it.
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_damaged_file_is_read_or_refused(reading, tmp_path, name):
    chance = random.Random(310112)
    originals = seeds(tmp_path)[name]
    refused = []
    for _ in range(ROUNDS):
        content = damaged(chance.choice(originals), chance)
        try:
            reading(content, name, crs=chance.choice([None, "EPSG:4326"]))
        except TableError as error:
            refused.append(error)

    assert refused
    assert all(each.zh.endswith("。") and each.en.endswith(".") for each in refused)


def test_a_deeply_nested_geojson_is_refused(refusal):
    deep = '{"type":"FeatureCollection","features":' + "[" * 100_000

    assert refusal(deep.encode(), "a.geojson").code == "deep_json"


def test_nothing_of_a_refusal_names_the_servers_files(refusal, tmp_path):
    content = written(Format.GPKG)[:5_000] + b"x" * 20_000

    error = refusal(content, "a.gpkg")

    assert str(tmp_path) not in json.dumps([error.zh, error.en])
