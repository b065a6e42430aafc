"""Small rooms: files of at most 400 lines, functions of at most 60, names that say something."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    path
    for folder in ("chuangtu", "tests", "benchmarks")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts and "node_modules" not in path.parts
]
VAGUE = {"utils", "helpers", "common", "core", "base", "misc", "manager", "service"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_stay_small(path):
    text = path.read_text()

    long_functions = [
        f"{node.name} has {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > 60
    ]

    assert text.count("\n") <= 400, f"{path}: more than 400 lines; divide it by idea"
    assert not long_functions, f"{path}: {long_functions}; divide them by step"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_say_what_they_hold(path):
    text = path.read_text()

    assert path.stem not in VAGUE, f"{path}: name it for the idea it holds"
    assert not text.strip() or ast.get_docstring(ast.parse(text)), f"{path}: add its one line"
