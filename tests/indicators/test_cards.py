"""What the indicators put on the home page."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from core.base.home import home_queue, home_state
from core.base.registries import home_cards
from indicators.models import Campaign
from indicators.services import campaigns
from organisations.enums import Role
from tests.indicators.factories import (
    AssignmentFactory,
    CampaignFactory,
    IndicatorFactory,
    ReadingFactory,
    ValueFactory,
)
from tests.indicators.test_chapters import months
from tests.organisations.factories import PrefectureFactory, ServiceFactory, SousPrefectureFactory, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    return ServiceFactory(parent=SousPrefectureFactory(name="Site"))


def asked(user, rf):
    request = rf.get("/")
    request.user = user
    return request


def lines_of(code, user, rf) -> list[tuple[str, str, str, str]]:
    """(what, where, when, button) of the lines that a source gives a person."""
    today = timezone.localdate()
    found = home_queue.get(code).find(asked(user, rf))
    return [(one.what, one.where, one.when(today), one.action) for one in found]


def due_in_january(service) -> None:
    AssignmentFactory(unit=service)
    CampaignFactory(site=service.parent, year=2020, month=1, due_on=date(2020, 2, 10))


@pytest.mark.parametrize(
    ("today", "when"), [("2020-02-10", "pour aujourd’hui"), ("2020-02-23", "en retard de 13 jours")]
)
def test_a_service_reads_what_it_has_to_enter_and_by_when(service, rf, today, when):
    due_in_january(service)
    with time_machine.travel(f"{today}T12:00", tick=False):
        lines = lines_of("to-enter", user_with(Role.HEAD_OF_SERVICE, service), rf)
    assert lines == [("Janvier 2020\u202f: 0 valeur saisie sur 1", "Site", when, "Saisir")]


def test_a_service_without_indicator_reads_why_and_who_assigns_them(service, rf):
    lines = lines_of("to-enter", user_with(Role.HEAD_OF_SERVICE, service), rf)
    assert [(what, action) for what, _, _, action in lines] == [
        ("Aucun indicateur n’est encore affecté à vos services\u202f: c’est le référent qualité qui les affecte", "")
    ]


@time_machine.travel("2020-02-12T12:00", tick=False)
def test_the_referent_chases_then_validates_then_closes(client, service, rf):
    due_in_january(service)
    referent = user_with(Role.QUALITY_REFERENT, service.parent)
    assert lines_of("to-enter", referent, rf) == []
    lacking = "1 valeur de janvier 2020 manque, sur 1"
    nobody = f"{lacking}, et personne ne les saisit"
    assert lines_of("to-steer", referent, rf) == [(nobody, "Site", "en retard de 2 jours", "Voir")]

    heads = [user_with(role, service) for role in (Role.HEAD_OF_SERVICE, Role.CONTRIBUTOR)]
    assert lines_of("to-steer", referent, rf) == [(lacking, "Site", "en retard de 2 jours", "Relancer 2 personnes")]

    ValueFactory(indicator=service.parent.site_assignments.get().indicator, unit=service, month=1)
    assert lines_of("to-enter", heads[0], rf) == []
    assert lines_of("to-steer", referent, rf) == [("Janvier 2020 est complet", "Site", "", "Valider janvier")]

    campaigns.validate(Campaign.objects.get(), by=referent)
    (line,) = home_queue.get("to-steer").find(asked(referent, rf))
    assert (line.what, line.action, line.posts) == ("Janvier 2020 est validé", "Clore janvier", True)
    client.force_login(referent)
    client.post(line.action_url)
    assert Campaign.objects.get().state == "closed"
    assert lines_of("to-steer", referent, rf) == []


@pytest.mark.parametrize("number", [1, 4])
def test_the_months_cost_the_same_queries_whatever_the_sites(rf, number, django_assert_num_queries):
    prefecture = PrefectureFactory()
    user = user_with(Role.QUALITY_REFERENT, prefecture)
    for _ in range(number):
        due_in_january(ServiceFactory(parent=SousPrefectureFactory(parent=prefecture)))
    assert user.access
    with django_assert_num_queries(5):
        assert len(lines_of("to-steer", user, rf)) == number


def reading(service, label, *, met=None, values=("0.95",), **fields):
    target = {} if met is None else {"target_value": Decimal("0.9"), "target_direction": ">=", "target_met": met}
    return ReadingFactory(site=service.parent, year=2020, measured_months=1, months=months(*values),
                          indicator=IndicatorFactory(label=label), **target, **fields)  # fmt: skip


def test_six_figures_at_most_what_is_missed_then_what_worsens_first(service, rf):
    for label in "ABCDE":
        reading(service, label, met=True)
    reading(service, "Sans cible")
    reading(service, "En recul", met=True, values=("0.99", "0.95"))
    reading(service, "Manquée", met=False)
    content = home_cards.get("figures").render(asked(user_with(Role.MANAGEMENT, service.parent), rf))
    figures = content.context["figures"]
    assert [one["label"] for one in figures] == ["Manquée", "En recul", "A", "B", "C", "D"]
    assert (figures[0]["value"], figures[0]["detail"]) == ("95\u202f%", "cible ≥\u202f90\u202f%, non atteinte")
    assert figures[1]["detail"] == "cible ≥\u202f90\u202f%, atteinte, en recul"
    assert home_cards.get("figures").render(asked(user_with(Role.QUALITY_REFERENT, service.parent), rf)) is None


def test_the_direction_is_told_in_one_sentence_how_many_targets_are_met_and_what_worsens(service, rf):
    direction = user_with(Role.MANAGEMENT, service.parent)
    tell = home_state.get("targets").tell
    assert list(tell(asked(direction, rf))) == []
    reading(service, "A", met=True)
    assert [one.words for one in tell(asked(direction, rf))] == ["1 cible sur 1 atteinte en 2020"]
    for label in "BCD":
        reading(service, label, met=label != "B", values=("0.99", "0.95"))
    (told,) = tell(asked(direction, rf))
    worse = "se dégradent\u202f: « B », « C » et 1 autre"
    assert told.words == f"3 cibles sur 4 atteintes en 2020 ({worse})"
    assert (told.value, told.detail) == ("3 sur 4", "3 en recul")


def test_without_a_figure_the_direction_reads_why_and_a_service_nothing(service, rf):
    content = home_cards.get("figures").render(asked(user_with(Role.MANAGEMENT, service.parent), rf))
    assert content.rows[0].label == "Aucun chiffre pour le moment"
    assert home_cards.get("figures").render(asked(user_with(Role.HEAD_OF_SERVICE, service), rf)) is None
