"""Every PDF of the house is walked: a function that asks the renderer and is not in `printed.PRINTED` fails here."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.apps import apps

from core.services import calendars
from surveys.enums import Language
from tests.core.pages.pdf_structure import faults
from tests.reports.rendering.printed import PRINTED, TODAY
from tests.surveys.publications.conftest import campaign  # noqa: F401 - the survey of the posters and of the decks

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
ASKED = {"render_pdf", "pdf_parts.render"}
SPOKEN = {"surveys.printing.documents.paper_form_pdf": set(Language)}  # what the public fills in is in its language
RENDERER = "core.pages.pdf"  # `core.pages.pdf`, `pdf_parts`, `pdf_kept`: they lay out what others ask for


def test_every_function_that_prints_is_walked():
    assert set(_printing()) == set(PRINTED)


@pytest.mark.parametrize("name", PRINTED)
def test_each_pdf_is_whole_for_a_screen_reader(name, request, client):
    make = PRINTED[name]
    needed = {one: request.getfixturevalue(one) for one in ("report", "campaign") if one in _asked_by(make)}
    calendars.load()
    with time_machine.travel(TODAY, tick=False):
        made = enumerate(make(client=client, **needed), start=1)
        found = [(number, faults(content, languages=SPOKEN.get(name, ("fr",)))) for number, content in made]
    assert [one for one in found if one[1]] == []
    assert found


def _asked_by(make) -> tuple[str, ...]:
    return make.__code__.co_varnames[: make.__code__.co_argcount]


def _printing() -> Iterator[str]:
    for app in apps.get_app_configs():
        folder = Path(app.path)
        if folder.parent != ROOT:
            continue
        for path in folder.rglob("*.py"):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            if not module.startswith(RENDERER):
                yield from (f"{module}.{name}" for name in _askers(ast.parse(path.read_text("utf-8"))))


def _askers(tree: ast.AST) -> Iterator[str]:
    for one in ast.walk(tree):
        if isinstance(one, ast.FunctionDef) and any(
            isinstance(call, ast.Call) and ast.unparse(call.func) in ASKED for call in ast.walk(one)
        ):
            yield one.name
