"""A file holds exactly the records of its question, with the columns its viewer may see."""

import csv
import io

import orjson
import pyarrow.parquet as pq
import pytest

from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.terms.selection import Selection
from chuangtu.terms.viewer import VISITOR

FORMATS = ("csv", "xlsx", "geojson", "gpkg", "parquet")

pytestmark = pytest.mark.django_db


def content(response):
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content)


def rows_of(client, query=""):
    text = content(client.get(f"/export.csv?as_of=any{query}")).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_served_as_a_download_with_a_chinese_name(register, client, form):
    response = client.get(f"/export.{form}?as_of=any")

    assert len(content(response)) > 500
    assert "filename*=UTF-8''%E5%88%9B%E5%9B%BE" in response["Content-Disposition"]
    expected = snapshots.count(Selection()).total
    assert response["X-Total-Count"] == str(expected)


def test_the_rows_are_the_records_of_the_question(register, client):
    rows = rows_of(client, "&kind=patent&kind=carrier")

    expected = snapshots.page(Selection(kinds=("carrier", "patent")), limit=500)
    assert sorted(int(row["编号"]) for row in rows) == sorted(x["id"] for x in expected.items)
    assert {row["种类"] for row in rows} == {"专利", "创新载体"} or len(rows) == expected.total


def test_a_visitor_gets_no_column_that_only_officers_may_see(register, client):
    rows = rows_of(client)

    headers = rows[0].keys()

    assert "联系方式" not in headers
    assert "公开范围" not in headers
    assert {row["数据来源"] for row in rows} == {"测试名录"}
    assert {row["来源日期"] for row in rows} == {"2026-03-01"}


def test_codes_are_written_by_their_names_and_examples_are_marked(register, client):
    rows = rows_of(client, "&kind=patent&is_example=yes")

    assert rows
    assert {row["示例数据"] for row in rows} == {"是"}
    assert not {row["街镇"] for row in rows if row["街镇"].isdigit()}


def test_columnar_files_hold_the_same_rows(register, client):
    table = pq.read_table(io.BytesIO(content(client.get("/export.parquet?as_of=any"))))
    features = orjson.loads(content(client.get("/export.geojson?as_of=any")))["features"]

    expected = snapshots.count(Selection(viewer=VISITOR))
    assert table.num_rows == len(features) == expected.total
    assert sum(each["geometry"] is None for each in features) == expected.unlocated


def test_an_unknown_format_is_refused_with_a_sentence(client, db):
    response = client.get("/export.doc")

    assert response.status_code == 400
    assert "csv、xlsx" in response.json()["detail_zh"]
