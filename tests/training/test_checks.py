"""Who will be out of date on a day, what contradicts itself, figures computed each month, what is kept how long."""

from datetime import date

import pytest

from core.base.registries import retention_rules
from indicators.collectors import Measured
from organisations.enums import Role
from referential.registries import RED, readiness
from tests.organisations.factories import PrefectureFactory, ServiceFactory, user_with
from tests.training.factories import (
    AgentFactory,
    AgreementFactory,
    PastTrainingFactory,
    PostFactory,
    SessionFactory,
    TrainingThemeFactory,
)
from training import checks
from training.models import Agent, TrainingImport
from training.services import people
from training.training_rates import TUTORED, UP_TO_DATE

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return PrefectureFactory(code="38")


@pytest.fixture
def post(site):
    service = ServiceFactory(parent=site, name="Accueil général")
    return PostFactory(agent=AgentFactory(unit=service), theme=TrainingThemeFactory(), taken_on=date(2023, 9, 1))


def test_an_audit_asks_who_will_be_out_of_date_on_its_day(time_machine, site, post):
    find = readiness.get("training").signals
    time_machine.move_to(date(2024, 8, 1), tick=False)

    assert [one.sentence for one in find(site, date(2024, 9, 1))] == ["1 agent à former sans tuteur, le 01/09/2024"]
    assert [(one.level, one.sentence) for one in find(site, date(2024, 9, 2))] == [
        (RED, "Accueil physique : 1 agent ne sera plus à jour, sur 1, le 02/09/2024"),
    ]
    time_machine.move_to(date(2024, 9, 2), tick=False)
    assert [one.sentence for one in find(site, date(2024, 9, 2))] == [
        "Accueil physique : 1 agent en retard, sur 1, le 02/09/2024"
    ]
    AgreementFactory(tutee=post.agent)
    assert list(find(site, date(2024, 1, 1))) == []


def test_vague_or_unsigned_agreements_and_idle_sessions_are_told(site, post):
    AgreementFactory(tutee=post.agent, unit=post.unit, service="Accueil", skills="accueil", ends_on=date(2024, 3, 14))
    SessionFactory(course__unit=site, course__name="Laïcité", starts_on=date(2024, 5, 2))

    told = [*checks.vague_agreements(site, 2024), *checks.sessions_without_theme(site, 2024)]
    assert [one.message for one in told] == [
        "Convention de tutorat (Accueil, du 15/09/2023 au 14/03/2024) : les compétences ne sont pas assez précises.",
        "Convention de tutorat (Accueil, du 15/09/2023 au 14/03/2024) : 0 signature sur 3.",
        "« Laïcité, le 02/05/2024 » ne compte pour aucun thème.",
    ]


def test_the_shares_of_a_month_come_from_the_posts_of_its_last_day(site, post):
    PastTrainingFactory(agent=post.agent, theme=post.theme, on=date(2024, 5, 2))
    new = PostFactory(agent=AgentFactory(unit=post.unit), theme=post.theme, taken_on=date(2024, 6, 3))
    AgreementFactory(tutee=new.agent, starts_on=date(2024, 6, 18), ends_on=date(2024, 12, 31))

    assert UP_TO_DATE.compute(site, 2024, 6) == Measured(numerator=1, denominator=2)
    assert TUTORED.compute(site, 2024, 6) == Measured(numerator=1, denominator=1)
    assert TUTORED.compute(site, 2024, 7) is None
    assert UP_TO_DATE.compute(site, 2099, 1) is None
    cases = UP_TO_DATE.cases(site, 2024)
    assert sum(case.is_favourable for case in cases if case.month == 6) == 1
    assert not any("Dupont" in case.label for case in cases)


def test_who_left_five_years_ago_is_erased_with_the_copies_that_name_them(site, post, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    post.ended_on = date(2020, 1, 31)
    post.taken_on = date(2015, 1, 1)
    post.save()
    copy = TrainingImport.objects.create(
        unit=site, name="suivi.csv", digest="0" * 64, preview={"cells": ["DUPONT Jeanne"]}, shown={"1": "Dupont"}
    )
    Agent.objects.update(last_name="Dupont")
    rule = retention_rules.get("training-agents")

    assert list(rule.due(date(2025, 1, 31))) == []
    assert list(rule.due(date(2025, 2, 1))) == [post.agent]
    assert rule.erase(rule.due(date(2025, 2, 1)), by=None) == 1
    copy.refresh_from_db()
    assert (copy.preview, copy.shown, Agent.objects.get().name) == ({}, {}, f"Agent effacé n° {post.agent.pk}")
    assert list(rule.due(date(2030, 1, 1))) == []


def test_who_never_held_a_post_is_erased_five_years_after_they_were_named(time_machine, site):
    time_machine.move_to(date(2020, 3, 2), tick=False)
    agent = people.add(unit=site, last_name="Canariwsky", by=None)
    tutee = people.add(unit=site, last_name="Petit", by=None)
    AgreementFactory(tutee=tutee, unit=site, tutor=AgentFactory(unit=site), ends_on=date(2024, 3, 14))
    rule = retention_rules.get("training-agents")

    assert list(rule.due(date(2025, 3, 2))) == []
    assert list(rule.due(date(2025, 3, 3))) == [agent]


def test_an_agent_erased_at_their_request(site, post):
    assert people.erase(Agent.objects.all(), by=user_with(Role.TRAINING_MANAGER, site), reason="À sa demande") == 1
    assert Agent.objects.get().last_name == ""
