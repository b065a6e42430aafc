"""The district that the browser tests look at."""

from __future__ import annotations

import subprocess
import sys


def prepare(environment: dict[str, str]) -> None:
    """Make the database, the district and its records."""
    _run(environment, "chuangtu.site.console", "migrate", "--verbosity=0")
    _run(environment, "tests.browser.rows")


def _run(environment: dict[str, str], *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
