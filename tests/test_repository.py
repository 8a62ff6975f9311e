"""What must hold of the repository as a whole, whatever the code does."""

import contextlib
import re
import shutil
import subprocess
import sys
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
APPS = ("core", "organisations", "referential", "actions", "indicators", "surveys", "complaints", "training", "audits")
APPS += ("clu", "reports", "demo", "qualepref")
MAX_LINES = 500
TEMPLATES = ROOT / "templates"
NAMED_BY_CONVENTION = re.compile(r"^(\d{3}(_\w+)?|registration/.*|admin/.*|dsfr/.*|components/.*)\.?(html|svg|txt)?$")
FORBIDDEN_IN_TEMPLATES = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "a javascript address": re.compile(r"(href|src|action)\s*=\s*[\"']\s*javascript:", re.IGNORECASE),
}


@cache
def own_files() -> tuple[Path, ...]:
    """Files under version control, or about to be."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode:
        pytest.skip("not a git checkout")
    return tuple(path for line in listing.stdout.splitlines() if (path := ROOT / line).is_file())


def python_files() -> list[Path]:
    return [path for path in own_files() if path.suffix == ".py" and "migrations" not in path.parts]


def template_files() -> list[Path]:
    return [path for path in own_files() if path.is_relative_to(TEMPLATES) and path.suffix in {".html", ".svg", ".txt"}]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_locked_requirements_hold_no_address_no_index_and_no_local_path(name):
    lines = (ROOT / name).read_text().splitlines()
    pattern = re.compile(r"^\s*(--?(i|f|e|index|extra|find|trusted|editable)\b)|://|file:|@ /|^\s*\.{0,2}/")
    assert [line for line in lines if pattern.search(line)] == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_locked_requirements_are_pinned_with_hashes(name):
    text = (ROOT / name).read_text()
    packages = [block for block in re.split(r"\n(?=\S)", text) if not block.startswith("#")]
    loose = [block.splitlines()[0] for block in packages if "==" not in block or "--hash=sha256:" not in block]
    assert loose == []
    assert packages != []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_a_package_asked_for_with_an_extra_is_pinned_with_it(name):
    """An old pip, checking hashes, refuses « coverage[toml] » where only « coverage » is pinned."""
    pins = re.findall(r"^([\w.-]+)(?:\[([\w,.-]+)\])?==\S+(.*)", (ROOT / name).read_text(), re.MULTILINE)
    pinned = {canonicalize_name(package): set(filter(None, extras.split(","))) for package, extras, _ in pins}
    missing = [
        f"{package} asks for {asked.name}[{', '.join(asked.extras)}]"
        for package in pinned
        for asked in _requirements_of(package)
        if not asked.extras <= pinned.get(canonicalize_name(asked.name), set())
    ]
    assert missing == []


def _requirements_of(package: str) -> list[Requirement]:
    """What the installed package asks for here, its extras left out; nothing for a package of another platform."""
    with contextlib.suppress(metadata.PackageNotFoundError):
        asked = [Requirement(text) for text in metadata.requires(package) or []]
        return [one for one in asked if one.marker is None or one.marker.evaluate({"extra": ""})]
    return []


def test_each_dependency_says_what_it_is_for():
    text = (ROOT / "pyproject.toml").read_text()
    section = text[text.index("dependencies = [") : text.index("[tool.ruff]")]
    entries = [line for line in section.splitlines() if line.startswith('    "')]
    assert [line for line in entries if "  # " not in line and ", # " not in line] == []


def test_no_file_of_code_passes_500_lines():
    sizes = {path: len(path.read_text().splitlines()) for path in [*python_files(), *template_files()]}
    assert {str(path.relative_to(ROOT)): size for path, size in sizes.items() if size > MAX_LINES} == {}


@pytest.mark.parametrize("what", FORBIDDEN_IN_TEMPLATES)
def test_no_template_holds(what):
    pattern = FORBIDDEN_IN_TEMPLATES[what]
    found = [str(path.relative_to(ROOT)) for path in template_files() if pattern.search(path.read_text())]
    assert found == []


def test_every_template_is_used():
    """By a literal name in Python or in another template; a mail by its stem; names found by convention are exempt."""
    sources = "\n".join(path.read_text() for path in [*python_files(), *template_files()])

    def is_used(name: str) -> bool:
        is_mail = "/mails/" in name and f'"{Path(name).stem}"' in sources
        return is_mail or name in sources or bool(NAMED_BY_CONVENTION.match(name))

    names = [str(path.relative_to(TEMPLATES)) for path in template_files()]
    assert [name for name in names if not is_used(name)] == []


def test_no_module_is_named_after_nothing():
    vague = {"utils", "helpers", "common", "misc"}
    assert [str(path.relative_to(ROOT)) for path in python_files() if vague & {path.stem, *path.parts}] == []


def test_no_signal_serves_a_business_rule():
    pattern = re.compile(r"@receiver\(|\b(pre|post)_(save|delete)\b")
    found = [str(path.relative_to(ROOT)) for path in python_files() if pattern.search(path.read_text())]
    assert [name for name in found if not name.startswith("tests/")] == []


def test_imports_between_apps_go_down_only():
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_every_app_is_under_the_import_contracts():
    text = (ROOT / ".importlinter").read_text()
    present = [app for app in APPS if (ROOT / app / "apps.py").exists() or app == "qualepref"]
    assert [app for app in present if not re.search(rf"^    .*\b{app}\b", text, re.MULTILINE)] == []
