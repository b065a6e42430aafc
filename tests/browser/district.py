"""The district that the browser tests look at."""

from __future__ import annotations

import subprocess
import sys


def prepare(environment: dict[str, str]) -> None:
    """Make the database."""
    _run(environment, "migrate", "--verbosity=0")


def _run(environment: dict[str, str], *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "chuangtu.site.console", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
