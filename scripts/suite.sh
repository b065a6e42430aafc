#!/usr/bin/env bash
# The whole suite: everything on SQLite with coverage, then what touches a database again on PostgreSQL.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
export CHUANGTU_DATA="$PWD/var/test"

# The data folder of an earlier run must not make a test pass or fail.
rm -rf "$CHUANGTU_DATA"

echo "== SQLite: all tests, with coverage"
$bin/coverage erase
$bin/pytest -n 2 --dist loadgroup --cov=chuangtu --cov-branch --cov-report=
$bin/coverage report --include='chuangtu/terms/*,chuangtu/engines/*' --fail-under=100
$bin/coverage report --skip-covered | tail -n 3

echo "== PostgreSQL: the apps and the pages"
rm -rf "$CHUANGTU_DATA"
$bin/python scripts/postgres.py $bin/pytest -n 2 --dist loadgroup tests/apps tests/site tests/browser
