"""The real plans of the Aisne, from the file to the rows, and again."""

import json
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from django.utils import timezone

from actions.enums import Origin, Status
from actions.models import Action, ActionResponsible, Finding, FindingEngagement, Plan, PlanImport
from core.record import history
from core.time.fuzzy_dates import words
from tests.actions.imports.conftest import AISNE, DATA

pytestmark = pytest.mark.django_db
EXPECTED = json.loads((DATA / "expected.json").read_text())["aisne_2016"]
LABELS = {"FAIT": Status.DONE, "Reporté": Status.POSTPONED, "Abandonné": Status.ABANDONED}


def counts(content: dict) -> tuple[int, int, int]:
    return content["created"], content["changed"], content["unchanged"]


def action_of(text: str) -> Action:
    return Action.objects.select_related("finding__plan").get(finding__text=text)


def responsibles_of(text: str) -> list[str]:
    rows = ActionResponsible.objects.filter(action=action_of(text)).select_related("unit", "user")
    return [row.label for row in rows.order_by("position")]


def test_the_three_plans_hold_what_is_expected(site, referential, run):
    assert counts(run(AISNE)) == (37, 0, 0)
    found = {}
    for plan in Plan.objects.order_by("pk"):
        actions = Action.objects.filter(finding__plan=plan)
        found[plan.title] = {"actions": actions.count()}
        found[plan.title] |= {label: actions.filter(status=status).count() for label, status in LABELS.items()}
        found[plan.title]["without_responsible"] = actions.filter(responsibles=None).count()
    assert found == EXPECTED


def test_the_plans_know_their_origin_and_their_referential(site, referential, run):
    run(AISNE)
    rows = Plan.objects.order_by("pk").values_list("origin", "origin_on", "updated_on", "referential__code")
    assert list(rows) == [
        (Origin.INTERNAL_AUDIT, date(2015, 10, 16), date(2016, 10, 7), "qualipref-2-0"),
        (Origin.FEEDBACK, date(2015, 11, 9), date(2016, 10, 7), "qualipref-2-0"),
        (Origin.EXTERNAL_AUDIT, date(2015, 11, 27), date(2016, 10, 7), "qualipref-2-0"),
    ]


def test_sections_become_modules_and_engagements_carry_down(site, referential, run):
    run(AISNE)
    links = FindingEngagement.objects.filter(finding__plan__origin=Origin.INTERNAL_AUDIT).order_by("finding__number")
    found = [
        f"{link.finding.number} {link.engagement.module.code} {link.engagement.code}"
        for link in links.select_related("finding", "engagement__module")
    ]
    assert found == [
        "1 1 1", "2 1 1", "3 1 3", "4 1 3", "5 1 4", "6 1 8", "7 1 10", "8 1 14", "9 1 16", "10 1 17",
        "11 4 32", "12 4 32", "13 4 33",
        "14 pilotage 3", "15 pilotage 3", "16 pilotage 4", "17 labellisation bilan annuel",
    ]  # fmt: skip
    assert Finding.objects.filter(engagement_links__engagement__code="14.3").count() == 1
    without = Finding.objects.filter(engagement_links=None).select_related("module").order_by("plan", "number")
    assert [(one.number, one.module.code) for one in without] == [
        (4, "4"), (5, "pilotage"), (6, "pilotage"), (7, "pilotage"), (8, "pilotage"),
    ]  # fmt: skip


def test_several_responsibles_of_a_cell_are_told_apart(site, referential, run):
    content = run(AISNE)
    verbal = "Prise en compte des réclamations verbales que ce soit par téléphone ou à l'accueil physique"
    assert responsibles_of(verbal) == ["RQ", "DLP", "SIDSIC"]
    hours = Finding.objects.get(text__startswith="La page « horaires et coordonnées »")
    assert responsibles_of(hours.text) == ["RQ", "Webmestre"]
    known = ActionResponsible.objects.filter(unit__code="02-sidsic").values_list("words", flat=True)
    assert list(known) == ["SIDSIC"] * 5
    said = [one for one in content["warnings"] if "« DLP »" in one["message"]]
    assert said[0] == {
        "sheet": "Audit interne 2015",
        "cell": "C22",
        "message": "« DLP » n’est ni une unité ni une personne connue : ces mots sont gardés.",
    }


def test_deadlines_are_kept_as_written_and_understood(site, referential, run):
    run(AISNE)
    assert {action.deadline_text: words(action.deadline) for action in Action.objects.all()} == {
        "15/11/15": "le 15/11/2015",
        "20/11/15": "le 20/11/2015",
        "01/11/15": "le 01/11/2015",
        "03/11/15": "le 03/11/2015",
        "01/12/15": "le 01/12/2015",
        "15/12/15": "le 15/12/2015",
        "01/01/16": "le 01/01/2016",
        "15/01/16": "le 15/01/2016",
        "31/01/16": "le 31/01/2016",
        "01/02/16": "le 01/02/2016",
        "04/02/16": "le 04/02/2016",
        "01/06/16": "le 01/06/2016",
        "1er trim. 2016": "du 01/01/2016 au 31/03/2016",
        "1er trim 2016": "du 01/01/2016 au 31/03/2016",
        "Fin 2015": "du 01/10/2015 au 31/12/2015",
        "fin 2016": "du 01/10/2016 au 31/12/2016",
        "déjà fait": "déjà fait",
        "pour le prochain CLU": "au prochain CLU (date à fixer)",
    }


