"""Files on disk for the reader, and what it says about them."""

from __future__ import annotations

import pytest

from chuangtu.engines.tables.limits import LIMITS
from chuangtu.engines.tables.model import TableError
from chuangtu.engines.tables.read import read


@pytest.fixture
def reading(tmp_path):
    """Read bytes as a file of this name."""

    def read_bytes(content: bytes, name: str = "名单.xlsx", *, crs=None, limits=LIMITS):
        path = tmp_path / "stored"
        path.write_bytes(content)
        return read(path, name=name, crs=crs, limits=limits)

    return read_bytes


@pytest.fixture
def refusal(reading):
    """The error with which a file is refused; both its sentences must be sentences."""

    def refused(content: bytes, name: str = "名单.xlsx", **options) -> TableError:
        with pytest.raises(TableError) as caught:
            reading(content, name, **options)
        error = caught.value
        assert name in error.zh
        assert name in error.en
        assert error.zh.endswith("。")
        assert error.en.endswith(".")
        return error

    return refused
