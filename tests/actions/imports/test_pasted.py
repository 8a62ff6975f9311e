"""Plans written as text: the slides of 2019, other shapes, and what is wrong with its line."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.enums import FindingKind, Origin, Status
from actions.imports.document import ACTION, DEADLINE, FINDING, STATUS, Document
from actions.imports.pasted import MOST_LINES, is_text_plan, recognise_text
from actions.models import Action, Finding, Plan
from core.fuzzy_dates import words
from tests.actions.imports.conftest import PLAN_2019

SMALL = """Plan d’actions issues de l’audit interne du 10 octobre 2019
Points sensibles
1 - Affichage absent
2 - Échantillon faible
Actions
(R) 1 - Afficher
(C) 2 - Relancer les usagers (fin 2019)
"""


def texts_of(document: Document) -> list[tuple]:
    return [
        (row.finding_number, row.text(FINDING), row.text(STATUS), row.text(ACTION), row.text(DEADLINE))
        for plan in document.plans
        for row in plan.rows
    ]


@pytest.mark.django_db
def test_the_three_plans_of_2019_are_recorded_with_their_numbers(site, run):
    assert run(PLAN_2019)["created"] == 22
    plans = Plan.objects.order_by("pk").values_list("origin", "origin_on", "title")
    assert list(plans) == [
        (Origin.CLU, date(2019, 6, 25), "Plan d'actions issues du COMITE LOCAL DES USAGERS du 25 juin 2019"),
        (
            Origin.SATISFACTION_SURVEY,
            date(2019, 6, 25),
            "Plan d'actions issues De l'enquête de satisfaction du 25 juin 2019",
        ),
        (
            Origin.INTERNAL_AUDIT,
            date(2019, 10, 10),
            "Plan d'actions issues De l'audit interne du 10 et 11 octobre 2019",
        ),
    ]
    found = Finding.objects.filter(plan__origin=Origin.INTERNAL_AUDIT).order_by("number")
    assert [(one.number, one.kind, one.actions.count()) for one in found] == [
        (number, FindingKind.WEAKNESS, 3 if number == 3 else 1) for number in range(1, 6)
    ]
    third = Action.objects.filter(finding=found[2]).order_by("position")
    assert [(one.text, one.status) for one in third] == [
        ("Courrier envoyé aux utilisateurs pour informer de leur absence aux rendez-vous.", Status.DONE),
        ("Information en cas d'urgence (en cas d'expiration du titre)", Status.DONE),
        ("Meilleure optimisation des demandes de titres de séjour", Status.DONE),
    ]


@pytest.mark.django_db
def test_the_deadlines_of_2019_are_read_in_the_year_of_their_plan(site, run):
    run(PLAN_2019)
    told = Action.objects.exclude(deadline_text="").select_related("finding").order_by("pk")
    assert [(one.status, one.deadline_text, words(one.deadline)) for one in told] == [
        (Status.ONGOING, "au prochain CLU", "au prochain CLU (date à fixer)"),
        (Status.DONE, "Septembre 2019", "du 01/09/2019 au 30/09/2019"),
        (Status.ONGOING, "en début d'année 2020", "du 01/01/2020 au 31/03/2020"),
        (Status.DONE, "courant novembre", "du 01/11/2019 au 30/11/2019"),
    ]
    assert Action.objects.filter(status=Status.ONGOING).count() == 2
    assert Action.objects.filter(status=Status.DONE).count() == 20
    assert run(PLAN_2019) == {"created": 0, "changed": 0, "unchanged": 22, "errors": [], "warnings": []}


def test_the_title_may_stand_over_the_lists():
    document = recognise_text(SMALL)
    plan = document.plans[0]
    assert (plan.title, plan.origin_on) == (
        "Plan d’actions issues de l’audit interne du 10 octobre 2019",
        date(2019, 10, 10),
    )
    assert (document.problems, plan.title_cell) == ((), "ligne 1")
    assert texts_of(document) == [
        (1, "Affichage absent", "R", "Afficher", ""),
        (2, "Échantillon faible", "C", "Relancer les usagers (fin 2019)", "fin 2019"),
    ]


def test_lines_folded_by_a_slide_are_joined_and_bullets_are_more_actions():
    document = recognise_text(
        "Points relevés\n\n1 – Ergonomie du site\npeu claire\n2 – Délais\n\nActions R (réalisées) C(encours)\n\n"
        "• (R) 1 – Refaire le site\net ses démarches\n  - Former les agents\n(C)**2 – Réduire\n"
    )
    assert texts_of(document) == [
        (1, "Ergonomie du site peu claire", "R", "Refaire le site et ses démarches", ""),
        (1, "", "R", "Former les agents", ""),
        (2, "Délais", "C", "Réduire", ""),
    ]


def test_a_point_may_have_no_action_and_an_action_no_letter():
    document = recognise_text("Écarts\n1) Affichage\n2) Délais\nActions correctives\n2) Réduire les délais\n")
    assert [row.has_action for row in document.plans[0].rows] == [False, True]
    assert document.plans[0].rows[0].kind == FindingKind.NONCONFORMITY
    assert texts_of(document)[1] == (2, "Délais", "", "Réduire les délais", "")


def test_an_action_without_its_point_is_told_with_its_line():
    document = recognise_text(SMALL + "(R) 7 - Former les agents\n")
    assert [(one.level, one.sheet, one.cell, one.message) for one in document.problems] == [
        (
            "error",
            "Texte",
            "ligne 8",
            "L’action 7, « Former les agents », n’a pas de point relevé 7 : corrigez l’un des deux.",
        )
    ]
    assert document.problems[0].placed.startswith("Feuille « Texte », ligne 8 : L’action 7")


@pytest.mark.django_db
def test_an_unknown_letter_is_an_unknown_status(site, tmp_path, refused):
    file = tmp_path / "plan.txt"
    file.write_text(SMALL.replace("(C) 2", "(X) 2"))
    sentence, _printed = refused(file)
    assert sentence == (
        "plan.txt : Feuille « Texte », ligne 7 : « X » n’est pas un statut connu : FAIT, En cours, Reporté, Abandonné "
        "ou À faire."
    )


def test_a_plan_without_title_is_named_and_told():
    document = recognise_text("Points relevés\n1 - Affichage\nActions\n(R) 1 - Afficher\n")
    assert document.plans[0].title == "Plan d’actions 1"
    assert [one.message for one in document.problems] == [
        "Le plan de la ligne 1 n’a pas de titre : il s’appellera « Plan d’actions 1 »."
    ]


@pytest.mark.parametrize(
    ("text", "is_plan"),
    [(SMALL, True), ("Constat;Action;Échéance\nA;B;C", False), ("Points relevés\n1 - Affichage", False), ("", False)],
)
def test_a_text_plan_has_both_lists(text, is_plan):
    assert is_text_plan(text) == is_plan


def test_a_text_without_lists_is_refused_in_words():
    document = recognise_text("Bonjour,\nvoici le plan.")
    assert [one.message for one in document.problems] == [
        "Aucun plan n’est reconnu : il faut une liste « Points relevés » numérotée, puis une liste « Actions »."
    ]


def test_a_text_too_long_is_refused_with_its_line():
    document = recognise_text("Points relevés\n" * (MOST_LINES + 1))
    assert [(one.cell, one.message) for one in document.problems] == [
        (
            f"ligne {MOST_LINES + 1}",
            "Le texte compte 3001 lignes ; 3000 au plus sont lues : collez un plan à la fois.",
        )
    ]


@pytest.mark.django_db
def test_a_text_of_another_encoding_is_read(site, tmp_path, run):
    file = tmp_path / "plan.txt"
    file.write_bytes(SMALL.replace("’", "'").encode("cp1252"))
    run(file)
    assert list(Finding.objects.order_by("number").values_list("text", flat=True)) == [
        "Affichage absent",
        "Échantillon faible",
    ]


LINES = st.sampled_from([*SMALL.splitlines(), *PLAN_2019.read_text().splitlines(), "- suite", "**", "(Z) 3 x", "99 - "])


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LINES | st.text(max_size=40), max_size=25))
def test_no_text_is_too_strange(lines):
    text = "\n".join(lines)
    document = recognise_text(text)
    assert Document.from_json(document.to_json()) == document
    for plan in document.plans:
        assert [row.finding for row in plan.rows] == sorted(row.finding for row in plan.rows)
        assert all(row.text(FINDING) for row in plan.rows if row.finding_number and not row.has_action)
