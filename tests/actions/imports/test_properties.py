"""Of any plan: read, recorded, read again and undone, whatever its cells hold."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.imports.document import Document
from actions.imports.planning import plan_of
from actions.imports.recognition import recognise
from actions.models import Action, ActionResponsible, Finding, FindingEngagement, Plan, PlanImport
from actions.services import imports
from core.enums import ImportState
from core.spreadsheets.model import Sheet, Workbook
from tests.actions.imports.conftest import HEADINGS, TITLE

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=25)
CELLS = (
    st.sampled_from(["", "1 – Accueil", "E10", "14.3", "Bilan annuel"]) | WORDS,
    st.sampled_from(["Affichage", "Enquêtes mystères à programmer", "Délais"]) | WORDS,
    st.sampled_from(["", "RQ", "SIDSIC", "RQ/DLP/ SIDSIC", "services et RQ"]) | WORDS,
    st.sampled_from(["", "15/11/15", "1er trim. 2016", "déjà fait", "pour le prochain CLU", "01/10/15"]) | WORDS,
    st.sampled_from(["", "FAIT", "Reporté", "Abandonné", "En cours", "Presque"]),
    st.sampled_from(["", "Fait le 03/11/2015"]) | WORDS,
)
ROWS = st.lists(st.tuples(*CELLS), min_size=1, max_size=6)
TABLES = (Plan, Finding, FindingEngagement, Action, ActionResponsible)
FEW = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def document_of(rows) -> Document:
    values = [[TITLE], ["màj 07/10/16"], list(HEADINGS), *map(list, rows)]
    return recognise(Workbook("plan.xlsx", [Sheet("Plan", values)]))


def stored() -> list[list[dict]]:
    return [list(table.objects.order_by("pk").values()) for table in TABLES]


def sent(site, document: Document) -> PlanImport:
    made = PlanImport(site=site, name="plan.xlsx", state=ImportState.PREVIEW, preview={"document": document.to_json()})
    made.save()
    return made


def record_it(site, document: Document) -> PlanImport:
    return imports.commit(sent(site, document), lambda: plan_of(document, site=site).to_write(), by=None)


@pytest.mark.django_db
@FEW
@given(rows=ROWS)
def test_a_plan_recorded_changes_nothing_when_read_again_and_undone_leaves_nothing(site, referential, rows):
    document = document_of(rows)
    with transaction.atomic():
        record = record_it(site, document)
        kept = plan_of(document, site=site)
        assert (kept.counts["created"], kept.counts["changed"], kept.changes_nothing) == (0, 0, True)
        assert all(table.history.count() >= table.objects.count() for table in TABLES)
        imports.undo(record, by=None)
        assert stored() == [[], [], [], [], []]
        transaction.set_rollback(True)


@pytest.mark.django_db
@FEW
@given(first=ROWS, second=ROWS)
def test_a_second_version_undone_gives_back_the_first(site, referential, first, second):
    with transaction.atomic():
        record_it(site, document_of(first))
        before = stored()
        record = record_it(site, document_of(second))
        imports.undo(record, by=None)
        assert stored() == before
        transaction.set_rollback(True)


@FEW
@given(rows=st.lists(st.lists(st.none() | WORDS | st.integers() | st.booleans(), max_size=8), max_size=12))
def test_no_sheet_is_too_strange(rows):
    document = recognise(Workbook("plan.xlsx", [Sheet("Plan", rows)]))
    assert Document.from_json(document.to_json()) == document
    for plan in document.plans:
        assert plan.updated_on is None or isinstance(plan.updated_on, date)
        assert all(row.cells for row in plan.rows)
