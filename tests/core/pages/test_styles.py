"""Styles by layer: an application has one sheet of its own above the shared ones, and no class is idle or unknown."""

import re
from collections import defaultdict
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = (
    "core",
    "organisations",
    "referential",
    "actions",
    "indicators",
    "surveys",
    "complaints",
    "training",
    "audits",
    "clu",
    "reports",
)
# The frame, the components, the pages of imports, those of the public; every other sheet is that of one application.
SHARED = {"base", "components", "importing", "public"}
SHEETS = {path.stem: path for path in [*(ROOT / "static/css").glob("*.css"), ROOT / "static/offline/kit.css"]}
OWNERS = {"kit": "surveys"}
CLASS = r"qp-[a-z][\w-]*"


def sources() -> list[tuple[str, Path]]:
    """What may name a class, with the application it belongs to; « layout » and « components » are everybody's."""
    templates = [path for path in (ROOT / "templates").rglob("*.*") if path.suffix in {".html", ".svg"}]
    python = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
    return [(path.relative_to(ROOT / "templates").parts[0], path) for path in templates] + [
        (path.relative_to(ROOT).parts[0], path) for path in python
    ]


def scripts() -> list[Path]:
    return [*(ROOT / "static/js").glob("*.js"), *(ROOT / "static/offline").glob("*.js")]


def defined() -> dict[str, set[str]]:
    """The sheets that style each class."""
    found = defaultdict(set)
    for sheet, path in SHEETS.items():
        for name in re.findall(rf"\.({CLASS})", re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)):
            found[name].add(sheet)
    return found


def named(path: Path) -> set[str]:
    """The classes a file names; « qp-line--{{ fate }} » names all those that begin like it."""
    return set(re.findall(rf"(?<![\w-]){CLASS}", path.read_text()))


def is_named(name: str, names: set[str]) -> bool:
    return name in names or any(name.startswith(start) for start in names if start.endswith("-"))


# --- Sheets ------------------------------------------------------------------------------------------------------


def test_a_template_loads_the_shared_sheets_and_that_of_its_own_application():
    loaded = {
        (owner, sheet, path.name)
        for owner, path in sources()
        if path.suffix == ".html"
        for sheet in re.findall(r"static 'css/([\w-]+)\.css'", path.read_text())
    }
    assert sorted(row for row in loaded if row[1] not in SHARED | {row[0]}) == []
    assert {sheet for _, sheet, _ in loaded} == set(SHEETS) - {"kit"}


def test_the_rules_of_one_class_stand_in_one_sheet():
    """Beside `.qp-frame .qp-class`, where a sheet above refines what a shared one gives."""
    elsewhere = {name: sheets for name, sheets in defined().items() if len(sheets - SHARED) > 1}
    assert elsewhere == {}


# --- Classes -----------------------------------------------------------------------------------------------------


def test_every_class_of_the_sheets_is_used():
    paths = [*(path for _, path in sources()), *scripts()]
    names = {name for path in paths for name in named(path)}
    assert sorted(name for name in defined() if not is_named(name, names)) == []


def test_every_class_used_is_in_a_sheet_that_its_page_loads():
    styles = defined()
    unknown = set()
    for owner, path in sources():
        reach = SHARED | {owner} | {sheet for sheet, app in OWNERS.items() if app == owner}
        within = {name for name, sheets in styles.items() if sheets & reach}
        for name in named(path):
            if not (name in within or (name.endswith("-") and any(one.startswith(name) for one in within))):
                unknown.add((name, str(path.relative_to(ROOT))))
    assert sorted(unknown) == []


def parts(name: str, seen: set[str] | None = None) -> set[str]:
    """The template, those it extends and those it includes."""
    seen = set() if seen is None else seen
    path = ROOT / "templates" / name
    if name not in seen and path.exists():
        seen.add(name)
        for other in re.findall(r'{% (?:extends|include) "([^"]+)"', path.read_text()):
            parts(other, seen)
    return seen


def test_a_page_whose_parts_need_the_sheet_of_their_application_loads_it():
    only = {name: sheets for name, sheets in defined().items() if not sheets & SHARED}
    lacking = []
    for _, path in sources():
        if path.suffix == ".html" and "{% extends" in path.read_text():
            page = str(path.relative_to(ROOT / "templates"))
            if "core/in_place.html" in parts(page):
                continue  # shown within a page of its application
            texts = [(ROOT / "templates" / name) for name in parts(page)]
            loaded = {sheet for text in texts for sheet in re.findall(r"static 'css/([\w-]+)\.css'", text.read_text())}
            needed = {sheet for text in texts for name in named(text) & set(only) for sheet in only[name]}
            lacking += [(page, sheet) for sheet in sorted(needed - loaded)]
    assert lacking == []


def test_every_class_named_by_a_script_is_in_a_sheet():
    assert sorted(name for path in scripts() for name in named(path) - set(defined())) == []


# --- Scripts -----------------------------------------------------------------------------------------------------


def test_every_script_is_loaded_by_a_page_or_by_another_script():
    paths = [*(path for _, path in sources()), *scripts()]
    text = "".join(path.read_text() for path in paths)
    assert [path.name for path in scripts() if not re.search(rf"/{re.escape(path.name)}\b", text)] == []
