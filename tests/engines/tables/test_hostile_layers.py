"""A GeoPackage is a database with programs in it; none of them is run."""

import sqlite3
from contextlib import closing

import pytest

from chuangtu.engines.tables import check_gpkg
from tests.engines.tables.layers import layer

ENDLESS = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT n AS fid"


@pytest.fixture
def spoilt(tmp_path):
    """A sound GeoPackage of the layer `made`, after some statements; gives its bytes."""

    def after(*statements):
        path = tmp_path / "made.gpkg"
        layer(path)
        with closing(sqlite3.connect(path)) as database:
            database.executescript("PRAGMA writable_schema = ON;" + ";".join(statements))
            database.commit()
        return path.read_bytes()

    return after


def renamed_to_a_view(select):
    return ("ALTER TABLE made RENAME TO hidden", f"CREATE VIEW made AS {select}")


@pytest.mark.parametrize(
    "statements",
    [
        renamed_to_a_view(f"{ENDLESS}, 'x' || n AS 名称, x'00' AS geom FROM t"),
        renamed_to_a_view("SELECT * FROM hidden"),
        ("DROP TABLE made", "CREATE VIRTUAL TABLE made USING fts5(名称, geom)"),
        ("ALTER TABLE made ADD COLUMN 长 AS (hex(zeroblob(900000000)))",),
        (
            "CREATE TABLE kept AS SELECT * FROM gpkg_contents",
            "DROP TABLE gpkg_contents",
            f"CREATE VIEW gpkg_contents AS {ENDLESS}, 'made' AS table_name FROM t",
        ),
    ],
    ids=["endless view", "harmless view", "virtual table", "computed column", "endless contents"],
)
def test_a_layer_that_would_have_to_be_computed_is_refused(spoilt, refusal, statements):
    error = refusal(spoilt(*statements), "镇.gpkg")

    assert error.code == "unreal_layer"
    assert "made" in error.zh or "gpkg_contents" in error.zh
    assert "made" in error.en or "gpkg_contents" in error.en


def test_views_that_are_no_layers_and_triggers_do_no_harm(spoilt, reading):
    content = spoilt(
        f"CREATE VIEW aside AS {ENDLESS} FROM t",
        "CREATE TRIGGER change AFTER UPDATE ON made BEGIN SELECT 1; END",
    )

    (table,) = reading(content, "镇.gpkg")

    assert table.sheet == "made"
    assert [row[0] for row in table.rows] == ["七宝", "莘庄"]


def test_a_geopackage_of_nothing_but_a_view_has_no_layer(spoilt, refusal):
    content = spoilt(
        "DELETE FROM gpkg_contents",
        "DELETE FROM gpkg_geometry_columns",
        *renamed_to_a_view("SELECT 1"),
        "DROP TABLE hidden",
    )

    assert refusal(content, "镇.gpkg").code == "broken_geo"


def test_a_look_at_the_schema_that_costs_too_much_is_given_up(spoilt, refusal, monkeypatch):
    many = [f"CREATE TABLE t{n}(a)" for n in range(2_000)]
    content = spoilt(*many)
    monkeypatch.setattr(check_gpkg, "_STEPS", 10_000)

    assert refusal(content, "镇.gpkg").code == "broken_geo"


def test_a_geopackage_without_a_list_of_layers_is_refused(spoilt, refusal):
    assert refusal(spoilt("DROP TABLE gpkg_contents"), "镇.gpkg").code == "broken_geo"
