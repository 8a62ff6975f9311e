"""The next version of a document: what it changes, and what a person did meanwhile that it leaves alone."""

from datetime import date

import pytest

from actions.enums import Status
from actions.models import Action, ActionResponsible, Finding, FindingEngagement, Plan
from actions.rules.responsibles import Responsible
from actions.services import actions, findings, plans
from organisations.enums import Role
from referential.models import Engagement
from tests.actions.imports.conftest import HEADINGS, TITLE
from tests.organisations.factories import ServiceFactory, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LATER = "màj 07/12/16"
ROW = ("1 – Accueil", "Affichage des engagements à remettre à jour", "RQ", "fin 2016", "En cours", "Vu le 3")


@pytest.fixture
def rq(site):
    return user_with(Role.QUALITY_REFERENT, site)


def counts(content: dict) -> tuple[int, int, int]:
    return content["created"], content["changed"], content["unchanged"]


@pytest.mark.parametrize(
    ("column", "value", "field", "stored"),
    [
        (3, "T1 2017", "deadline_text", "T1 2017"),
        (4, "FAIT", "status", Status.DONE),
        (5, "Vu le 4", "comment", "Vu le 4"),
    ],
)
def test_one_cell_that_changes_changes_one_field(site, workbook, run, column, value, field, stored):
    run(workbook(ROW))
    changed = [*ROW]
    changed[column] = value
    assert counts(run(workbook(changed, updated=LATER))) == (0, 1, 0)
    assert getattr(Action.objects.get(), field) == stored
    assert Action.objects.get().history.count() == 2


@pytest.mark.parametrize("column", [0, 2, 3, 4, 5])
def test_a_blank_cell_erases_nothing(site, workbook, run, column):
    run(workbook(ROW))
    before = list(Action.objects.values()), list(Finding.objects.values()), list(ActionResponsible.objects.values())
    blanked = [*ROW]
    blanked[column] = ""
    assert counts(run(workbook(blanked))) == (0, 0, 1)
    after = list(Action.objects.values()), list(Finding.objects.values()), list(ActionResponsible.objects.values())
    assert after == before


def test_spaces_and_line_ends_are_no_change(site, workbook, run):
    run(workbook(ROW))
    spaced = (ROW[0], "Affichage  des engagements\nà remettre à jour ", *ROW[2:])
    assert counts(run(workbook(spaced))) == (0, 0, 1)


def test_a_finding_whose_words_were_corrected_is_the_same(site, workbook, run):
    run(workbook(ROW))
    corrected = (ROW[0], "Affichage des engagements à mettre à jour", *ROW[2:])
    assert counts(run(workbook(corrected, updated=LATER))) == (0, 1, 0)
    assert Finding.objects.get().text == "Affichage des engagements à mettre à jour"


