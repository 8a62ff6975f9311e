"""`make check`: the minute-long loop. Format, lint, contracts; types and tests of what changed since the main branch.

A changed module is proved by the tests that mirror it (`actions/services/plans.py` by
`tests/actions/services/test_plan*.py`), else by those of its folder. `make test` proves everything.
"""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from scripts.test import BIN, TYPED
from tests.databases import TEMPLATE, migrated_sqlite

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "var" / "check"  # the migrated database, one per state of the migrations


def main() -> int:
    started = time.monotonic()
    changed = [path for path in changed_files() if (ROOT / path).exists()]
    commands = dict(linters(changed))
    if tests := tests_of(changed):
        commands["tests"] = ["pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    with ThreadPoolExecutor(2) as pool:
        failed = [name for name, is_ok in pool.map(run, commands.items()) if not is_ok]
    seconds = time.monotonic() - started
    print(f"\n{len(changed)} fichiers changés, {len(tests)} chemins de tests, {seconds:.0f} s")
    print(f"ÉCHEC : {', '.join(failed)}" if failed else "Tout passe. « make test » prouve le reste.")
    return int(bool(failed))


def changed_files() -> list[str]:
    """What differs from the main branch (from the last commit, on the main branch itself), new files included."""
    base = git("merge-base", "HEAD", "origin/main") or git("merge-base", "HEAD", "main")
    if not base or base == git("rev-parse", "HEAD"):
        base = "HEAD" if git("status", "--porcelain") else "HEAD~1"
    told = git("diff", "--name-only", base).splitlines()
    return sorted({*told, *git("ls-files", "--others", "--exclude-standard").splitlines()})


def linters(changed: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """The slowest first: they run two at a time."""
    if packages := sorted({path.split("/")[0] for path in changed if path.endswith(".py")} & set(TYPED)):
        yield "types", ["mypy", *packages]
    if any("/models" in path for path in changed):
        yield "migrations", ["python", "manage.py", "makemigrations", "--check", "--dry-run"]
    yield "contracts", ["lint-imports"]
    if templates := [path for path in changed if path.startswith("templates/") and path.endswith(".html")]:
        yield "templates", ["djlint", *templates, "--lint", "--quiet"]
    yield "ruff", ["ruff", "check", "."]
    yield "format", ["ruff", "format", "--check", "."]


def tests_of(changed: Iterable[str]) -> list[str]:
    """The tests that mirror each changed module, and those that changed; never the browser journeys."""
    found = set()
    for path in map(Path, changed):
        if path.suffix != ".py" or path.parts[0] not in {*TYPED, "qualepref", "tests"} or "journeys" in path.parts:
            continue
        if path.parts[0] == "tests":
            found |= {path} if path.name.startswith("test_") else set()
            continue
        found |= mirrors(path)
    whole = {path for path in found if path.is_dir()}
    return sorted(str(path) for path in found if not whole & set(path.parents))


def mirrors(path: Path) -> set[Path]:
    """The nearest tests of a module: its own file, else those of its folder."""
    folder = Path("tests", *path.parts[:-1])
    while not (ROOT / folder).is_dir():
        folder = folder.parent
    named = {one.relative_to(ROOT) for one in (ROOT / folder).rglob(f"test_{path.stem.rstrip('s')}*.py")}
    if named or len(folder.parts) < 3:
        return named
    return {folder}


def run(command: tuple[str, list[str]]) -> tuple[str, bool]:
    """Run one command quietly; what it says is printed only when it fails."""
    name, arguments = command
    database = {"DATABASE_URL": "sqlite://:memory:", "REDIS_URL": "", "TESTING": "1"}
    if name == "tests":
        database[TEMPLATE] = template()
    program = [str(BIN / arguments[0]), *arguments[1:]]
    done = subprocess.run(program, cwd=ROOT, env=os.environ | database, capture_output=True, text=True, check=False)
    print(f"{name:<10} {'ok' if not done.returncode else 'ÉCHEC'}", flush=True)
    if done.returncode:
        print(done.stdout[-4000:], done.stderr[-2000:], flush=True)
    return name, not done.returncode


def template() -> str:
    """A database migrated once for each state of the migrations."""
    digest = hashlib.sha256()
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(path.read_bytes())
    kept = KEPT / f"{digest.hexdigest()[:16]}.sqlite3"
    if not kept.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        for old in KEPT.glob("*.sqlite3*"):
            old.unlink()
        migrated_sqlite(kept)
    return str(kept)


def git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
