"""Synthetic records for the atlas: clustered like a country's firms, from a seed, on disk."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from chuangtu.engines.atlas.model import (
    OPEN_END,
    OPEN_START,
    UNKNOWN_END,
    UNKNOWN_NUMBER,
    FacetColumn,
    ListColumn,
    NumberColumn,
    Records,
)
from chuangtu.terms.kind import UNKNOWN

KINDS = tuple(f"kind_{number:02}" for number in range(12))
KIND_SHARES = np.array([40, 18, 12, 8, 6, 5, 4, 3, 2, 1, 0.6, 0.4]) / 100
DATED_KINDS = 4
"""The last kinds but these are not dated: a firm has no end, a title runs three years."""
FACETS = {
    "town": 15, "industry": 1_400, "level": 4, "status": 6,
    "source": 9, "precision": 5, "size": 8, "specialty": 60,
}  # fmt: skip
AREAS = 40
_CHUNK = 1 << 20
_BEGUN = date(2000, 1, 1).toordinal()


def records(count: int, folder: Path, *, seed: int = 20, make: bool = True) -> Records:
    """Write `count` records into memory-mapped columns and give them as the engine takes them.

    Without `make` the columns written before are opened again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = _Columns if make else _Opened
    columns = made(folder, count, np.random.default_rng(seed))
    kind = columns.fill("kind", np.uint8, _kinds)
    valid_from, valid_until = columns.spans(kind)
    offsets, codes = columns.areas()
    longitude, latitude = columns.positions()
    return Records(
        ids=columns.fill("ids", np.int64, lambda _, start, size: np.arange(start, start + size)),
        kinds=KINDS,
        kind=kind,
        longitude=longitude,
        latitude=latitude,
        visibility=columns.fill(
            "visibility",
            np.uint8,
            lambda chance, _, size: chance.choice(3, size, p=[0.9, 0.08, 0.02]),
        ),
        valid_from=valid_from,
        valid_until=valid_until,
        facets={
            name: FacetColumn(_names(name, values), columns.facet(name, values))
            for name, values in FACETS.items()
        },
        lists={"area": ListColumn(_names("area", AREAS), offsets, codes)},
        numbers={"area_sqm": NumberColumn(columns.fill("area_sqm", np.int64, _square_metres), 2)},
        orders={
            "name": columns.fill(
                "name", np.int64, lambda chance, _, size: chance.integers(0, 1 << 40, size)
            )
        },
    )


def _names(facet: str, values: int) -> tuple[str, ...]:
    return (UNKNOWN, *(f"{facet}-{number:04}" for number in range(1, values)))


def _kinds(chance: np.random.Generator, _: int, size: int) -> np.ndarray:
    return chance.choice(len(KINDS), size, p=KIND_SHARES)


def _square_metres(chance: np.random.Generator, _: int, size: int) -> np.ndarray:
    values = (chance.lognormal(6, 1.5, size) * 100).astype(np.int64)
    values[chance.random(size) < 0.3] = UNKNOWN_NUMBER
    return values


