#!/usr/bin/env bash
# Prepare the demonstration and serve it: web and worker, until Ctrl-C. `run.sh --dev` serves with the reloading server.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh
export DEMO="${DEMO:-1}"
exec .venv/bin/python -m scripts.serve "$@"
