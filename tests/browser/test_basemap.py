"""A base map of two layers on two hosts, served by a stand-in, in a real browser."""

from __future__ import annotations

import re
import struct
import subprocess
import sys
import threading
import time
import urllib.request
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import _free_port
from tests.browser.looking import DESK, SCREENSHOTS, Visitor

pytestmark = pytest.mark.browser
LAYER = (
    "http://{{s}}:{port}/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={layer}"
    "&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles"
    "&TILEMATRIX={{TileMatrix}}&TILEROW={{TileRow}}&TILECOL={{TileCol}}&tk=a-key"
)
SIZE = 256
ATTRIBUTION, APPROVAL = "天地图", "审图号：GS(2024)0000号"


def picture(*rgba: int) -> bytes:
    """A tile of one colour, as PNG."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0)
    rows = (b"\0" + bytes(rgba) * SIZE) * SIZE
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


TILES = {"vec": picture(220, 60, 40, 255), "cva": picture(0, 0, 255, 60)}


@pytest.fixture
def tile_server() -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """A port that serves both layers, and what was asked of it: host and path."""
    asked: list[tuple[str, str]] = []

    class Tiles(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.headers["Host"].split(":")[0], self.path))
            tile = TILES.get(parse_qs(urlsplit(self.path).query).get("LAYER", [""])[0], b"")
            self.send_response(200 if tile else 404)
            self.send_header("Content-Type", "image/png")
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Content-Length", str(len(tile)))
            self.end_headers()
            self.wfile.write(tile)

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Tiles) as stand_in:
        threading.Thread(target=stand_in.serve_forever, daemon=True).start()
        yield stand_in.server_address[1], asked
        stand_in.shutdown()


@pytest.fixture
def mapped_server(server: str, environment: dict[str, str], tile_server) -> Iterator[str]:
    """The tests' district once more, with a base map from outside."""
    port, tiles = _free_port(), tile_server[0]
    addresses = [LAYER.format(port=tiles, layer=layer) for layer in TILES]
    given = {
        **environment,
        "CHUANGTU_BASEMAP_TILES": "\n".join(addresses),
        "CHUANGTU_BASEMAP_HOSTS": "127.0.0.1,localhost",
        "CHUANGTU_BASEMAP_ATTRIBUTION": ATTRIBUTION,
        "CHUANGTU_MAP_APPROVAL_NUMBER": APPROVAL,
    }
    command = [sys.executable, "-m", "granian", "--interface=wsgi", f"--port={port}"]
    process = subprocess.Popen([*command, "chuangtu.site.wsgi:application"], env=given)
    try:
        _wait(f"http://127.0.0.1:{port}/about")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(60)


def _wait(address: str) -> None:
    until = time.monotonic() + 120
    while True:
        try:
            with urllib.request.urlopen(address, timeout=60):
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def test_layers_of_several_hosts_are_drawn_with_their_source(
    mapped_server: str, chromium: Browser, tile_server
):
    asked = tile_server[1]
    with Visitor(chromium, mapped_server) as visitor:
        page = visitor.open("/explore", DESK)

        credit = page.locator(".maplibregl-ctrl-attrib")
        expect(credit).to_contain_text(ATTRIBUTION)
        expect(credit).to_contain_text(APPROVAL)
        page.screenshot(path=SCREENSHOTS / "explorer-outside-base-map.png")
        assert not visitor.complaints

    paths = [path for _, path in asked]
    for layer in TILES:
        of_layer = [each for each in paths if f"/{layer}_w/" in each]
        assert of_layer, f"no tile of {layer} was asked for"
        assert all("tk=a-key" in each and "{" not in each for each in of_layer)
        places = [re.findall(r"TILE(?:MATRIX|ROW|COL)=(\d+)", each) for each in of_layer]
        for zoom, row, column in (map(int, each) for each in places):
            assert max(row, column) < 2**zoom
            # Shanghai lies east of the middle and north of it: rows count from the north.
            assert column >= 2**zoom // 2 > row
    assert {host for host, _ in asked} == {"127.0.0.1", "localhost"}
