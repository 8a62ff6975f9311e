"""The journal: who changed what in a plan, a finding, an action, with both dates, in a fixed number of queries."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.models import ActionResponsible, FindingEngagement
from actions.views import journal
from core.record import history
from tests.actions.factories import ActionFactory, FindingFactory, PlanFactory
from tests.organisations.factories import ServiceFactory, UserFactory
from tests.referential.factories import EngagementFactory

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2016, 10, 7, 22, tzinfo=UTC)


def told(events: journal.Journal) -> list[dict]:
    return events.entries(events.keys())


def titles(events: journal.Journal) -> list[str]:
    return [entry["title"] for entry in told(events)]


@pytest.fixture
def author():
    return UserFactory(first_name="Claire", last_name="Fabre")


def changed(row, by=None, reason="", **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    history.save(row, by=by, reason=reason)
    return row


def test_a_change_tells_its_author_its_reason_the_old_and_the_new(author):
    action = ActionFactory()
    changed(action, by=author, reason="Relecture", status="done", done_on=date(2020, 3, 1))
    assert told(journal.of_action(action.pk))[0] | {"when": None} == {
        "when": None,
        "recorded": None,
        "title": "Action modifiée",
        "who": "Claire Fabre",
        "reason": "Relecture",
        "changes": [("Statut", "À faire", "Réalisée"), ("Réalisée le", "", "01/03/2020")],
        "about": "",
    }


def test_a_deadline_is_one_line_in_its_words_with_its_days():
    action = ActionFactory()
    changed(
        action, deadline_text="1er trim. 2016", deadline_earliest=date(2016, 1, 1), deadline_latest=date(2016, 3, 31),
        promised_text="1er trim. 2016", promised_latest=date(2016, 3, 31),
    )  # fmt: skip
    changed(action, deadline_text="15/04/16", deadline_earliest=date(2016, 4, 15), deadline_latest=date(2016, 4, 15))
    latest, first, _ = told(journal.of_action(action.pk))
    words = "1er trim. 2016 (du 01/01/2016 au 31/03/2016)"
    assert first["changes"] == [("Échéance", "", words)]
    assert latest["changes"] == [("Échéance", words, "15/04/16")]


def test_what_a_document_told_later_carries_both_dates(author):
    action = ActionFactory.build(finding=FindingFactory())
    history.bulk_create([action], by=author, reason="Import", effective_at=LONG_AGO)
    [entry] = told(journal.of_action(action.pk))
    assert entry["when"] == LONG_AGO
    assert entry["recorded"].year > 2016


def test_responsibles_and_engagements_come_and_go_in_the_journal_of_their_object():
    action = ActionFactory()
    link = ActionResponsible(action=action, unit=ServiceFactory(sigle="SIDSIC", name="Systèmes d’information"))
    history.save(link, by=None)
    history.delete(link, by=None)
    engagement = FindingEngagement(finding=action.finding, engagement=EngagementFactory())
    history.save(engagement, by=None)
    assert titles(journal.of_action(action.pk)) == [
        f"Responsable retiré : {link.unit}", f"Responsable ajouté : {link.unit}", "Action ajoutée",
    ]  # fmt: skip
    assert titles(journal.of_finding(action.finding_id)) == [
        f"Engagement rattaché : {engagement.engagement}", "Constat ajouté",
    ]  # fmt: skip


def test_the_journal_of_a_plan_holds_what_was_deleted_and_names_it():
    plan = PlanFactory()
    finding = FindingFactory(plan=plan, number=1, text="Horaires absents")
    mute = ActionFactory(finding=finding, text="")
    other = ActionFactory(finding=finding, text="Afficher les horaires")
    history.delete(other, by=None, reason="Doublon")
    history.delete(mute, by=None, reason="Doublon")
    entries = told(journal.of_plan(plan.pk))
    assert [(entry["title"], entry["about"]) for entry in entries] == [
        ("Action supprimée", "Action : 1 – Horaires absents"),
        ("Action supprimée", "Action : Afficher les horaires"),
        ("Action ajoutée", "Action : Afficher les horaires"),
        ("Action ajoutée", "Action : 1 – Horaires absents"),
        ("Constat ajouté", "Constat : 1 – Horaires absents"),
        ("Plan ouvert", ""),
    ]


def test_a_twin_is_named_even_where_its_finding_says_it_all():
    leader = ActionFactory(text="", finding=FindingFactory(number=4, text="Conventions de tutorat"))
    twin = changed(ActionFactory(), merged_into=leader)
    assert told(journal.of_action(twin.pk))[0]["changes"] == [("Jumelée avec", "", "4 – Conventions de tutorat")]


def test_the_author_of_a_deleted_account_is_told_by_number(author):
    action = changed(ActionFactory(), by=author, comment="vu")
    number = author.pk
    author.delete()
    assert told(journal.of_action(action.pk))[0]["who"] == f"compte n° {number} (supprimé)"


def queries_of(events: journal.Journal) -> int:
    with CaptureQueriesContext(connection) as queries:
        told(events)
    return len(queries)


def test_a_page_of_the_journal_costs_the_same_queries_whatever_its_rows():
    plan = PlanFactory()
    counts = []
    for more in (1, 2):
        for _ in range(more):
            action = ActionFactory(finding=FindingFactory(plan=plan), text="")
            changed(action, comment="vu")
            history.save(ActionResponsible(action=action, unit=ServiceFactory()), by=None)
        counts.append(queries_of(journal.of_plan(plan.pk)))
    assert counts == [17, 17]
