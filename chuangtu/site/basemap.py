"""Base maps from outside: layers of tiles, and the origins that browsers may load them from."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from chuangtu.site.environment import EnvironmentRefusedError

Layers = tuple[tuple[str, ...], ...]
"""The lowest layer first; of each, the addresses of one tile on every host."""

# A WMTS service describes its addresses in these words.
_WMTS = {"{TileMatrix}": "{z}", "{TileCol}": "{x}", "{TileRow}": "{y}"}
_NEEDED = ("{z}", "{x}", "{y}")
_HOST = "{s}"
_PLACE = re.compile(r"\{[^{}]*\}")
_HOST_NAME = re.compile(r"[A-Za-z0-9.-]{1,60}")


def read_layers(addresses: str, hosts: str) -> Layers:
    """Understand the addresses of a base map's layers.

    Args:
        addresses: templates with `{z}`, `{x}`, `{y}` (or WMTS's own words), apart by blanks; the
            second is drawn over the first, as Tianditu's names over its map.
        hosts: what `{s}` stands for, one after the other, apart by commas.

    Raises:
        EnvironmentRefusedError: an address is none, or lacks something; keys are not repeated.
    """
    names = tuple(each.strip() for each in hosts.split(",") if each.strip())
    return tuple(
        _layer(each, number, names) for number, each in enumerate(addresses.split(), start=1)
    )


def origins(layers: Layers) -> tuple[str, ...]:
    """Every origin that tiles come from, each once: browsers load from nowhere else."""
    found = (urlsplit(each) for layer in layers for each in layer)
    return tuple(dict.fromkeys(f"{each.scheme}://{each.netloc}" for each in found))


def _layer(address: str, number: int, hosts: tuple[str, ...]) -> tuple[str, ...]:
    for word, ours in _WMTS.items():
        address = re.sub(re.escape(word), ours, address, flags=re.IGNORECASE)
    _check(address, number)
    if _HOST not in address:
        return (address,)
    if not hosts or not all(map(_HOST_NAME.fullmatch, hosts)):
        raise EnvironmentRefusedError(
            f"CHUANGTU_BASEMAP_TILES 的第 {number} 个地址用了 {{s}}，"
            "请在 CHUANGTU_BASEMAP_HOSTS 中列出它代表的主机名部分，以逗号分隔，如 0,1,2,3。",
            f"Address {number} of CHUANGTU_BASEMAP_TILES has {{s}}: list what it stands for in"
            " CHUANGTU_BASEMAP_HOSTS, separated by commas, such as 0,1,2,3.",
        )
    return tuple(address.replace(_HOST, each) for each in hosts)


def _check(address: str, number: int) -> None:
    lacking = [each for each in _NEEDED if each not in address]
    strange = [e for e in _PLACE.findall(address) if e not in (*_NEEDED, _HOST)]
    if lacking or strange or not _is_web(address):
        raise EnvironmentRefusedError(
            f"CHUANGTU_BASEMAP_TILES 的第 {number} 个地址不可用：应以 https:// 开头，"
            "带有 {z}、{x}、{y}（或 {TileMatrix}、{TileCol}、{TileRow}），可带 {s}，"
            "不带其他花括号。"
            "几个图层的地址之间用空格分开。",
            f"Address {number} of CHUANGTU_BASEMAP_TILES cannot be used: it should begin with"
            " https:// and have {z}, {x}, {y} (or {TileMatrix}, {TileCol}, {TileRow}), may have"
            " {s}, and no other braces. Separate the addresses of several layers by blanks.",
        )


def _is_web(address: str) -> bool:
    # A semicolon or a comma in the host would end the rule that browsers are given.
    try:
        split = urlsplit(address)
        host = split.netloc.replace(_HOST, "s")
        return split.scheme in ("http", "https") and bool(re.fullmatch(r"[\w.:\[\]-]+", host))
    except ValueError:
        return False
