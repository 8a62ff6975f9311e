#!/usr/bin/env bash
# Pictures of the demonstration, taken in the browser of the journeys.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh dev
exec .venv/bin/python -m tests.journeys.screenshots docs/images/guide
