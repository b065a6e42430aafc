"""JSON values in one file, written one after another, read in any order by their number."""

from __future__ import annotations

import mmap
from array import array
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import numpy as np
import orjson

_TOGETHER = 4_096


class BlobWriter:
    """Appends values; `close` writes where each begins, in the order it is given."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("wb", buffering=1 << 20)
        self._ends = array("q", [0])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        """Let go of the file, also of one that has no room for what is still to be written."""
        with suppress(OSError):
            self._file.close()

    def append(self, value: Any) -> None:
        """Add one value behind the last."""
        self._ends.append(self._ends[-1] + self._file.write(orjson.dumps(value)))

    def close(self, order: np.ndarray | None = None) -> None:
        """End the file; number i then is the `order[i]`-th value written (default: as written)."""
        self._file.close()
        ends = np.frombuffer(self._ends, dtype=np.int64)
        spans = np.stack([ends[:-1], ends[1:]], axis=1)
        np.save(spans_path(self._path), spans if order is None else spans[order])


class Blobs:
    """The values of one file, mapped into memory."""

    def __init__(self, path: Path) -> None:
        self._spans = np.load(spans_path(path), mmap_mode="r")
        self._map: mmap.mmap | None = None
        if path.stat().st_size:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __len__(self) -> int:
        return len(self._spans)

    def raw(self, number: int) -> bytes:
        """The JSON text of one value."""
        if self._map is None:
            raise IndexError(number)
        start, end = self._spans[number].tolist()
        return self._map[start:end]

    def __getitem__(self, number: int) -> Any:
        return orjson.loads(self.raw(number))

    def many(self, numbers: Sequence[int] | np.ndarray | range) -> Iterator[Any]:
        """The values of these numbers, in this order."""
        if self._map is None:
            return
        loads, data = orjson.loads, self._map
        for first in range(0, len(numbers), _TOGETHER):
            asked = np.asarray(numbers[first : first + _TOGETHER], dtype=np.int64)
            for start, end in self._spans[asked].tolist():
                yield loads(data[start:end])

    @classmethod
    def empty(cls) -> Self:
        """A file without values."""
        blobs = cls.__new__(cls)
        blobs._spans = np.zeros((0, 2), dtype=np.int64)
        blobs._map = None
        return blobs


def spans_path(path: Path) -> Path:
    return path.with_suffix(".spans.npy")
