"""A base map from outside: layers, hosts and origins, or a sentence that says what is wrong."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from chuangtu.site.basemap import origins, read_layers
from chuangtu.site.environment import EnvironmentRefusedError

TIANDITU = (
    "https://t{{s}}.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0"
    "&LAYER={layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles"
    "&TILEMATRIX={{TileMatrix}}&TILEROW={{TileRow}}&TILECOL={{TileCol}}&tk=secret"
)


def test_no_address_is_no_layer():
    assert read_layers("", "0,1") == ()
    assert read_layers(" \n", "") == ()
    assert origins(()) == ()


def test_one_address_is_one_layer_of_one_host():
    layers = read_layers("https://tiles.example.org/{z}/{x}/{y}.png", "0,1,2")

    assert layers == (("https://tiles.example.org/{z}/{x}/{y}.png",),)
    assert origins(layers) == ("https://tiles.example.org",)


def test_tianditu_is_two_layers_of_eight_hosts():
    written = f"{TIANDITU.format(layer='vec')} {TIANDITU.format(layer='cva')}"

    base, names = read_layers(written, "0,1,2,3,4,5,6,7")

    assert len(base) == len(names) == 8
    assert base[3].startswith("https://t3.tianditu.gov.cn/vec_w/wmts?")
    assert base[3].endswith("&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=secret")
    assert names[7].startswith("https://t7.tianditu.gov.cn/cva_w/wmts?")
    assert origins((base, names)) == tuple(f"https://t{n}.tianditu.gov.cn" for n in range(8))


@pytest.mark.parametrize(
    ("addresses", "hosts", "said"),
    [
        ("https://a.org/{z}/{x}.png", "0", "第 1 个地址不可用"),
        ("https://a.org/{z}/{x}/{y} ftp://a.org/{z}/{x}/{y}", "0", "第 2 个地址不可用"),
        ("https://a.org/{z}/{x}/{y}?tk={key}", "0", "第 1 个地址不可用"),
        ("https://a.org;script-src/{z}/{x}/{y}", "0", "第 1 个地址不可用"),
        ("https://[a.org/{z}/{x}/{y}", "0", "第 1 个地址不可用"),
        ("https:///{z}/{x}/{y}", "0", "第 1 个地址不可用"),
        ("https://t{s}.org/{z}/{x}/{y}", " , ", "CHUANGTU_BASEMAP_HOSTS"),
        ("https://t{s}.org/{z}/{x}/{y}", "0;1", "CHUANGTU_BASEMAP_HOSTS"),
    ],
)
def test_what_is_wrong_is_said_without_the_key(addresses, hosts, said):
    with pytest.raises(EnvironmentRefusedError) as caught:
        read_layers(addresses, hosts)

    assert said in caught.value.zh
    assert caught.value.en.endswith(".")
    assert "a.org" not in caught.value.zh + caught.value.en


def test_every_origin_and_no_other_is_opened_to_browsers():
    shown = "import chuangtu.site.settings as s; print(s.CONTENT_SECURITY_POLICY['DIRECTIVES'])"
    given = {
        "CHUANGTU_BASEMAP_TILES": "https://t{s}.a.org/{z}/{x}/{y} https://b.org/{z}/{x}/{y}",
        "CHUANGTU_BASEMAP_HOSTS": "0,1",
    }

    done = subprocess.run(
        [sys.executable, "-c", shown], env={**os.environ, **given}, capture_output=True, text=True
    )

    for origin in ("https://t0.a.org", "https://t1.a.org", "https://b.org"):
        assert done.stdout.count(f"'{origin}'") == 2, done.stdout + done.stderr
    assert "{s}" not in done.stdout


def test_the_worked_examples_of_the_manual_can_be_read():
    manual = Path(__file__).parents[2] / "docs" / "how-to" / "run-in-production.md"
    written = re.findall(r'^CHUANGTU_BASEMAP_TILES="([^"]+)"$', manual.read_text(), re.MULTILINE)

    layers = [read_layers(each, "0,1,2,3,4,5,6,7") for each in written]

    assert [len(each) for each in layers] == [2, 1]
    assert [len(origins(each)) for each in layers] == [8, 1]
