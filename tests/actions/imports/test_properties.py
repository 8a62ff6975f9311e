"""Of any plan: read, recorded, read again and undone, whatever its cells hold and wherever its columns stand."""

import random

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.imports.kind import PlanFile
from actions.models import Action, ActionResponsible, Finding, FindingEngagement, Plan, PlanImport
from core.record import changesets, undoing
from core.sheets.reading.model import MergedRange, Sheet, Workbook
from tests.actions.imports.conftest import HEADINGS, TITLE, planned

pytestmark = pytest.mark.django_db
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
FEW = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def book_of(rows) -> Workbook:
    return Workbook("plan.xlsx", [Sheet("Plan", [[TITLE], ["màj 07/10/16"], list(HEADINGS), *map(list, rows)])])


def stored() -> list[list[dict]]:
    return [list(table.objects.order_by("pk").values()) for table in TABLES]


def record_it(site, book: Workbook):
    """Write what is kept of a file, lines in error and questions left aside."""
    plan = planned(book, site)
    with changesets.opened() as changeset:
        PlanFile(PlanImport(site=site), plan.words.given).write(plan, by=None, reason="Import")
    return changeset


@FEW
@given(rows=ROWS)
def test_a_plan_recorded_changes_nothing_when_read_again_and_undone_leaves_nothing(site, referential, rows):
    with transaction.atomic():
        is_settled = not planned(book_of(rows), site).open_asks  # what waits for an answer is not recorded by the pages
        changeset = record_it(site, book_of(rows))
        again = planned(book_of(rows), site)
        assert not is_settled or (again.counts["created"], again.counts["changed"]) == (0, 0)
        assert all(table.history.count() >= table.objects.count() for table in TABLES)
        undoing.undo(changeset, by=None, reason="Annulation")
        assert stored() == [[], [], [], [], []]
        transaction.set_rollback(True)


@FEW
@given(first=ROWS, second=ROWS)
def test_a_second_version_undone_gives_back_the_first(site, referential, first, second):
    with transaction.atomic():
        record_it(site, book_of(first))
        before = stored()
        undoing.undo(record_it(site, book_of(second)), by=None, reason="Annulation")
        assert stored() == before
        transaction.set_rollback(True)


@FEW
@given(rows=st.lists(st.lists(st.none() | WORDS | st.integers() | st.booleans(), max_size=8), max_size=12))
def test_no_sheet_is_too_strange_and_every_cell_is_accounted_for(site, rows):
    for is_lines in (False, True):
        counts = planned(Workbook("plan.xlsx", [Sheet("Plan", rows, is_lines=is_lines)]), site).accounts.counts
        assert counts["filled"] == counts["read"] + counts["left_out"] + counts["asked"]


# The same plan in other shapes: the same values, or a question; never other values
SPELT = {
    "finding": ["Constat", "Point relevé", "Constat / non-conformité", "Non-conformité", "Finding", "Zzz"],
    "action": ["Action", "Action corrective", "Quoi", "Actions à mettre en œuvre", "Corrective action", "Yyy"],
    "who": ["Responsable", "Pilote", "Qui", "Owner", "Resp.", "Xxx"],
    "when": ["Échéance", "Délai", "Quand", "Due date", "Date butoir", "Www"],
    "status": ["Réalisation", "État d’avancement", "Statut", "Status", "Avancement", "Vvv"],
    "comment": ["Commentaire", "Observations", "Suite donnée", "Comments", "Uuu"],
}
TOLD = [
    ("Attente trop longue", "Ouvrir un second guichet", "SIDSIC", "30/09/2023", "En cours", "Essai de trois mois"),
    ("Documents peu lisibles", "Réécrire les notices", "RQ", "fin 2023", "FAIT", ""),
    ("Documents peu lisibles", "Former les agents", "SIDSIC", "T1 2024", "À faire", "Devis reçu"),
    ("Hall sombre", "Changer les ampoules", "RQ", "31/12/2023", "Abandonné", "Trop cher"),
]


def values_of(plan) -> dict:
    """Of each action: what it is about, who, when, where it stands."""
    return {
        one["text"]: (
            one["finding"],
            tuple(one["responsibles"]),
            one["deadline"]["latest"],
            one["status"],
            one["comment"],
        )
        for one in plan.reading["actions"]
    }


@FEW
@given(seed=st.integers(min_value=0, max_value=10**6))
def test_other_headings_orders_and_shapes_give_the_same_values_or_a_question(site, seed):
    chance = random.Random(seed)
    title = ["Plan d’actions suite au CLU du 14/03/2023"]
    good = planned(
        Workbook("plan", [Sheet("Plan", [title, [one[0] for one in SPELT.values()], *map(list, TOLD)])]), site
    )
    assert (good.errors, good.open_asks, len(values_of(good))) == ([], [], len(TOLD))
    rows, merged = [list(row) for row in TOLD], []
    headings = [chance.choice(names) for names in SPELT.values()]
    if chance.random() < 0.3:  # one column more, of numbers or of words that nobody knows
        headings, rows = (
            [*headings, "N°" if chance.random() < 0.5 else "Ttt"],
            [[*row, f"note {n}"] for n, row in enumerate(rows)],
        )
    order = list(range(len(headings)))
    chance.shuffle(order)
    headings, rows = [headings[at] for at in order], [[row[at] for at in order] for row in rows]
    above = [[], ["Service qualité"]][: chance.randrange(3)]
    if chance.random() < 0.3:  # the finding of two actions merged
        column, first = order.index(0) + 1, len(above) + 4
        rows[2][column - 1], merged = None, [MergedRange(first, column, first + 1, column)]
    hidden = frozenset({chance.randrange(1, len(headings) + 1)}) if chance.random() < 0.3 else frozenset()
    sheet = Sheet("Plan", [title, *above, headings, *rows], merged, hidden_columns=hidden)
    plan = planned(Workbook("plan", [sheet]), site)
    if not (plan.open_asks or plan.errors):
        assert values_of(plan) == values_of(good)
    counts = plan.accounts.counts
    assert counts["filled"] == counts["read"] + counts["left_out"] + counts["asked"]


@pytest.mark.parametrize("status", ["FAIT", "En cours"])
def test_recording_costs_the_same_queries_whatever_its_lines(site, referential, status):
    """New ones, then the same ones changed: their status, their deadline, who answers, their engagement."""
    costs = []
    for lines in (3, 60):
        first = [("1 – Accueil", f"Constat {lines} {n}", "SIDSIC / RQ", "fin 2016", "", "Vu") for n in range(lines)]
        later = [("E10", row[1], "BRH", "2017", status, "Revu") for row in first]
        with transaction.atomic():
            for rows in (first, later):
                plan = planned(book_of(rows), site)
                assert (plan.counts["created"] or plan.counts["changed"]) == lines
                with CaptureQueriesContext(connection) as queries, changesets.opened():
                    PlanFile(PlanImport(site=site), plan.words.given).write(plan, by=None, reason="Import")
                costs.append(len(queries))
            transaction.set_rollback(True)
    batches = 4  # of the variables that SQLite takes in one statement
    assert all(many <= few + batches for few, many in zip(costs[:2], costs[2:], strict=True))
