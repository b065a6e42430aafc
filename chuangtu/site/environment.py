"""Reading the environment: what cannot be used is refused with a sentence and its remedy."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from pathlib import Path
from typing import Any

import dj_database_url

from chuangtu.terms.errors import ChuangtuError
from chuangtu.terms.numbers import whole_number

LAST_PORT = 65_535
READER_MEMORY_MB = 2_560
"""What the largest files that are taken need: 12 million cells of a workbook 2,100 MiB, 64 MiB of
GeoJSON 480, 100,000 rows of 20 columns 340 as xlsx and 220 as csv."""
LEAST_READER_MEMORY_MB = 512
"""Also where the system does not say how much memory there is."""


class EnvironmentRefusedError(ChuangtuError):
    """A variable of the environment, or the data folder that it names, cannot be used."""


def only_looks() -> bool:
    """Say whether the verb only looks at the installation: then nothing may be created."""
    return sys.argv[1:2] == ["doctor"]


def make_folder(folder: Path) -> None:
    """Make the data folder where it is missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise _unusable(folder, failure) from None


def secret_in(folder: Path) -> str:
    """The secret kept beside the data, made once; who only looks is given one that is not kept."""
    kept = folder / "secret-key"
    if only_looks():
        return secrets.token_urlsafe(50)
    try:
        # O_EXCL: two processes starting at once must end with the same secret.
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    except OSError as failure:
        raise _unusable(folder, failure) from None
    try:
        return kept.read_text()
    except OSError as failure:
        raise _unusable(kept, failure) from None


def _unusable(path: Path, failure: OSError) -> EnvironmentRefusedError:
    return EnvironmentRefusedError(
        f"数据目录不可用：{path}（{failure.strerror}）。"
        "请把目录交给运行平台的用户，或用 CHUANGTU_DATA 换一个目录。",
        f"The data folder cannot be used: {path} ({failure.strerror})."
        " Give it to the user who runs the platform, or name another in CHUANGTU_DATA.",
    )


def database(default: str) -> dict[str, Any]:
    """The database that DATABASE_URL names, or the default."""
    try:
        return dict(dj_database_url.config(default=default, conn_max_age=None))
    except (ValueError, KeyError):
        # The address holds a password: it is not repeated.
        raise EnvironmentRefusedError(
            "看不懂 DATABASE_URL。请写成 postgresql://用户:密码@主机:5432/库名；"
            "不设置则使用数据目录里的 SQLite。",
            "DATABASE_URL cannot be read. Write postgresql://USER:PASSWORD@HOST:5432/NAME;"
            " without it, SQLite in the data folder is used.",
        ) from None


def number(name: str, default: int) -> int:
    """A whole number from the environment."""
    written = os.environ.get(name, str(default))
    found = whole_number(written.strip())
    if found is None:
        raise _no_number(name, written, "整数", "a whole number")
    return found


def reader_memory_mb() -> int:
    """What a process that reads a file may ask for: no more than half of a small machine."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return min(READER_MEMORY_MB, max(pages * size // (2 * 1024 * 1024), LEAST_READER_MEMORY_MB))


def rate(name: str, default: float) -> float:
    """A number of zero or more from the environment."""
    written = os.environ.get(name, str(default))
    try:
        found = float(written)
    except ValueError:
        found = -1.0
    if not 0 <= found < float("inf"):
        raise _no_number(name, written, "不小于 0 的数", "a number of 0 or more")
    return found


def _no_number(name: str, written: str, zh: str, en: str) -> EnvironmentRefusedError:
    return EnvironmentRefusedError(
        f"环境变量 {name} 的“{written[:30]}”不可用：应为{zh}。请改正或删除这个变量。",
        f"'{written[:30]}' of the variable {name} cannot be used: give {en}, or unset it.",
    )


def port(written: str) -> int:
    """A port, from PORT or `--port`: argparse shows the refusal and ends with 2."""
    found = whole_number(written.strip())
    if found is None or not 1 <= found <= LAST_PORT:
        raise argparse.ArgumentTypeError(
            f"“{written[:30]}”不是端口：应为 1 到 {LAST_PORT} 的整数，请改正 PORT 或 --port。"
            f" '{written[:30]}' is no port: give a whole number from 1 to {LAST_PORT}"
            " in PORT or --port."
        )
    return found
