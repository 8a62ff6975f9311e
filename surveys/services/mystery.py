"""Mystery tests: scenarios, tests to be made on given days, tests made by a guest with or without network."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, TextChoices
from django.utils import timezone

from core.base.errors import UserError
from core.base.words import in_words
from core.record import history
from core.record.deeds import locked, set_fields
from organisations.calendars import calendar_of
from organisations.models import Unit, User
from surveys.enums import CampaignState, Channel, TestChannel
from surveys.models import Campaign, CollectionPoint, PlannedTest, Response, Scenario
from surveys.services import intake, points

SCENARIO_FIELDS = ("channel", "title", "instructions", "unit", "contact")
MOST_AT_ONCE = 200  # tests planned in one go
LONGEST_TESTER = 200


class Differs(UserError):
    """Tests recorded before come again with other answers: which ones are kept is asked."""


@dataclass
class Absorbed:
    """What became of the tests of a file."""

    created: int = 0
    known: int = 0
    changed: int = 0


class Keep(TextChoices):
    """Of two versions of one test, the one that is kept."""

    ASK = "", "Demander avant de rien changer"
    SENT = "sent", "Celles du fichier"
    RECORDED = "recorded", "Celles déjà enregistrées"


@dataclass(frozen=True)
class Test:
    """A test that was made; `key` is drawn where it is filled in, so that sending it again changes nothing."""

    __test__ = False  # not a test of pytest

    key: UUID
    answers: Mapping[str, Any]
    made_on: date
    scenario: Scenario | None = None
    planned: PlannedTest | None = None
    tester: str = ""
    duration: int | None = None  # seconds
    sent_at: datetime | None = None  # of a message
    replied_at: datetime | None = None  # its reply, or the automatic acknowledgement


@transaction.atomic
def add_scenario(
    campaign: Campaign,
    *,
    channel: str,
    title: str,
    by: User | None,
    instructions: str = "",
    unit: Unit | None = None,
    contact: str = "",
    reason: str = "",
) -> Scenario:
    """A scenario at the end of the campaign's list."""
    _refuse(campaign)
    last = Scenario.objects.filter(campaign=campaign).aggregate(last=Max("position"))["last"]
    scenario = Scenario(
        campaign=campaign,
        channel=channel,
        title=title.strip(),
        instructions=instructions.strip(),
        unit=unit,
        contact=contact.strip(),
        position=0 if last is None else last + 1,
    )
    _check_scenario(scenario)
    history.save(scenario, by=by, reason=reason)
    return scenario


@transaction.atomic
def change_scenario(scenario: Scenario, *, by: User, reason: str = "", **fields) -> Scenario:
    """Change its words, channel, tested service or number to call."""
    scenario = locked(scenario, "campaign__site")
    _refuse(scenario.campaign)
    set_fields(scenario, fields, SCENARIO_FIELDS)
    _check_scenario(scenario)
    history.save(scenario, by=by, reason=reason)
    return scenario


@transaction.atomic
def remove_scenario(scenario: Scenario, *, by: User, reason: str = "") -> None:
    """Remove a scenario that no test was made of, with the tests planned of it."""
    _refuse(scenario.campaign)
    if scenario.responses.exists():
        raise UserError("Des tests ont été faits selon ce scénario : il ne se supprime plus.")
    for planned in scenario.planned_tests.all():
        history.delete(planned, by=by, reason=reason)
    history.delete(scenario, by=by, reason=reason)


@transaction.atomic
def plan_tests(
    scenario: Scenario,
    *,
    count: int,
    by: User,
    starts_on: date | None = None,
    ends_on: date | None = None,
    tester: str = "",
    reason: str = "",
) -> list[PlannedTest]:
    """Plan tests spread evenly over the working days of the site between two days, those of the campaign by default."""
    campaign = scenario.campaign
    _refuse(campaign)
    if not 1 <= count <= MOST_AT_ONCE:
        raise UserError(f"Prévoyez de 1 à {MOST_AT_ONCE} tests à la fois.", field="count")
    days = _working_days(campaign, starts_on or campaign.starts_on, ends_on or campaign.ends_on)
    tests = [
        PlannedTest(campaign=campaign, scenario=scenario, planned_on=day, tester=tester.strip())
        for day in spread(days, count)
    ]
    return history.bulk_create(tests, by=by, reason=reason)


@transaction.atomic
def unplan(planned: PlannedTest, *, by: User, reason: str = "") -> None:
    """Remove a test that was not made."""
    _refuse(planned.campaign)
    if planned.response_id:
        raise UserError("Ce test a été fait : il ne se retire plus du programme.")
    history.delete(planned, by=by, reason=reason)


@transaction.atomic
def invite(campaign: Campaign, *, expires_on: date, by: User, label: str = "") -> CollectionPoint:
    """A guest link for an investigator without an account, until a day."""
    _refuse(campaign)
    return points.add_point(
        campaign, channel=Channel.INVESTIGATOR, by=by, label=label or "Enquêteur invité", expires_on=expires_on
    )


