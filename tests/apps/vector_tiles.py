"""Reads a Mapbox Vector Tile by the letter of its specification, for tests only."""

from __future__ import annotations

import math
from dataclasses import dataclass, field


@dataclass
class Layer:
    name: str = ""
    keys: list = field(default_factory=list)
    values: list = field(default_factory=list)
    features: list = field(default_factory=list)


def decode(tile):
    """Layers by name; each feature is a dict of its properties."""
    layers = {}
    for number, content in _fields(tile):
        if number == 3:
            layer = _layer(content)
            layers[layer.name] = [
                {layer.keys[tags[i]]: layer.values[tags[i + 1]] for i in range(0, len(tags), 2)}
                for tags in layer.features
            ]
    return layers


def total(tile):
    """The sum of `count` over all features of all layers."""
    return sum(each["count"] for features in decode(tile).values() for each in features)


def tile_at(longitude, latitude, zoom):
    """The address of the tile that holds a position."""
    side = 1 << zoom
    x = (longitude + 180) / 360 * side
    sine = math.sin(math.radians(max(-85.0511, min(85.0511, latitude))))
    y = (0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)) * side
    return zoom, min(max(int(x), 0), side - 1), min(max(int(y), 0), side - 1)


def _layer(content):
    layer = Layer()
    for number, each in _fields(content):
        if number == 1:
            layer.name = each.decode()
        elif number == 2:
            layer.features.append(_tags(each))
        elif number == 3:
            layer.keys.append(each.decode())
        elif number == 4:
            layer.values.append(_value(each))
    return layer


def _tags(feature):
    for number, each in _fields(feature):
        if number == 2:
            return _numbers(each)
    return []


def _value(content):
    ((number, value),) = list(_fields(content))
    if number == 1:
        return value.decode()
    if number == 6:
        return (value >> 1) ^ -(value & 1)
    return value


def _numbers(content):
    found, place = [], 0
    while place < len(content):
        value, place = _varint(content, place)
        found.append(value)
    return found


def _fields(content):
    place = 0
    while place < len(content):
        tag, place = _varint(content, place)
        if tag & 7 == 0:
            value, place = _varint(content, place)
        elif tag & 7 == 2:
            length, place = _varint(content, place)
            value, place = content[place : place + length], place + length
        else:
            size = {1: 8, 5: 4}[tag & 7]
            value, place = content[place : place + size], place + size
        yield tag >> 3, value


def _varint(content, place):
    value = shift = 0
    while True:
        byte = content[place]
        value |= (byte & 0x7F) << shift
        place += 1
        shift += 7
        if byte < 0x80:
            return value, place
