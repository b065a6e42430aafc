"""Parties laid out so that those that may be one organisation are found quickly."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chuangtu.engines.resolve.keys import list_keys
from chuangtu.engines.resolve.model import Party
from chuangtu.engines.resolve.prepare import Prepared, prepare

Ints = NDArray[np.int64]


class TwiceError(ValueError):
    """Two parties have one key."""


@dataclass(frozen=True)
class Index:
    """Many parties; about 1 kB each.

    Attributes:
        parties: in the order they were given.
        hashes: the hash of every key of every party, ascending.
        owners: whose key it is, as an index into `parties`; ascending among equal hashes.
    """

    parties: tuple[Prepared, ...]
    hashes: Ints
    owners: Ints

    def find_owners(self, keys: Iterable[str]) -> list[int]:
        """Who has any of these keys, each once, in the order of `parties`."""
        asked = np.unique(hash_keys(keys))
        first = np.searchsorted(self.hashes, asked, side="left")
        last = np.searchsorted(self.hashes, asked, side="right")
        found: set[int] = set()
        for start, end in zip(first.tolist(), last.tolist(), strict=True):
            if start < end:
                found.update(self.owners[start:end].tolist())
        return sorted(found)


def build_index(parties: Sequence[Party]) -> Index:
    """Read parties and lay out their keys.

    Args:
        parties: any number; each with a key of its own.

    Raises:
        TwiceError: two parties have one key.
    """
    _refuse_twins(parties)
    prepared = tuple(prepare(each) for each in parties)
    hashes, owners = [], []
    for index, each in enumerate(prepared):
        found = np.unique(hash_keys(list_keys(each)))
        hashes.append(found)
        owners.append(np.full(len(found), index))
    if not hashes:
        return Index((), np.zeros(0, np.int64), np.zeros(0, np.int64))
    every, whose = np.concatenate(hashes), np.concatenate(owners)
    order = np.argsort(every, kind="stable")
    return Index(prepared, every[order], whose[order])


def hash_keys(keys: Iterable[str]) -> Ints:
    """Keys as numbers, the same in every process; two keys in four thousand million meet."""
    return np.array([zlib.crc32(each.encode()) for each in keys], dtype=np.int64)


def _refuse_twins(parties: Sequence[Party]) -> None:
    seen: set[str] = set()
    for each in parties:
        if each.key in seen:
            raise TwiceError(f"Two parties have the key {each.key!r}. Give each one of its own.")
        seen.add(each.key)