@transaction.atomic
def record(
    campaign: Campaign,
    test: Test,
    *,
    point: CollectionPoint | None = None,
    by: User | None = None,
    keep: str = Keep.SENT,
) -> tuple[Response, bool]:
    """Record a test that was made; (its row, whether anything was written). A planned test is made once.

    The same test sent again with other answers is a correction, unless `keep` asks about it or says otherwise.
    """
    _refuse(campaign)
    _check_delay(test)
    planned = _locked_plan(campaign, test)
    if planned and planned.response and planned.response.key != test.key:
        raise UserError("Ce test prévu a déjà été fait : saisissez un test hors programme.")
    response, is_new = intake.receive(
        campaign,
        key=test.key,
        answers=test.answers,
        channel=Channel.INVESTIGATOR,
        answered_on=test.made_on,
        point=point,
        scenario=planned.scenario if planned else test.scenario,
        tester=(test.tester or (planned.tester if planned else "")).strip()[:LONGEST_TESTER],
        duration=test.duration,
        entered_by=by,
        sent_at=test.sent_at,
        replied_at=test.replied_at,
    )
    if planned and not planned.response_id:
        planned.response = response
        history.save(planned, by=by, reason="Test fait")
    return response, is_new or _corrected(response, test, keep, by)


def _corrected(response: Response, test: Test, keep: str, by: User | None) -> bool:
    """Whether a test known already was written again."""
    definition = intake.definition_of(response.campaign.questionnaire_id)
    sent = intake.accepted(definition, test.answers, channel=Channel.INVESTIGATOR)
    if sent.answers == response.answers or keep == Keep.RECORDED:
        return False
    if keep == Keep.ASK:
        raise Differs("déjà repris, avec d’autres réponses : dites lesquelles garder.", field="keep")
    intake.correct(response, answers=test.answers, by=by, reason="Test renvoyé corrigé")
    return True


@transaction.atomic
def record_all(
    campaign: Campaign,
    tests: Iterable[Test],
    *,
    by: User,
    point: CollectionPoint | None = None,
    keep: str = Keep.ASK,
) -> Absorbed:
    """Record tests made without network, all or none. `Differs` names those that were recorded with other answers."""
    done, differing = Absorbed(), []
    for number, test in enumerate(tests, start=1):
        was_there = Response.objects.filter(key=test.key).exists()
        try:
            _, is_written = record(campaign, test, point=point, by=by, keep=keep)
        except Differs:
            differing.append(f"test {number} (le {in_words(test.made_on)})")
            continue
        except UserError as error:
            raise UserError(f"Test {number} (le {in_words(test.made_on)}) : {error}") from error
        done.created += is_written and not was_there
        done.changed += is_written and was_there
        done.known += not is_written
    if differing:
        raise Differs(
            f"Déjà repris avec d’autres réponses : {', '.join(differing)}. Dites lesquelles garder.", field="keep"
        )
    return done


def spread(days: list[date], count: int) -> list[date]:
    """`count` days among `days`, as even as can be; several on one day when there are more tests than days."""
    return [days[rank * len(days) // count + len(days) // (2 * count)] for rank in range(count)]


def _working_days(campaign: Campaign, first: date, last: date) -> list[date]:
    if not campaign.starts_on <= first <= last <= campaign.ends_on:
        raise UserError(
            f"Les tests se font du {in_words(campaign.starts_on)} au {in_words(campaign.ends_on)}.", field="starts_on"
        )
    calendar = calendar_of(campaign.site)
    every = [first + timedelta(days=rank) for rank in range((last - first).days + 1)]
    days = [day for day in every if calendar.is_working(day)]
    if not days:
        raise UserError("Aucun jour ouvré entre ces deux dates.", field="starts_on")
    return days


def _locked_plan(campaign: Campaign, test: Test) -> PlannedTest | None:
    if test.planned is None:
        return None
    rows = PlannedTest.objects.select_for_update(of=("self",)).select_related("scenario", "response")
    return rows.get(pk=test.planned.pk, campaign=campaign)


def _check_delay(test: Test) -> None:
    """A reply comes after what it answers, and neither is to come."""
    if test.replied_at and not test.sent_at:
        raise UserError("Dites quand le message est parti : sans cela, le délai est inconnu.", field="sent_at")
    if test.replied_at and test.sent_at and test.replied_at < test.sent_at:
        raise UserError(
            f"La réponse du {in_words(test.replied_at)} précède l’envoi du {in_words(test.sent_at)}.",
            field="replied_at",
        )
    latest = test.replied_at or test.sent_at
    if latest and latest > timezone.now():
        raise UserError(
            f"Le {in_words(latest)} est à venir : vérifiez la date et l’heure.",
            field="replied_at" if test.replied_at else "sent_at",
        )


def _refuse(campaign: Campaign) -> None:
    if not campaign.is_mystery:
        raise UserError("Cette campagne n’est pas une enquête mystère.")
    if campaign.state == CampaignState.CLOSED:
        raise UserError("La campagne est close : rouvrez-la pour changer ses tests.")


def _check_scenario(scenario: Scenario) -> None:
    if not scenario.title:
        raise UserError("Dites en quelques mots ce que l’enquêteur demande.", field="title")
    if scenario.channel not in TestChannel.values:
        raise UserError("Choisissez le canal testé.", field="channel")
    if scenario.unit is not None and scenario.unit.site.pk != scenario.campaign.site_id:
        raise UserError(f"« {scenario.unit} » n’est pas un service de « {scenario.campaign.site} ».", field="unit")
