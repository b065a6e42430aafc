"""A small reader of vector tiles, written from the specification and not from the writer."""


def decode(content):
    """Give {layer: [feature]}, a feature being its properties, `x`, `y` and `feature_id`."""
    return {name: features for name, features in map(_layer, _all(content, 3))}


def _fields(content):
    place = 0
    while place < len(content):
        key, place = _varint(content, place)
        if key & 7 == 0:
            value, place = _varint(content, place)
        else:
            assert key & 7 == 2, "points need no other wire type"
            size, place = _varint(content, place)
            value, place = content[place : place + size], place + size
            assert len(value) == size, "the field is cut off"
        yield key >> 3, value


def _all(content, number):
    return [value for field, value in _fields(content) if field == number]


def _varint(content, place):
    value = shift = 0
    while True:
        byte = content[place]
        value |= (byte & 0x7F) << shift
        place, shift = place + 1, shift + 7
        if byte < 0x80:
            return value, place


def _layer(content):
    (version,), (name,), (extent,) = (_all(content, number) for number in (15, 1, 5))
    assert (version, extent) == (2, 4096)
    keys = [key.decode() for key in _all(content, 3)]
    values = [_value(value) for value in _all(content, 4)]
    return name.decode(), [_feature(each, keys, values) for each in _all(content, 2)]


def _value(content):
    ((field, value),) = _fields(content)
    # A text, or a whole number written as int64 or as uint64.
    return value.decode() if field == 1 else {4: value, 5: value}[field]


def _packed(content):
    numbers, place = [], 0
    while place < len(content):
        number, place = _varint(content, place)
        numbers.append(number)
    return numbers


def _feature(content, keys, values):
    (tags,), (kind,), (geometry,) = (_all(content, number) for number in (2, 3, 4))
    move, x, y = _packed(geometry)
    assert (kind, move) == (1, 9), "one point, one MoveTo"
    pairs = _packed(tags)
    read = {keys[k]: values[v] for k, v in zip(pairs[::2], pairs[1::2], strict=True)}
    ids = _all(content, 1)
    return read | {"x": x >> 1, "y": y >> 1, "feature_id": ids[0] if ids else None}