class _Columns:
    def __init__(self, folder: Path, count: int, chance: np.random.Generator) -> None:
        self.folder, self.count, self.chance = folder, count, chance

    def _empty(self, name: str, kind: type, size: int) -> np.ndarray:
        return np.lib.format.open_memmap(
            self.folder / f"{name}.npy", "w+", np.dtype(kind), (size,)
        )

    def fill(self, name: str, kind: type, make) -> np.ndarray:
        column = self._empty(name, kind, self.count)
        for start in range(0, self.count, _CHUNK):
            size = min(_CHUNK, self.count - start)
            column[start : start + size] = make(self.chance, start, size)
        return column

    def facet(self, name: str, values: int) -> np.ndarray:
        """Few values are frequent and many are rare, as in every code list."""
        shares = 1 / np.arange(1, values + 1) ** 0.8
        edges = np.cumsum(shares / shares.sum())

        def make(chance: np.random.Generator, _: int, size: int) -> np.ndarray:
            return np.searchsorted(edges, chance.random(size)).clip(max=values - 1)

        return self.fill(f"facet-{name}", np.uint16, make)

    def positions(self) -> tuple[np.ndarray, np.ndarray]:
        """Four in five around 300 towns of one country, some at one very spot, 1 in 50 nowhere."""
        towns = np.column_stack([
            self.chance.uniform(100, 122, 300), self.chance.uniform(22, 41, 300),
            self.chance.lognormal(-3.6, 0.8, 300),
        ])  # fmt: skip
        towns[0] = (121.38, 31.11, 0.03)
        weights = 1 / np.arange(1, 301)
        weights /= weights.sum()
        longitude = self._empty("longitude", np.float64, self.count)
        latitude = self._empty("latitude", np.float64, self.count)
        for start in range(0, self.count, _CHUNK):
            size = min(_CHUNK, self.count - start)
            home = towns[self.chance.choice(300, size, p=weights)]
            x = home[:, 0] + self.chance.normal(0, 1, size) * home[:, 2]
            y = home[:, 1] + self.chance.normal(0, 1, size) * home[:, 2]
            wild, spot = self.chance.random(size) < 0.2, self.chance.random(size) < 0.01
            x[wild] = self.chance.uniform(75, 134, wild.sum())
            y[wild] = self.chance.uniform(19, 52, wild.sum())
            x[spot], y[spot] = 121.4737, 31.2304
            y[self.chance.random(size) < 0.02] = np.nan
            longitude[start : start + size], latitude[start : start + size] = x, y
        return longitude, latitude

    def spans(self, kind: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The rarer kinds run for three years; of some nobody wrote down the end."""
        begun = self._empty("valid_from", np.int32, self.count)
        ended = self._empty("valid_until", np.int32, self.count)
        for start in range(0, self.count, _CHUNK):
            size = min(_CHUNK, self.count - start)
            first = self.chance.integers(_BEGUN, _BEGUN + 26 * 365, size)
            last = first + 3 * 365
            last[self.chance.random(size) < 0.05] = UNKNOWN_END
            dated = np.isin(kind[start : start + size], range(1, 1 + DATED_KINDS))
            begun[start : start + size] = np.where(dated, first, OPEN_START)
            ended[start : start + size] = np.where(dated, last, OPEN_END)
        return begun, ended

    def areas(self) -> tuple[np.ndarray, np.ndarray]:
        """No, one or two areas a record."""
        sizes = self.chance.integers(0, 3, self.count)
        offsets = self._empty("area-offsets", np.int64, self.count + 1)
        offsets[0] = 0
        np.cumsum(sizes, out=offsets[1:])
        low = self.chance.integers(1, AREAS - 1, self.count).astype(np.uint16)
        high = self.chance.integers(low + 1, AREAS).astype(np.uint16)
        pairs = np.stack([low, high], axis=1)
        codes = self._empty("area-codes", np.uint16, int(offsets[-1]))
        codes[:] = pairs[np.arange(2)[None, :] < sizes[:, None]]
        return offsets, codes


class _Opened(_Columns):
    """The columns as they were written before."""

    def _empty(self, name: str, kind: type, size: int) -> np.ndarray:
        return np.load(self.folder / f"{name}.npy", mmap_mode="r")

    def fill(self, name: str, kind: type, make) -> np.ndarray:
        return self._empty(name, kind, self.count)

    def positions(self) -> tuple[np.ndarray, np.ndarray]:
        return self.fill("longitude", np.float64, None), self.fill("latitude", np.float64, None)

    def spans(self, kind: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return self.fill("valid_from", np.int32, None), self.fill("valid_until", np.int32, None)

    def areas(self) -> tuple[np.ndarray, np.ndarray]:
        return self.fill("area-offsets", np.int64, None), self.fill("area-codes", np.uint16, None)
