"""docs/how-to/add-a-kind.md is carried out as it stands, on a copy of the package."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "how-to" / "add-a-kind.md"
SKIPPED = shutil.ignore_patterns("__pycache__", "built", "*.mo")
CHECK = """
import django
django.setup()
from django.core.management import call_command
call_command("makemigrations", "registry", verbosity=0)
call_command("makemigrations", check=True, dry_run=True, verbosity=0)
call_command("check")
call_command("migrate", verbosity=0)
exec(compile(open("steps.py").read(), "add-a-kind.md", "exec"))
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.registry.queries import day_specs, iter_published, number_specs
assert list(KINDS)[-1] == "charging_station"
assert "peak_power_kw" in number_specs()
assert "opened_on" in day_specs()
assert [row.kind for rows in iter_published() for row in rows] == [
    "organization", "charging_station"
]
print("carried out")
"""


def blocks():
    """(path named just above it, code) for each Python block of the page; "" without a path."""
    found = re.findall(r"(?:`(chuangtu/\S+\.py)`\n\n)?```python\n(.*?)```", PAGE.read_text(), re.S)
    return [(path, code) for path, code in found]


def test_the_page_declares_a_model_and_a_kind():
    assert [path for path, _ in blocks()] == [
        "chuangtu/apps/registry/kinds/charging_station.py",
        "chuangtu/apps/registry/models/charging_station.py",
        "",
    ]


def test_following_the_page_adds_a_kind(tmp_path):
    shutil.copytree(ROOT / "chuangtu", tmp_path / "chuangtu", ignore=SKIPPED)
    for path, code in blocks():
        (tmp_path / (path or "steps.py")).write_text(code)

    done = subprocess.run(
        [sys.executable, "-c", CHECK],
        cwd=tmp_path,
        env={
            **{k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "PYTHONPATH")},
            "CHUANGTU_DATA": str(tmp_path / "data"),
            "DJANGO_SETTINGS_MODULE": "chuangtu.site.settings",
            "PYTHONPATH": str(tmp_path),
        },
        capture_output=True,
        text=True,
        timeout=240,
    )

    assert done.stdout.strip().endswith("carried out"), done.stderr


@pytest.mark.parametrize("number", [0, 1])
def test_what_the_page_shows_passes_the_house(number, tmp_path):
    file = tmp_path / "shown.py"
    file.write_text(blocks()[number][1])

    for verb in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [
                str(Path(sys.executable).with_name("ruff")),
                *verb,
                "--config",
                str(ROOT / "pyproject.toml"),
                "--config",
                'lint.per-file-ignores = {"*" = ["D1"]}',
                str(file),
            ],
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stdout + done.stderr