def test_the_reason_of_an_abandonment_and_the_day_it_was_done_come_from_the_comment(site, referential, run):
    run(AISNE)
    abandoned = Action.objects.get(status=Status.ABANDONED)
    assert abandoned.status_reason.startswith("Les 2 supports suivants suffisent")
    assert abandoned.comment == ""  # one fact, one field
    told = Action.objects.filter(done_on__isnull=False).order_by("done_on").values_list("done_on", flat=True)
    assert list(told) == [date(2015, 11, 3), date(2016, 4, 1), date(2016, 4, 8)]
    assert Finding.objects.filter(closed_on=None).count() == 1  # the one put off
    closed = set(Finding.objects.exclude(closed_on=None).values_list("closed_on", flat=True))
    assert closed == {date(2015, 11, 3), date(2016, 4, 1), date(2016, 4, 8), date(2016, 10, 7)}


def test_every_row_takes_effect_on_the_day_of_the_document_and_says_when_it_was_recorded(site, referential, run):
    run(AISNE)
    midnight = timezone.make_aware(datetime(2016, 10, 7))
    for model in (Plan, Finding, FindingEngagement, Action, ActionResponsible):
        rows = model.history.all()
        assert rows.count() == model.objects.count()
        assert set(rows.values_list("history_date", flat=True)) == {midnight}
        assert {timezone.localdate(day) for day in rows.values_list("recorded_at", flat=True)} == {timezone.localdate()}
        assert set(rows.values_list("history_change_reason", flat=True)) == {f"Import de « {AISNE.name} »"}
    assert history.as_of(Action, midnight).count() == 37
    assert history.as_of(Action, midnight - timedelta(days=1)).count() == 0


def test_the_same_file_again_changes_nothing(site, referential, run):
    run(AISNE)
    before = Action.history.count(), Finding.history.count(), Plan.history.count()
    assert counts(run(AISNE)) == (0, 0, 37)
    assert (Action.history.count(), Finding.history.count(), Plan.history.count()) == before
    assert PlanImport.objects.count() == 1


def test_a_dry_run_writes_nothing(site, referential, run):
    assert counts(run(AISNE, "--dry-run")) == (37, 0, 0)
    assert (Plan.objects.count(), PlanImport.objects.count()) == (0, 0)


def test_one_sheet_may_be_chosen(site, referential, run):
    assert counts(run(AISNE, "--sheet", "Retour d'expérience")) == (8, 0, 0)
    assert Plan.objects.get().origin == Origin.FEEDBACK


def test_another_day_of_effect_may_be_told(site, referential, run):
    run(AISNE, "--effective-on", "2016-01-31")
    days = set(Plan.history.values_list("history_date", flat=True))
    assert days == {timezone.make_aware(datetime(2016, 1, 31))}


def test_the_text_of_the_document_gives_the_same_plans_as_the_workbook(site, referential, run):
    """Its three tables stand one below the other, and its superscripts are written « 1 ^{er} »."""
    assert counts(run(DATA / "plans_aisne_2016.txt")) == (37, 0, 0)
    found = {}
    for plan in Plan.objects.order_by("pk"):
        actions = Action.objects.filter(finding__plan=plan)
        found[plan.title] = [actions.filter(status=status).count() for status in LABELS.values()]
    assert found == {title: [row[label] for label in LABELS] for title, row in EXPECTED.items()}
    quarter = Action.objects.filter(deadline_text__startswith="1 ^{er} trim")
    assert set(quarter.values_list("deadline_latest", flat=True)) == {date(2016, 3, 31)}


def test_without_a_referential_the_words_are_kept(site, run):
    content = run(AISNE)
    assert counts(content) == (37, 0, 0)
    assert FindingEngagement.objects.count() == 0
    first = Finding.objects.order_by("plan", "number").first()
    assert first.engagement_words == "1 – Nous vous informons sur les conditions d'accueil dans nos services"
    assert first.section == "Module obligatoire « relation générale avec les usagers »"


def test_an_updated_file_changes_what_it_tells_at_its_own_day(site, referential, run, tmp_path):
    run(AISNE)
    book = openpyxl.load_workbook(AISNE)
    sheet = book["Retour d'expérience"]
    sheet["A3"] = "màj 15/12/16"
    sheet["E8"], sheet["D8"], sheet["F8"] = "FAIT", "2017", None
    sheet["C9"] = "SIDSIC / BRH"
    file = tmp_path / "plan.xlsx"
    book.save(file)
    assert counts(run(file)) == (0, 2, 35)
    action = action_of("formation des agents dans le cadre du plan de prévention et de la lutte contre la fraude")
    assert (action.status, action.deadline_text, action.deadline_latest) == (Status.DONE, "2017", date(2017, 12, 31))
    assert (action.promised_text, action.move_count) == ("fin 2016", 1)
    assert action.comment.startswith("La circulaire")  # a blank never erases what was typed
    assert action.finding.plan.updated_on == date(2016, 12, 15)
    days = action.history.values_list("history_date", flat=True)
    assert {timezone.localdate(day) for day in days} == {date(2016, 10, 7), date(2016, 12, 15)}
    assert responsibles_of(
        "diffusion mensuelle des statistiques téléphoniques aux différents services (taux de décroché en moins de "
        "20 secondes et appels perdus)"
    ) == ["SIDSIC", "BRH"]
