"""Plans written as text: the slides of 2019, e-mails, cells one per line, and what is wrong with its line."""

from datetime import date

import pytest

from actions.enums import FindingKind, Origin, Status
from actions.imports.lists import MOST_LINES
from actions.imports.roles import ACTION, FINDING, RESPONSIBLE
from actions.models import Action, Finding, Plan
from core.importing.follow_up import DEADLINE, STATUS
from core.time.fuzzy_dates import words
from tests.actions.imports.conftest import PLAN_2019, entries_of, read

pytestmark = pytest.mark.django_db
SMALL = """Plan d’actions issues de l’audit interne du 10 octobre 2019
Points sensibles
1 - Affichage absent
2 - Échantillon faible
Actions
(R) 1 - Afficher
(C) 2 - Relancer les usagers (fin 2019)
"""


@pytest.fixture
def told(site):
    """The plan of a text."""
    return lambda text: read([[line] for line in text.splitlines()], site=site, is_lines=True)


def texts_of(plan) -> list[tuple]:
    names = (FINDING, STATUS, ACTION, DEADLINE)
    return [(entry.number, *(entry.text(name) for name in names)) for entry in entries_of(plan)]


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


def test_the_deadlines_of_2019_are_read_in_the_year_of_their_plan(site, run):
    run(PLAN_2019)
    found = Action.objects.exclude(deadline_text="").select_related("finding").order_by("pk")
    assert [(one.status, one.deadline_text, words(one.deadline)) for one in found] == [
        (Status.ONGOING, "au prochain CLU", "au prochain CLU (date à fixer)"),
        (Status.DONE, "Septembre 2019", "du 01/09/2019 au 30/09/2019"),
        (Status.ONGOING, "en début d'année 2020", "du 01/01/2020 au 31/03/2020"),
        (Status.DONE, "courant novembre", "du 01/11/2019 au 30/11/2019"),
    ]
    assert Action.objects.filter(status=Status.ONGOING).count() == 2
    assert Action.objects.filter(status=Status.DONE).count() == 20
    again = run(PLAN_2019)
    assert [again[name] for name in ("created", "changed", "unchanged", "errors", "asks")] == [0, 0, 22, [], []]


def test_the_title_may_stand_over_the_lists(told):
    plan = told(SMALL)
    planned = plan.extra["plans"][0]
    assert (planned.title, planned.origin_on) == (
        "Plan d’actions issues de l’audit interne du 10 octobre 2019",
        date(2019, 10, 10),
    )
    assert (plan.errors, plan.open_asks, planned.source.place.cell) == ([], [], "L1")
    assert texts_of(plan) == [
        (1, "Affichage absent", "R", "Afficher", ""),
        (2, "Échantillon faible", "C", "Relancer les usagers (fin 2019)", "fin 2019"),
    ]


def test_lines_folded_by_a_slide_are_joined_and_bullets_are_more_actions(told):
    plan = told(
        "Points relevés\n\n1 – Ergonomie du site\npeu claire\n2 – Délais\n\nActions R (réalisées) C(encours)\n\n"
        "• (R) 1 – Refaire le site\net ses démarches\n  - Former les agents\n(C)**2 – Réduire\n"
    )
    assert texts_of(plan) == [
        (1, "Ergonomie du site peu claire", "R", "Refaire le site et ses démarches", ""),
        (1, "Ergonomie du site peu claire", "R", "Former les agents", ""),
        (2, "Délais", "C", "Réduire", ""),
    ]


def test_a_point_may_have_no_action_and_an_action_no_letter(told):
    plan = told("Écarts\n1) Affichage\n2) Délais\nActions correctives\n2) Réduire les délais\n")
    assert [entry.has_action for entry in entries_of(plan)] == [False, True]
    assert entries_of(plan)[0].kind == FindingKind.NONCONFORMITY
    assert texts_of(plan)[1] == (2, "Délais", "", "Réduire les délais", "")


