"""Many files that are long or never read, brought at once, keep nobody from looking."""

from __future__ import annotations

import re
import sqlite3
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.engines.tables.layers import layer

ENDLESS = (
    "CREATE VIEW made AS WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t)"
    " SELECT n AS fid, 'x' || n AS 名称, x'00' AS geom FROM t"
)
LONG = "名称,单位类型,地址\n" + "".join(f"慢慢读{n}公司,企业,七宝镇{n}号\n" for n in range(60_000))
AT_ONCE = 12
PATIENCE_S = 15
"""A visitor's, on a machine where other tests run too; a file alone may take twenty."""


@pytest.fixture
def endless(tmp_path: Path) -> bytes:
    path = tmp_path / "made.gpkg"
    layer(path)
    with closing(sqlite3.connect(path)) as database:
        database.execute("ALTER TABLE made RENAME TO hidden")
        database.execute(ENDLESS)
        database.commit()
    return path.read_bytes()


def token(page: httpx.Response) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert found is not None, page.text[:500]
    return found[1]


@pytest.fixture
def officer_client(server: str):
    headers = {"Referer": server}
    with httpx.Client(base_url=server, headers=headers, timeout=120) as client:
        asked = {"csrfmiddlewaretoken": token(client.get("/accounts/sign-in/")), "next": ""}
        done = client.post("/accounts/demo-sign-in/", data={**asked, "username": "demo-officer"})
        assert done.status_code == 302
        yield client


def test_visitors_are_answered_while_long_and_endless_files_are_brought(
    server: str, officer_client: httpx.Client, endless: bytes
) -> None:
    form = {
        "csrfmiddlewaretoken": token(officer_client.get("/desk/imports/new")),
        "kind": "organization",
        "source": "测试",
        "source_date": "2016-01-01",
    }

    def bring(number: int) -> httpx.Response:
        is_endless = number % 2
        content = endless if is_endless else LONG.encode() + b"%d,,\n" % number
        name = f"{number}.{'gpkg' if is_endless else 'csv'}"
        return officer_client.post("/desk/imports/new", data=form, files={"file": (name, content)})

    with ThreadPoolExecutor(AT_ONCE) as people, httpx.Client(base_url=server) as visitor:
        brought = [people.submit(bring, n) for n in range(AT_ONCE)]
        waits = list(_waits(visitor, brought))

    assert max(waits) < PATIENCE_S
    assert len(waits) > 1, "nobody looked while the files were read"
    addresses = [each.result().headers["Location"] for each in brought]
    assert all("不是数据表" in read(officer_client, each) for each in addresses[1::2])


def read(client: httpx.Client, address: str) -> str:
    """The page of an import when its file was read; some are left to the background."""
    until = time.monotonic() + 120
    while "正在读取" in (page := client.get(address).text) and time.monotonic() < until:
        time.sleep(0.5)
    return page


def _waits(visitor: httpx.Client, brought: list[Future[httpx.Response]]):
    """How long visitors wait for the first answer of the API, until every file was taken."""
    while True:
        begun = time.monotonic()
        answer = visitor.get("/api/v1/resources?limit=1", timeout=60)
        assert answer.status_code == 200
        yield time.monotonic() - begun
        if all(each.done() for each in brought):
            return
        time.sleep(0.2)
