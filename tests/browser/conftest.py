"""The platform as users get it: its own data folder, its own server, a real Chromium.

The server is `chuangtu serve` in processes of its own, on SQLite or, when DATABASE_URL names a
PostgreSQL server, on a database made there for these tests.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.district import prepare
from tests.browser.looking import Visitor

READY_WITHIN_S = 240
# Two suites share two processors: a page may take its time, a test may not lose its nerve.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What the server's processes get; a PostgreSQL database of its own is dropped afterwards."""
    shared = os.environ.get("DATABASE_URL", "")
    given = {key: value for key, value in os.environ.items() if not key.startswith("CHUANGTU_")}
    given.pop("DJANGO_SETTINGS_MODULE", None)
    given |= {
        "CHUANGTU_DATA": str(tmp_path_factory.mktemp("platform")),
        "CHUANGTU_DEMO": "1",
        "CHUANGTU_RATE_LIMIT": "0",
    }
    if not shared:
        yield given
        return
    made = f"chuangtu_browser_{os.getpid()}"
    address = urlsplit(shared)._replace(path=f"/{made}").geturl()
    _on_server(shared, f"CREATE DATABASE {made}")
    try:
        yield given | {"DATABASE_URL": address}
    finally:
        _on_server(shared, f"DROP DATABASE IF EXISTS {made} WITH (FORCE)")


def _on_server(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def server(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a served platform with the tests' district in it.

    BROWSER_SERVER names one that runs already, for those who work on pages.
    """
    if running := os.environ.get("BROWSER_SERVER"):
        yield running
        return
    prepare(environment)
    port = _free_port()
    log = tmp_path_factory.mktemp("log") / "server.log"
    command = [sys.executable, "-m", "chuangtu.site.console", "serve", f"--port={port}"]
    with log.open("w") as out:
        process = subprocess.Popen(
            [*command, "--workers=2"], env=environment, stdout=out, stderr=subprocess.STDOUT
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(60)
    fallen = [line for line in log.read_text().splitlines() if "Unexpected exit" in line]
    assert not fallen, f"processes of the server fell while pages were looked at: {fallen}"


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                if answer.status == 200:
                    return
        except OSError:
            pass
        if process.poll() is not None:
            break
        time.sleep(0.1)
    pytest.fail(f"the server does not answer:\n{log.read_text()[-4000:]}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        pytest.fail("chromium is missing: run scripts/system.sh")
    with sync_playwright() as playwright:
        # Maps are drawn by the processor; a test machine has no graphics card and runs as root.
        flags = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def visitor(server: str, chromium: Browser) -> Iterator[Visitor]:
    """Someone with a browser, not signed in."""
    with Visitor(chromium, server) as someone:
        yield someone


@pytest.fixture(scope="session")
def sessions() -> dict[str, str]:
    """Session cookies by role, filled when somebody of that role first signs in."""
    return {}


@pytest.fixture
def officer(server: str, chromium: Browser, sessions: dict[str, str]) -> Iterator[Visitor]:
    """Someone with a browser, signed in as an officer of the demonstration."""
    with Visitor(chromium, server, role="officer", sessions=sessions) as someone:
        yield someone
