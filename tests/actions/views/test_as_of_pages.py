"""« Le plan au … » and the difference of two days: the day asked for, what was removed since, both dates."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from actions.as_of.days import ChangeDay, change_days
from actions.models import Plan
from actions.services import actions, findings, plans, progress, twins
from organisations.enums import Role
from tests.core.page_checks import query_count
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
DOCUMENT = datetime(2016, 10, 7, tzinfo=UTC)


def on(day: str):
    """The clock of a working hour of that day."""
    return time_machine.travel(f"{day} 10:00+00:00", tick=False)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def site():
    return SousPrefectureFactory(code="laon", name="Sous-préfecture de Laon")


@pytest.fixture
def rq():
    return UserFactory(first_name="Claire", last_name="Fabre")


@pytest.fixture
def plan(site, rq) -> Plan:
    """A plan of January 2026, with an action done in March and another removed in May."""
    with on("2026-01-12"):
        plan = plans.create_plan(site=site, title="Audit interne", origin="internal_audit", by=rq)
        finding = findings.add_finding(plan, text="Horaires absents", by=rq, engagement_words="1 – Nous vous informons")
        kept = actions.add_action(finding, text="Afficher les horaires", deadline="28/02/2026", by=rq)
        gone = actions.add_action(finding, text="Imprimer un dépliant", by=rq)
    with on("2026-03-10"):
        progress.mark_done(kept, done_on=date(2026, 3, 9), comment="Affichés", by=rq)
    with on("2026-05-04"):
        actions.remove_action(gone, by=rq, reason="doublon")
    return plan


@pytest.fixture
def auditor(site, client):
    client.force_login(user_with(Role.AUDITOR, site))
    return client


def state(client, query: str = ""):
    return client.get(f"/plans/etat/laon/{query}")


def difference(client, start: str, end: str):
    return client.get(f"/plans/changements/laon/?du={start}&au={end}")


def lines(response) -> list[tuple]:
    return [
        (line.action, line.status, line.mark) for sheet in response.context_data["sheets"] for line in sheet.lines()
    ]


def test_the_plan_of_a_day_is_what_it_was_at_the_end_of_that_day(auditor, plan):
    assert lines(state(auditor, "?au=2026-03-09")) == [
        ("Afficher les horaires", "À faire", ""),
        ("Imprimer un dépliant", "À faire", "supprimée le 04/05/2026 par Claire Fabre : doublon"),
    ]
    assert lines(state(auditor, "?au=2026-03-10")) == [
        ("Afficher les horaires", "FAIT le 09/03/2026", ""),
        ("Imprimer un dépliant", "À faire", "supprimée le 04/05/2026 par Claire Fabre : doublon"),
    ]
    assert lines(state(auditor)) == [("Afficher les horaires", "FAIT le 09/03/2026", "")]


def test_what_was_removed_since_is_struck_and_said_in_words(auditor, plan):
    text = state(auditor, "?au=2026-03-10").text
    assert "<del>Imprimer un dépliant</del>" in text
    assert "Supprimée depuis" in text


def test_an_action_late_on_that_day_says_so_whatever_became_of_it(auditor, plan):
    tiles = {tile["label"]: tile["value"] for tile in state(auditor, "?au=2026-03-05").context_data["tiles"]}
    assert tiles == {
        "Plans": 1, "Actions": 2, "Réalisées": 0, "En cours": 0, "À faire ou reportées": 2, "Abandonnées": 0,
        "En retard ce jour-là": 1,
    }  # fmt: skip
    assert "En retard</span>" in state(auditor, "?au=2026-03-05").text


def test_an_action_merged_since_names_its_leader(auditor, plan, rq):
    with on("2026-06-01"):
        finding = plan.findings.get()
        twin = actions.add_action(finding, text="Poser une affiche", by=rq)
    with on("2026-06-02"):
        twins.merge(twin, into=finding.actions.get(text="Afficher les horaires"), by=rq, reason="même affiche")
    marked = [mark for action, _, mark in lines(state(auditor, "?au=2026-06-01")) if action == "Poser une affiche"]
    assert marked == ["jumelée le 02/06/2026 avec « Afficher les horaires »"]


def test_a_plan_taken_over_from_a_document_shows_both_dates(auditor, site, rq):
    taken = plans.create_plan(site=site, title="Audit 2015", origin="internal_audit", by=rq, effective_at=DOCUMENT)
    finding = findings.add_finding(taken, text="Constat", by=rq, effective_at=DOCUMENT)
    actions.add_action(finding, text="", by=rq, effective_at=DOCUMENT)
    [sheet] = state(auditor, "?au=2016-10-07").context_data["sheets"]
    assert sheet.recorded == "Plan repris d’un document : effet le 07/10/2016, enregistré le 22/11/2026"
    assert sheet.recorded in state(auditor, "?au=2016-10-07").text


def test_a_day_before_everything_says_what_to_do(auditor, plan):
    text = state(auditor, "?au=2025-12-31").text
    assert "Aucun plan d’actions n’existait ce jour-là." in text
    assert "Choisissez un jour plus récent" in text


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("2026-11-23", "Ce jour n’est pas encore venu : choisissez aujourd’hui ou un jour passé."),
        ("demain", "Saisissez une date valide."),
        ("", "Ce champ est obligatoire."),
    ],
)
def test_a_day_that_is_no_past_day_is_refused_in_one_sentence(auditor, plan, asked, message):
    response = state(auditor, f"?au={asked}")
    assert (response.status_code, response.context_data["form"].errors["au"]) == (200, [message])
    assert "sheets" not in response.context_data


def test_the_steps_of_time_lead_from_change_to_change(auditor, plan):
    found = state(auditor, "?au=2026-03-15").context_data
    assert (found["before"], found["after"]) == (
        (date(2026, 3, 10), "?au=2026-03-10"), (date(2026, 5, 4), "?au=2026-05-04"),
    )  # fmt: skip
    assert [(label, url) for label, _, url in found["landmarks"]] == [
        ("Aujourd’hui", "?au=2026-11-22"), ("Fin du mois dernier", "?au=2026-10-31"),
    ]  # fmt: skip
    assert found["slider"] == [
        ["2026-01-12", "12/01/2026", 4], ["2026-03-10", "10/03/2026", 1], ["2026-05-04", "04/05/2026", 2],
    ]  # fmt: skip


def test_the_days_of_change_count_what_was_deleted_and_no_other_site(plan, site):
    with on("2026-02-02"):
        plans.create_plan(site=SousPrefectureFactory(), title="Ailleurs", origin="clu", by=None)
    assert change_days(site) == [
        ChangeDay(date(2026, 1, 12), 4), ChangeDay(date(2026, 3, 10), 1), ChangeDay(date(2026, 5, 4), 2),
    ]  # fmt: skip


def test_a_change_late_in_the_evening_is_of_the_day_in_paris(plan, site, rq):
    with time_machine.travel("2026-07-14 22:30+00:00", tick=False):  # half past midnight on the 15th
        plans.change_plan(plan, comment="Relu", by=rq)
    assert change_days(site)[-1] == ChangeDay(date(2026, 7, 15), 1)


def test_one_plan_alone_can_be_read_even_once_removed(auditor, plan, site, rq):
    other = plans.create_plan(site=site, title="CLU", origin="clu", by=rq)
    key = plan.pk
    assert len(state(auditor).context_data["sheets"]) == 2
    assert [sheet.pk for sheet in state(auditor, f"?plan={other.pk}").context_data["sheets"]] == [other.pk]
    with on("2026-11-22"):
        plans.remove_plan(plan, by=rq, reason="ouvert par erreur")
    [sheet] = state(auditor, f"?au=2026-06-01&plan={key}").context_data["sheets"]
    assert sheet.mark == "supprimé le 22/11/2026 par Claire Fabre : ouvert par erreur"


def test_a_head_of_service_does_not_read_the_whole_past_of_the_site(client, site, plan):
    client.force_login(user_with(Role.HEAD_OF_SERVICE, ServiceFactory(parent=site)))
    assert state(client).status_code == 404
    assert "Aucun site ne vous est ouvert ici." in client.get("/plans/etat/").text


def test_the_first_site_opens_by_itself(auditor, site):
    assert auditor.get("/plans/etat/").url == "/plans/etat/laon/"
    assert auditor.get("/plans/changements/").url == "/plans/changements/laon/"


def test_the_difference_of_two_days_says_what_came_went_and_changed(auditor, plan):
    found = difference(auditor, "2026-03-01", "2026-11-22").context_data
    assert {tile["label"]: tile["value"] for tile in found["tiles"]} == {
        "Actions ajoutées": 0, "Actions supprimées": 1, "Actions modifiées": 1, "dont changements d’échéance": 0,
        "dont changements de statut": 1,
    }  # fmt: skip
    [shown] = found["plans"]
    changed, removed = shown["findings"][0]["actions"]
    assert [(change.label, change.old, change.new) for change in changed["changes"]] == [
        ("statut", "À faire", "Réalisée"), ("réalisée le", "", "09/03/2026"), ("commentaire", "", "Affichés"),
    ]  # fmt: skip
    assert (removed["badge"], removed["is_removed"], removed["item"].title) == (
        "Action supprimée", True, "Imprimer un dépliant",
    )  # fmt: skip


def test_the_old_is_struck_and_the_new_marked_in_words_too(auditor, plan):
    text = difference(auditor, "2026-03-01", "2026-11-22").text
    assert '<del><span class="fr-sr-only">avant : </span>À faire</del>' in text
    assert '<ins><span class="fr-sr-only">après : </span>Réalisée</ins>' in text
    assert "<del>Imprimer un dépliant</del>" in text


def test_what_was_added_is_marked(auditor, plan):
    found = difference(auditor, "2026-01-01", "2026-02-01")
    assert "<ins>Audit interne</ins>" in found.text
    assert found.context_data["plans"][0]["badge"] == "Plan ouvert"


def test_two_days_without_change_say_so(auditor, plan):
    assert "Rien n’a changé entre ces deux jours." in difference(auditor, "2026-06-01", "2026-07-01").text


def test_the_days_must_be_in_order_and_past(auditor, plan):
    assert difference(auditor, "2026-06-02", "2026-06-01").context_data["form"].errors["au"] == [
        "Le second jour précède le premier."
    ]
    assert "n’est pas encore venu" in difference(auditor, "2026-06-02", "2036-06-01").text


def test_the_difference_offers_days_that_have_a_name(auditor, plan):
    assert difference(auditor, "2026-06-01", "2026-07-01").context_data["landmarks"] == [
        ("Depuis la fin du mois dernier", "?du=2026-10-31&au=2026-11-22"),
        ("Depuis le début", "?du=2026-01-11&au=2026-11-22"),
    ]


@pytest.mark.parametrize(
    ("url", "queries"), [("/plans/etat/laon/", 24), ("/plans/changements/laon/?du=2026-11-01&au=2026-11-22", 25)]
)
def test_these_pages_cost_the_same_queries_whatever_their_rows(auditor, site, rq, url, queries):
    def grow():
        finding = findings.add_finding(plans.create_plan(
            site=site, title=f"Plan {Plan.objects.count()}", origin="clu", by=rq
        ), text="Constat", by=rq)  # fmt: skip
        actions.add_action(finding, text="Action", by=rq)

    grow()
    first = query_count(auditor, url)
    grow()
    grow()
    assert (first, query_count(auditor, url)) == (queries, queries)
