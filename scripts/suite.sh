#!/usr/bin/env bash
# The whole suite on SQLite, then what touches a database again on PostgreSQL.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
export CHUANGTU_DATA="$PWD/var/test"

# Maps are drawn by the processor here, so two browsers at once starve each other: the pages are
# tested one after the other, not on both cores.

# The data folder of an earlier run must not make a test pass or fail.
fresh() { rm -rf "$CHUANGTU_DATA"; }

echo "== Terms and engines, every line and branch of them"
fresh
$bin/coverage erase
$bin/pytest -n 2 tests/terms tests/engines tests/rulebook --cov --cov-branch --cov-report=
$bin/coverage report --fail-under=100 --skip-covered

echo "== SQLite: the apps and the house"
# 320 cases for each of eight addresses of the API and both ways of making them: 5,120; and 30 times
# 105 random Selections, a third of them for each viewer.
export CHUANGTU_TEST_CASES=320 CHUANGTU_TEST_SEEDS=30
$bin/pytest -n 2 --dist loadgroup tests/apps tests/site tests/house
unset CHUANGTU_TEST_CASES CHUANGTU_TEST_SEEDS

echo "== SQLite: the pages in a browser"
$bin/pytest tests/browser

echo "== PostgreSQL: the apps, then the pages"
fresh
$bin/python scripts/postgres.py $bin/pytest -n 2 --dist loadgroup tests/apps tests/site
$bin/python scripts/postgres.py $bin/pytest tests/browser
