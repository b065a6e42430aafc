"""Run a command with DATABASE_URL naming a throw-away PostgreSQL, which is gone afterwards.

    python scripts/postgres.py pytest tests/apps

The cluster lives in a temporary folder, listens on a socket there only, and trusts everyone on it.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    if on_path := shutil.which("initdb"):
        return Path(on_path).parent
    sys.exit("PostgreSQL is not installed: run scripts/system.sh, or install 'postgresql'.")


def _runner() -> list[str]:
    """PostgreSQL refuses to run as root, so root hands its commands to `postgres`."""
    return ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []


def main() -> int:
    binaries, runner = _binaries(), _runner()
    home = Path(tempfile.mkdtemp(prefix="chuangtu-pg-"))
    if runner:
        owner = pwd.getpwnam("postgres")
        os.chown(home, owner.pw_uid, owner.pw_gid)
    home.chmod(0o755)
    data = home / "data"
    quiet = {"stdout": subprocess.DEVNULL, "check": True}
    # Durability is pointless here: the cluster does not outlive the command.
    options = f"-k {home} -c listen_addresses='' -c fsync=off -c synchronous_commit=off"
    options += " -c full_page_writes=off -c max_connections=60"
    initdb = [*runner, str(binaries / "initdb"), "-A", "trust", "-N", "-E", "UTF8"]
    subprocess.run([*initdb, "--locale=C.UTF-8", "-D", str(data)], cwd=home, **quiet)
    control = [*runner, str(binaries / "pg_ctl"), "-D", str(data)]
    log = home / "log"
    try:
        start = [*control, "-w", "-l", str(log), "-o", options, "start"]
        subprocess.run(start, cwd=home, **quiet)
        superuser = "postgres" if runner else pwd.getpwuid(os.getuid()).pw_name
        url = f"postgresql://{superuser}@/postgres?host={home}"
        return subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}).returncode
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], cwd=home, stdout=subprocess.DEVNULL)
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
