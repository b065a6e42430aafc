"""A built wheel installs without Node and serves the demonstration."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UV = shutil.which("uv") or str(ROOT / ".tools" / "bin" / "uv")
READY_WITHIN_S = 120

pytestmark = [pytest.mark.timeout(900), pytest.mark.install]


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    if not Path(UV).exists():
        pytest.skip("uv is not here: `make install` puts it into .tools")
    home = tmp_path_factory.mktemp("wheel")
    run = {"check": True, "capture_output": True, "cwd": ROOT}
    subprocess.run([UV, "build", "--wheel", "--out-dir", str(home / "dist")], **run)
    (wheel,) = (home / "dist").glob("*.whl")
    subprocess.run([UV, "venv", "--python", sys.executable, str(home / "venv")], **run)
    python = home / "venv" / "bin" / "python"
    # The versions the suite ran with, so that a release of yesterday cannot break today's test.
    locked = subprocess.run([UV, "export", "--frozen", "--no-dev", "--no-emit-project"], **run)
    (home / "locked.txt").write_bytes(locked.stdout)
    install = [UV, "pip", "install", "--python", str(python)]
    subprocess.run([*install, "--requirements", str(home / "locked.txt")], **run)
    subprocess.run([*install, "--no-deps", str(wheel)], **run)
    return home


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def read(address: str) -> str:
    deadline = time.monotonic() + READY_WITHIN_S
    while True:
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                return answer.read().decode()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


def test_the_wheel_serves_the_demonstration_without_node(installed):
    port = free_port()
    environment = {
        # Nothing of the checkout and no Node: only the venv and the system's own programs.
        "PATH": f"{installed / 'venv' / 'bin'}:/usr/sbin:/sbin",
        "HOME": str(installed),
        "LANG": "C.UTF-8",
        "CHUANGTU_DATA": str(installed / "data"),
        "PORT": str(port),
    }
    program = str(installed / "venv" / "bin" / "chuangtu")
    subprocess.run([program, "--help"], env=environment, cwd=installed, check=True)

    with open(installed / "log", "wb") as log:
        serving = subprocess.Popen(
            [program, "demo"], env=environment, cwd=installed, stdout=log, stderr=log
        )
    try:
        home = read(f"http://127.0.0.1:{port}/")
        found = read(f"http://127.0.0.1:{port}/api/v1/resources?kind=recognition&limit=1")
        script = home.split('type="module" src="')[1].split('"')[0]
        built = read(f"http://127.0.0.1:{port}{script}")
    finally:
        serving.terminate()
        serving.wait(30)

    assert "闵行区" in home
    assert '"total":' in found
    assert len(built) > 100
    doctor = subprocess.run(
        [program, "doctor", "--journal"], env=environment, cwd=installed, capture_output=True
    )
    assert doctor.returncode == 0, doctor.stdout.decode()
    assert not os.path.exists(installed / "venv" / "bin" / "node")