def test_an_action_without_its_point_is_told_with_its_line(told):
    plan = told(SMALL + "(R) 7 - Former les agents\n")
    assert [(one.place.cell, one.message) for one in plan.errors] == [
        ("L8", "L’action 7, « Former les agents », n’a pas de point relevé 7 : corrigez l’un des deux.")
    ]


def test_an_unknown_letter_is_asked(told):
    plan = told(SMALL.replace("(C) 2", "(X) 2"))
    assert [(ask.text, [place.cell for place in ask.places]) for ask in plan.open_asks] == [("X", ["L7"])]


def test_a_plan_without_title_is_named_and_told(told):
    plan = told("Points relevés\n1 - Affichage\nActions\n(R) 1 - Afficher\n")
    assert plan.extra["plans"][0].title == "Plan d’actions 1"
    assert plan.warnings[0].message == "Le plan de la ligne 1 n’a pas de titre : il s’appellera « Plan d’actions 1 »."


def test_cells_one_per_line_are_rows_again(told):
    text = "Plan d’actions suite au CLU du 14/03/2023\nConstat\nAction\nPilote\nÉchéance\nÉtat\n"
    plan = told(text + "Attente\nOuvrir un guichet\nRQ\nfin mai 2023\nRéalisé\nHall\nPeindre\nSIDSIC\n2024\nEn cours\n")
    assert [(entry.text(ACTION), entry.text(RESPONSIBLE), entry.place.cell) for entry in entries_of(plan)] == [
        ("Ouvrir un guichet", "RQ", "L7"),
        ("Peindre", "SIDSIC", "L12"),
    ]
    short = told(text + "Attente\nOuvrir un guichet\nRQ\nfin mai 2023\n")
    assert [one.place.cell for one in short.errors] == ["L7"]


def test_an_e_mail_gives_its_items_with_who_and_when(told):
    plan = told(
        "De : RQ\nObjet : Suites du COPIL du 11/04/2023\n\nVoici les actions décidées :\n\n"
        "1. Afficher les horaires (communication – fait)\n2. Relancer le SIDSIC (RQ, fin juin)\n"
        "- Former les agents – BRH – septembre 2023\n\nCordialement,\n"
    )
    assert [(line.label, line.content.status, line.content.deadline.text) for line in plan.lines] == [
        ("Afficher les horaires", Status.DONE, ""),
        ("Relancer le SIDSIC", Status.TODO, "fin juin"),
        ("Former les agents", Status.TODO, "septembre 2023"),
    ]
    assert [entry.text(RESPONSIBLE) for entry in entries_of(plan)] == ["communication", "RQ", "BRH"]
    assert [line.content.deadline.latest for line in plan.lines][1:] == [date(2023, 6, 30), date(2023, 9, 30)]
    assert plan.extra["plans"][0].origin == Origin.COPIL


@pytest.mark.parametrize("text", ["Bonjour,\nvoici le plan.", "Courses :\n- pain\n- lait", ""])
def test_a_text_without_lists_is_refused_in_words(told, text):
    assert "Aucun plan d’actions n’a été trouvé dans le fichier" in told(text).errors[0].message


def test_a_text_too_long_is_refused_with_its_line(told):
    plan = told("Points relevés\n" * (MOST_LINES + 1))
    assert [(one.place.cell, one.message) for one in plan.errors] == [
        (f"L{MOST_LINES + 1}", "Le texte compte 3001 lignes ; 3000 au plus sont lues. Collez un plan à la fois.")
    ]


def test_a_text_of_another_encoding_is_read(site, tmp_path, run):
    file = tmp_path / "plan.txt"
    file.write_bytes(SMALL.replace("’", "'").encode("cp1252"))
    run(file)
    assert list(Finding.objects.order_by("number").values_list("text", flat=True)) == [
        "Affichage absent",
        "Échantillon faible",
    ]


