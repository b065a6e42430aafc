"""One organisation, once: 100,000 records resolved, beside names compared with RapidFuzz.

Run with `python -m benchmarks.resolve_organizations`. Nine tenths of the records are invented
organisations, every tenth of those a sister that only looks alike; the rest are second records
of one of them, written differently in one of the ways of `tests/engines/resolve`. What is found
is counted against what was made.

The peer is the usual recipe: region and legal form stripped, blocks by the first sign, the
normalised edit distance of RapidFuzz above a threshold. Equal credit codes count for both, and
its best threshold is chosen knowing the answer.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks.machine import machine, peak_mb
from benchmarks.timing import Timed
from chuangtu.engines.resolve.cluster import cluster
from chuangtu.engines.resolve.find_matches import find_matches
from chuangtu.engines.resolve.find_pairs import find_pairs
from chuangtu.engines.resolve.index import build_index
from chuangtu.engines.resolve.model import Party
from tests.engines.resolve import corruptions, decorated, more_corruptions, rough_corruptions
from tests.engines.resolve.invented import Organization, invent, record, spare_code

RESULTS = Path(__file__).parent / "results" / "resolve.json"
WAYS = tuple(
    way
    for kinds in (corruptions, more_corruptions, decorated, rough_corruptions)
    for way in kinds.WAYS
)
THRESHOLDS = (80, 85, 90, 95, 100)

Pairs = set[tuple[str, str]]


@dataclass(frozen=True)
class Found:
    """How right and how quick one way of resolving was; `cpu_s` is of all threads together."""

    name: str
    seconds: float
    cpu_s: float
    precision: float
    recall: float
    recall_with_queue: float
    queued: int


def make_records(count: int, seed: int) -> tuple[list[Party], Pairs]:
    """Records in no order, and the pairs of them that are one organisation."""
    lot = random.Random(seed)
    firms = invent(count * 9 // 10, seed)
    for at in range(9, len(firms), 10):
        firms[at] = _sister(lot, firms[at - 1], firms[at])
    parties = [
        record(
            f"a{each.serial:07}",
            each.name,
            each.code if lot.random() < 0.8 else "",
            each.address if lot.random() < 0.8 else "",
        )
        for each in firms
    ]
    truth: Pairs = set()
    for each in lot.sample(firms, count - len(firms)):
        name = None
        while name is None:
            name = lot.choice(WAYS)(lot, each)
        code = each.code if lot.random() < 0.3 else ""
        address = each.address if lot.random() < 0.5 else ""
        parties.append(record(f"b{each.serial:07}", name, code, address))
        truth.add((f"a{each.serial:07}", f"b{each.serial:07}"))
    lot.shuffle(parties)
    return parties, truth


def _sister(lot: random.Random, of: Organization, stranger: Organization) -> Organization:
    """Another organisation with the brand of one: another trade or city, at times its address."""
    sister = of.but(serial=stranger.serial, code=spare_code(stranger))
    if lot.random() < 0.5 and stranger.trade != of.trade:
        return sister.but(trade=stranger.trade)
    return sister.but(city="苏州" if of.city == "上海" else "上海", address=stranger.address)


def ours(parties: list[Party], truth: Pairs) -> tuple[Found, dict[str, Any]]:
    started, began = time.perf_counter(), time.process_time()
    index = build_index(parties)
    built = time.perf_counter()
    pairs = find_pairs(index)
    found = time.perf_counter()
    joined = cluster(pairs, parties)
    ended = time.perf_counter()
    took = (ended - started, time.process_time() - began)
    merged = {pair for each in joined.merged for pair in combinations(each, 2)}
    queue = {(each.first, each.second) for each in joined.doubtful}
    parts = {
        "index_s": round(built - started, 2),
        "pairs_s": round(found - built, 2),
        "clusters_s": round(ended - found, 2),
        "clusters": len(joined.merged),
        "peak_mb": round(peak_mb()),
    }
    rows = Timed()
    for each in parties[:2_000]:
        rows.call(lambda each=each: find_matches(each, index))
    parts["one_row"] = rows.report()
    return _count("chuangtu", took, merged, merged | queue, truth), parts


def _count(name: str, took: tuple[float, float], same: Pairs, queue: Pairs, truth: Pairs) -> Found:
    right = len(same & truth)
    return Found(
        name,
        round(took[0], 1),
        round(took[1], 1),
        round(right / max(1, len(same)), 4),
        round(right / len(truth), 4),
        round(len(queue & truth) / len(truth), 4),
        len(queue - same),
    )


_PREFIX = re.compile("^(上海|苏州|昆山|杭州|南京|宁波|无锡|北京|深圳|广州|武汉|成都|合肥)市?")
_BRACKETS = re.compile("[(（].*?[)）]")
_SUFFIX = re.compile("(集团|股份)?有限(责任)?公司$")


def peer(parties: list[Party], truth: Pairs) -> list[Found]:
    """RapidFuzz within blocks, at several thresholds; empty where it is not installed."""
    try:
        from rapidfuzz.distance import Indel
        from rapidfuzz.process import cdist
    except ImportError:
        return []
    started, began = time.perf_counter(), time.process_time()
    blocks: dict[str, list[tuple[str, str]]] = defaultdict(list)
    codes: dict[str, list[str]] = defaultdict(list)
    for each in parties:
        if each.uscc:
            codes[each.uscc].append(each.key)
        plain = _BRACKETS.sub("", each.names[0].text.replace(" ", ""))
        stem = _SUFFIX.sub("", _PREFIX.sub("", plain))
        blocks[stem[:1]].append((stem, each.key))
    coded = set(_by_code(codes))
    likely: list[tuple[float, tuple[str, str]]] = []
    for block in blocks.values():
        stems = [stem for stem, _ in block]
        scores = cdist(stems, stems, scorer=Indel.normalized_similarity, workers=2)
        for one, other in zip(*(scores >= THRESHOLDS[0] / 100).nonzero(), strict=True):
            if one < other:
                first, second = sorted((block[one][1], block[other][1]))
                likely.append((float(scores[one, other]) * 100, (first, second)))
    has_code = {each.key: each.uscc for each in parties}
    kept = [(s, p) for s, p in likely if not (has_code[p[0]] and has_code[p[1]])]
    took = (time.perf_counter() - started, time.process_time() - began)
    found = []
    for least in THRESHOLDS:
        same = coded | {pair for score, pair in kept if score >= least - 1e-9}
        found.append(_count(f"RapidFuzz, {least} %", took, same, same, truth))
    return found


def _by_code(codes: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    for keys in codes.values():
        if len(keys) > 1:
            first, second = sorted(keys)[:2]
            yield first, second


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="keep the result")
    options = parser.parse_args()
    host = machine()
    parties, truth = make_records(options.records, options.seed)
    mine, parts = ours(parties, truth)
    found = [mine, *peer(parties, truth)]
    print(f"{options.records} records, {len(truth)} pairs of one organisation")
    for each in found:
        print(
            f"{each.name:18} {each.seconds:6.1f} s ({each.cpu_s:.1f} s cpu)  "
            f"precision {each.precision:.4f}  "
            f"recall {each.recall:.4f}  with the queue {each.recall_with_queue:.4f}  "
            f"queued {each.queued}"
        )
    if len(found) == 1:
        print("RapidFuzz is not installed: no peer.")
    print(json.dumps(parts))
    if options.write:
        report = {
            "machine": host,
            "records": options.records,
            "true_pairs": len(truth),
            "found": [asdict(each) for each in found],
            "parts": parts,
        }
        RESULTS.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
