#!/usr/bin/env bash
# Everything that must hold, on a bare machine: see scripts/test.py for the stages.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh dev
exec .venv/bin/python -m scripts.test "$@"
