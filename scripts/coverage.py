"""`make coverage`: the suite on SQLite, child processes measured; fails under 95 % of lines or 92 % of branches."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.test import BIN

LINES, BRANCHES = 95, 92


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="qualepref-coverage-") as directory:
        report = Path(directory) / "coverage.json"
        options = ["--cov", "--cov-report=term:skip-covered", f"--cov-report=json:{report}"]
        suite = [str(BIN / "python"), "-m", "scripts.test", "sqlite", "--", *options]
        code = subprocess.run(suite, check=False).returncode
        if code or not report.exists():
            return code or 1
        totals = json.loads(report.read_text())["totals"]
    lines = 100 * totals["covered_lines"] / totals["num_statements"]
    branches = 100 * totals["covered_branches"] / totals["num_branches"]
    print(f"lignes {lines:.1f} % (au moins {LINES}), branches {branches:.1f} % (au moins {BRANCHES})")
    return int(lines < LINES or branches < BRANCHES)


if __name__ == "__main__":
    sys.exit(main())