def who_and_when(plan) -> list[tuple]:
    names = (RESPONSIBLE, DEADLINE, STATUS)
    return [(line.label, *(line.content.entry.text(name) for name in names)) for line in plan.lines]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "Plan d’actions du 14/03/2026\n\n- Afficher – Communication – 30/06/2027 – fait\n"
            "- Ouvrir – RQ – fin mars 2027 – en cours",
            [("Afficher", "Communication", "30/06/2027", "fait"), ("Ouvrir", "RQ", "fin mars 2027", "en cours")],
        ),
        (
            "Objet : RE: suites du COPIL\n\n* SIDSIC : installer la borne pour fin juin 2027\n"
            "* Courrier : envoyer les accusés avant le 31/03/2027 (en cours)",
            [
                ("installer la borne", "SIDSIC", "fin juin 2027", ""),
                ("envoyer les accusés", "Courrier", "avant le 31/03/2027", "en cours"),
            ],
        ),
        (
            "1) Afficher (Communication, fait)\n2) Relancer le SIDSIC (RQ, fin juin 2027)\n   pour la borne du hall",
            [
                ("Afficher", "Communication", "", "fait"),
                ("Relancer le SIDSIC pour la borne du hall", "RQ", "fin juin 2027", ""),
            ],
        ),
        (
            "Actions :\n[x] Afficher (Communication)\n[ ] Ouvrir (RQ, 30/06/2027)",
            [("Afficher", "Communication", "", "[x]"), ("Ouvrir", "RQ", "30/06/2027", "[ ]")],
        ),
        (
            "Plan d’actions 2024\n- Afficher -> Communication, fait le 12/03/2024\n- [FAIT] Ouvrir\n- Fait : peindre\n"
            "- Relancer FAIT\n- Former, reporté\n- Trier avant le 30/06/2024 (RQ)\n"
            "- Ranger – pilote : RQ – échéance : 30/06/2024 – état : en cours\n2.1 Choisir",
            [
                ("Afficher", "Communication", "", "fait le 12/03/2024"),
                ("Ouvrir", "", "", "FAIT"),
                ("peindre", "", "", "Fait"),
                ("Relancer", "", "", "FAIT"),
                ("Former", "", "", "reporté"),
                ("Trier avant le 30/06/2024", "RQ", "avant le 30/06/2024", ""),
                ("Ranger", "RQ", "30/06/2024", "en cours"),
                ("Choisir", "", "", ""),
            ],
        ),
        (
            "Constat : Attente\nAction : Ouvrir\nResponsable : RQ\n\nConstat : Hall\nAction : Peindre\nÉtat : fait",
            [("Ouvrir", "RQ", "", ""), ("Peindre", "", "", "fait")],
        ),
    ],
    ids=["dashes", "who does what", "numbered", "boxes", "states", "labels"],
)
def test_lists_of_minutes_and_mails_tell_who_when_and_where_it_stands(told, text, lines):
    assert who_and_when(told(text)) == lines


def test_boxes_of_a_list_are_asked_with_what_they_say(told):
    plan = told("Plan d’actions du 14/03/2026\n[x] Afficher\n☐ Ouvrir")
    found = [(ask.text, ask.proposed, ask.as_json()["cells"]) for ask in plan.open_asks if ask.code.startswith("word:")]
    assert found == [("[x]", "done", ["L2"]), ("☐", "todo", ["L3"])]


def test_the_state_that_a_line_says_of_the_items_below_is_asked(told):
    plan = told(
        "Plan d’actions 2024\n\nActions réalisées :\n- Peindre\n- Former\n\nActions à venir :\n- Nettoyer (BRH)\n"
    )
    assert [(ask.text, ask.proposed, ask.as_json()["cells"]) for ask in plan.open_asks] == [
        ("Actions réalisées :", "done", ["L4", "L5"])
    ]


def test_a_table_of_markdown_is_a_table(site, tmp_path, run):
    file = tmp_path / "plan.txt"
    file.write_text("| Constat | Action | État |\n|---|:--|--:|\n| Attente | Ouvrir | fait |\n", encoding="utf-8")
    (action,) = run(file)["actions"]
    assert (action["finding"], action["text"], action["status"], action["cell"]) == ("Attente", "Ouvrir", "done", "B3")
