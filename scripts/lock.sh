#!/usr/bin/env bash
# Write the two requirements files again from pyproject.toml, for every platform, with hashes and no address.
# `make lock ARGS=--upgrade` takes the newest versions.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh
[ -x .venv/bin/uv ] || .venv/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.5'
export UV_CUSTOM_COMPILE_COMMAND="make lock"
compile=(.venv/bin/uv pip compile --quiet --universal --generate-hashes --no-strip-extras --no-emit-index-url --no-emit-find-links --python-version 3.11 "$@" pyproject.toml)
"${compile[@]}" -o requirements.txt
"${compile[@]}" --extra dev -c requirements.txt -o requirements-dev.txt
if grep -nE '^ *--(index|extra|find|trusted)|://|file:' requirements.txt requirements-dev.txt; then
    echo "Une adresse est entrée dans les fichiers verrouillés." >&2
    exit 1
fi
