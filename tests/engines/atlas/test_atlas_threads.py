"""A web process answers many at once: one drawn area is asked by several threads."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from math import cos, sin

import numpy as np

from chuangtu.engines.atlas.cover import cover
from chuangtu.engines.atlas.inside import inside
from chuangtu.terms.place import Polygon

THREADS = 8
AREAS = 25


def drawn(number: int) -> Polygon:
    """A ring of 60 corners round Minhang, another one for every number."""
    reach = np.random.default_rng(number).uniform(0.1, 0.2, 60)
    turns = np.linspace(0, 6.2, 60)
    return Polygon(
        tuple((121.4 + r * cos(t), 31.1 + r * sin(t)) for r, t in zip(reach, turns, strict=True))
    )


def ask_together(area: Polygon) -> set[tuple[int, int, int]]:
    """What all threads answer about one area: records inside, stretches, whole stretches."""
    chance = np.random.default_rng(0)
    longitude, latitude = chance.uniform(121.1, 121.7, 5_000), chance.uniform(30.8, 31.4, 5_000)

    def ask(_asker: int) -> tuple[int, int, int]:
        stretches = cover.__wrapped__(area)
        found = inside(area, longitude, latitude)
        return int(found.sum()), len(stretches.first), int(stretches.whole.sum())

    with ThreadPoolExecutor(THREADS) as pool:
        return set(pool.map(ask, range(2 * THREADS)))


def ask_all() -> None:
    for number in range(AREAS):
        (answer,) = ask_together(drawn(number))
        assert answer[0] > 0


def test_threads_that_ask_about_one_drawn_area_answer_alike_and_end_well():
    """In a process of its own: what is guarded against ends the process, not the test."""
    ended = subprocess.run(
        [sys.executable, __file__], capture_output=True, text=True, timeout=300, check=False
    )

    assert ended.returncode == 0, ended.stderr


if __name__ == "__main__":
    ask_all()
