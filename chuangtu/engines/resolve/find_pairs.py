"""All pairs of many parties that are one organisation, or may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from chuangtu.engines.resolve.explain import explain
from chuangtu.engines.resolve.index import Index, Ints, build_index
from chuangtu.engines.resolve.keys import list_wishes
from chuangtu.engines.resolve.model import NameKind, NameParts, Pair, Party, Verdict
from chuangtu.engines.resolve.prepare import Prepared
from chuangtu.engines.resolve.regions import COUNTRY, MUNICIPALITIES, city_of, find_regions
from chuangtu.engines.resolve.strangers import are_strangers
from chuangtu.engines.resolve.weigh import weigh

_MOST_TOGETHER = 400
"""Parties under one key that are all compared; of more, each with this many that follow."""


def find_pairs(parties: Sequence[Party] | Index) -> list[Pair]:
    """Find the pairs that are the same or doubtful; all others are different.

    Only parties that share a key are compared, and of those only what is not plainly two: both
    codes known and different, or names in different cities. Where more than 400 share one key
    (four hundred libraries without a brand) each is compared with the 400 that follow it.

    Args:
        parties: any number, each with a key of its own, or an index of them.

    Returns:
        Pairs in the order of their keys; `first` < `second`.

    Raises:
        TwiceError: two parties have one key.
    """
    index = parties if isinstance(parties, Index) else build_index(parties)
    found = []
    for one, other in _candidates(index):
        first, second = index.parties[one], index.parties[other]
        if first.party.key > second.party.key:
            first, second = second, first
        if are_strangers(first, second):
            continue
        weighing = weigh(first, second)
        if weighing.verdict is not Verdict.DIFFERENT:
            found.append(Pair(first.party.key, second.party.key, explain(weighing, first, second)))
    return sorted(found, key=lambda each: (each.first, each.second))


def _candidates(index: Index) -> Iterator[tuple[int, int]]:
    count = len(index.parties)
    codes, histories, cities = _columns(index.parties)
    kept = [_wished(index)]
    for one, other in _meetings(index):
        both_coded = (codes[one] != 0) & (codes[other] != 0)
        plainly = both_coded & (codes[one] != codes[other])
        plainly &= ~(histories[one] | histories[other])
        apart = (cities[one] != 0) & (cities[other] != 0) & (cities[one] != cities[other])
        apart &= ~both_coded | (codes[one] != codes[other])
        left = ~(plainly | apart)
        kept.append(np.unique(one[left] * count + other[left]))
    for each in np.unique(np.concatenate(kept)).tolist():
        yield divmod(each, count)


def _wished(index: Index) -> Ints:
    """Pairs in which one asks for a key that the other has."""
    count = len(index.parties)
    found = []
    for one, each in enumerate(index.parties):
        wishes = list(list_wishes(each))
        if wishes:
            found += [
                min(one, other) * count + max(one, other)
                for other in index.find_owners(wishes)
                if one != other
            ]
    return np.array(found, dtype=np.int64)


def _meetings(index: Index) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of parties that share a key, by distance in the key's run."""
    hashes, owners = index.hashes, index.owners
    ends = np.searchsorted(hashes, hashes, side="right")
    left = np.arange(len(hashes))
    for distance in range(1, _MOST_TOGETHER + 1):
        left = left[left + distance < ends[left]]
        if not len(left):
            return
        yield owners[left], owners[left + distance]


def _columns(parties: Sequence[Prepared]) -> tuple[Ints, np.ndarray, Ints]:
    """Of each party: its code's number, whether it has a former name, and its name's city.

    Each is 0 where it is unknown; a city is known only where every name says the same one.
    """
    numbers: dict[str, int] = {}
    codes = np.zeros(len(parties), np.int64)
    cities = np.zeros(len(parties), np.int64)
    histories = np.zeros(len(parties), np.bool_)
    for at, each in enumerate(parties):
        if each.code.organization:
            codes[at] = numbers.setdefault(each.code.organization, len(numbers) + 1)
        histories[at] = any(kind is NameKind.FORMER for kind, _ in each.names)
        named = {_city(parts) for _, parts in each.names}
        if len(named) == 1 and (city := named.pop()):
            cities[at] = city
    return codes, histories, cities


def _city(parts: NameParts) -> int:
    """The city of a name as a number; 0 where it names none, a whole province, or two places.

    上海东方云杉 counts as none: 东方 is a city too, and the other name may leave 上海 out.
    """
    code = city_of(parts.region or parts.seat)
    is_one = not (parts.region and parts.seat) and code.isdigit() and code != COUNTRY
    if not is_one or find_regions(parts.brand)[0]:
        return 0
    return int(code.ljust(4, "0")) if len(code) == 4 or code in MUNICIPALITIES else 0
