"""What people are told is true: settings, commands and dependencies are all documented."""

import json
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_every_setting_from_the_environment_is_documented():
    manual = (ROOT / "docs/how-to/run-in-production.md").read_text()
    read = {
        name
        for path in (ROOT / "chuangtu").rglob("*.py")
        for name in re.findall(r"environ(?:\.get)?[\[(]\s*\"([A-Z_]+)\"", path.read_text())
    } - {"DJANGO_SETTINGS_MODULE"}

    missing = sorted(name for name in read if f"`{name}`" not in manual)

    assert read
    assert not missing, f"describe {missing} in docs/how-to/run-in-production.md"


def test_every_dependency_has_its_line():
    document = (ROOT / "docs/dependencies.md").read_text()
    listed = set(re.findall(r"^\| ([@\w./-]+) \|", document, re.MULTILINE)) - {"library"}
    python = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]
    wanted = {re.split(r"[\[<>=~ ]", each)[0] for each in python}
    package = ROOT / "frontend/package.json"
    if package.exists():
        loaded = json.loads(package.read_text())
        wanted |= set(loaded.get("dependencies", {})) | set(loaded.get("devDependencies", {}))

    assert not sorted(wanted - listed), "give each a line in docs/dependencies.md"
    if package.exists():
        assert not sorted(listed - wanted), "docs/dependencies.md lists what is not used"


def test_every_verb_of_the_console_is_explained_by_its_own_help():
    from chuangtu.site.console import USAGE, VERBS

    for verb in VERBS:
        assert re.search(rf"^  chuangtu {verb}\b", USAGE, re.MULTILINE), verb


def test_both_readmes_begin_with_the_two_commands():
    for name in ("README.md", "README.zh.md"):
        head = "\n".join((ROOT / name).read_text().splitlines()[:30])

        assert "make demo" in head, name
        assert "make test" in head, name
