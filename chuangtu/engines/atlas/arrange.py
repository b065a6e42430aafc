"""Check columns and find the order they will stand in."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from chuangtu.engines.atlas.model import (
    MAX_KINDS,
    VISIBILITIES,
    Array,
    Codes,
    Integers,
    ListColumn,
    Records,
    RecordsError,
)
from chuangtu.engines.atlas.project import project
from chuangtu.terms.kind import UNKNOWN

_CHUNK = 1 << 20


def arrange(records: Records) -> tuple[Codes, Integers]:
    """Check that the columns fit together and sort the records along the curve.

    Args:
        records: the columns; read in chunks, so they may be memory-mapped.

    Returns:
        The Morton codes in base order, and for each base position the row of `records` that
        stands there. Records of one code keep the order they were given in.

    Raises:
        RecordsError: lengths differ, a code is outside its values, an id is negative or twice.
    """
    _check_lengths(records)
    _check_kinds(records)
    for name in sorted(records.facets.keys() & records.lists.keys()):
        raise RecordsError(
            f"“{name}”既是单值列又是多值列。请只保留一种。",
            f"'{name}' is both a facet of one value and a list. Keep one of the two.",
        )
    for name, facet in records.facets.items():
        _check_values(name, facet.values)
        _check_codes(name, facet.codes, len(facet.values))
    for name, listed in records.lists.items():
        _check_values(name, listed.values)
        _check_list(name, listed, len(records))
    codes = np.empty(len(records), np.uint64)
    for part in _chunks(len(records)):
        codes[part] = project(records.longitude[part], records.latitude[part])
    order = np.argsort(codes, kind="stable")
    return codes[order], order


def _chunks(size: int) -> Iterator[slice]:
    for start in range(0, size, _CHUNK):
        yield slice(start, min(start + _CHUNK, size))


def _check_lengths(records: Records) -> None:
    lengths = {
        "kind": len(records.kind),
        "longitude": len(records.longitude),
        "latitude": len(records.latitude),
        "visibility": len(records.visibility),
        "valid_from": len(records.valid_from),
        "valid_until": len(records.valid_until),
    }
    lengths |= {name: len(facet.codes) for name, facet in records.facets.items()}
    lengths |= {name: len(listed.offsets) - 1 for name, listed in records.lists.items()}
    lengths |= {name: len(number.values) for name, number in records.numbers.items()}
    lengths |= {name: len(keys) for name, keys in records.orders.items()}
    for name, length in lengths.items():
        if length != len(records):
            raise RecordsError(
                f"列“{name}”有 {length} 行，而编号列有 {len(records)} 行。请补齐后再生成。",
                f"Column '{name}' has {length} rows, the ids {len(records)}. Make them equal.",
            )


def _check_kinds(records: Records) -> None:
    if len(records.kinds) > MAX_KINDS:
        raise RecordsError(
            f"有 {len(records.kinds)} 种记录，最多 {MAX_KINDS} 种。请合并一些种类。",
            f"There are {len(records.kinds)} kinds; at most {MAX_KINDS} fit. Merge some.",
        )
    _check_codes("kind", records.kind, len(records.kinds))
    _check_codes("visibility", records.visibility, VISIBILITIES)
    if len(records) and int(np.min(records.ids)) < 0:
        raise RecordsError(
            "编号里有负数。编号须为 0 或正整数。",
            "An id is negative. Ids are 0 or positive.",
        )


def _check_values(name: str, values: tuple[str, ...]) -> None:
    if values[:1] != (UNKNOWN,) or len(set(values)) != len(values):
        raise RecordsError(
            f"列“{name}”的取值表须以“{UNKNOWN}”开头，且不得重复。请检查取值表。",
            f"The values of '{name}' must begin with '{UNKNOWN}' and be distinct. Mend the list.",
        )


def _check_codes(name: str, codes: Array, size: int) -> None:
    for part in _chunks(len(codes)):
        largest = int(np.max(codes[part]))
        if largest >= size:
            raise RecordsError(
                f"列“{name}”里有代码 {largest}，而取值表只有 {size} 项。请检查代码。",
                f"Column '{name}' has code {largest}, its values are {size}. Mend the codes.",
            )


def _check_list(name: str, listed: ListColumn, size: int) -> None:
    _check_codes(name, listed.codes, len(listed.values))
    offsets, codes = listed.offsets, listed.codes
    whole = int(offsets[0]) == 0 and int(offsets[-1]) == len(codes)
    for part in _chunks(size):
        ends = np.asarray(offsets[part.start : part.stop + 1], np.int64)
        whole = whole and bool(np.all(ends[1:] >= ends[:-1]))
        if not whole:
            break
        inside = np.asarray(codes[ends[0] : ends[-1]], np.int64)
        rises = np.diff(inside, prepend=-1) > 0
        first = ends[:-1][ends[:-1] < ends[-1]] - ends[0]
        rises[first] = True
        whole = bool(rises.all()) and not bool((inside == 0).any())
    if not whole:
        raise RecordsError(
            f"列“{name}”的每行代码须由小到大、不重复、不含 0，且各行首尾相接。请检查该列。",
            f"Each row of '{name}' must hold ascending, distinct codes over 0, row after row.",
        )