def test_another_finding_is_another_row(site, workbook, run):
    run(workbook(ROW))
    assert counts(run(workbook(ROW, (ROW[0], "Pas de synthèse annuelle", *ROW[2:]), updated=LATER))) == (1, 0, 1)
    assert list(Finding.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_the_same_words_in_two_sections_are_two_findings(site, workbook, run):
    rows = (("Module 1 : général",), ROW, ("Pilotage",), ROW)
    assert counts(run(workbook(*rows))) == (2, 0, 0)
    assert counts(run(workbook(*rows))) == (0, 0, 2)
    turned = (("Pilotage",), ROW, ("Module 1 : général",), (*ROW[:4], "FAIT", ROW[5]))
    assert counts(run(workbook(*turned, updated=LATER))) == (0, 1, 1)
    assert Action.objects.get(status=Status.DONE).finding.section == "Module 1 : général"


def test_rows_in_another_order_are_the_same(site, workbook, run):
    rows = [("", f"Constat sur le service {letter * 12}", "RQ", "", "", "") for letter in "abcd"]
    run(workbook(*rows))
    assert counts(run(workbook(*reversed(rows)))) == (0, 0, 4)


def test_who_was_named_by_hand_stays_beside_who_the_document_names(site, workbook, run, rq):
    run(workbook(ROW))
    action = Action.objects.get()
    actions.change_action(action, responsibles=[Responsible(words="RQ"), Responsible(user=rq)], by=rq)
    assert counts(run(workbook(ROW))) == (0, 0, 1)
    run(workbook((*ROW[:2], "SIDSIC", *ROW[3:]), updated=LATER))
    rows = ActionResponsible.objects.filter(action=action).select_related("unit", "user").order_by("position")
    assert [(row.unit and row.unit.code, row.user, row.words) for row in rows] == [
        ("02-sidsic", None, "SIDSIC"),
        (None, rq, ""),
    ]


def test_words_recognised_by_hand_are_not_taken_back(site, workbook, run, rq):
    run(workbook(ROW))
    quality = ServiceFactory(parent=site, sigle="MQ", name="Mission qualité")
    actions.change_action(Action.objects.get(), responsibles=[Responsible(unit=quality, words="RQ")], by=rq)
    assert counts(run(workbook(ROW))) == (0, 0, 1)
    assert ActionResponsible.objects.get().unit == quality


def test_engagements_chosen_by_hand_stay_while_the_words_do(site, referential, workbook, run, rq):
    section = ("Module 1 : relation générale avec les usagers",)
    row = ("8 – Un accueil téléphonique attentif et efficace", *ROW[1:])
    run(workbook(section, row))
    other = Engagement.objects.get(module__code="1", code="10")
    findings.change_finding(Finding.objects.get(), engagements=[other], by=rq)
    assert counts(run(workbook(section, row))) == (0, 0, 1)
    assert FindingEngagement.objects.get().engagement == other
    moved = ("14 – Nous vous répondons dans un délai maîtrisé", *ROW[1:])
    assert counts(run(workbook(section, moved, updated=LATER))) == (0, 1, 0)
    assert FindingEngagement.objects.get().engagement.code == "14"


def test_a_referential_loaded_later_gives_the_engagements(site, workbook, run, request):
    section = ("Module 1 : relation générale avec les usagers",)
    row = ("8 – Un accueil téléphonique attentif et efficace", *ROW[1:])
    run(workbook(section, row))
    assert FindingEngagement.objects.count() == 0
    request.getfixturevalue("referential")
    run(workbook(section, row))
    assert FindingEngagement.objects.get().engagement.code == "8"
    assert Finding.objects.get().module.code == "1"


def test_a_plan_renamed_by_its_spelling_alone_is_the_same(site, workbook, run, rq):
    run(workbook(ROW))
    plans.change_plan(Plan.objects.get(), title=TITLE.replace("’", "'").upper(), by=rq)
    assert counts(run(workbook(ROW))) == (0, 0, 1)


def test_what_a_person_said_of_the_plan_stays(site, workbook, run, rq):
    run(workbook(ROW))
    plans.change_plan(Plan.objects.get(), origin="copil", comment="Vu en réunion", by=rq)
    findings.change_finding(Finding.objects.get(), theme="mail", by=rq)
    assert counts(run(workbook(ROW))) == (0, 0, 1)
    assert (Plan.objects.get().origin, Finding.objects.get().theme) == ("copil", "mail")


def test_one_more_action_of_a_known_finding_comes_after_the_others_and_opens_it(site, workbook, run):
    headings = ("Engagements", "Constat", "Action", *HEADINGS[2:])
    first = ("", "Délais trop longs", "Former les agents", "RQ", "fin 2016", "FAIT", "Fait le 01/09/2016")
    run(workbook(first, headings=headings))
    assert Finding.objects.get().closed_on == date(2016, 9, 1)
    second = ("", "", "Suivre les délais", "RQ", "2017", "", "")
    assert counts(run(workbook(first, second, headings=headings, updated=LATER))) == (1, 0, 1)
    made = Action.objects.order_by("position").values_list("position", "text")
    assert list(made) == [(0, "Former les agents"), (1, "Suivre les délais")]
    assert Finding.objects.get().closed_on is None


def test_a_role_stays_with_who_held_it_and_words_kept_before_are_given_to_who_holds_it(site, workbook, run, rq):
    run(workbook(ROW))
    assert [(row.user, row.words) for row in ActionResponsible.objects.select_related("user")] == [(rq, "RQ")]
    rq.memberships.all().delete()
    new = user_with(Role.QUALITY_REFERENT, site)
    assert counts(run(workbook(ROW))) == (0, 0, 1)
    actions.change_action(Action.objects.get(), responsibles=[Responsible(words="RQ")], by=new)
    assert counts(run(workbook(ROW))) == (0, 1, 0)
    assert ActionResponsible.objects.get().user == new
