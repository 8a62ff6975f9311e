"""Forms received: one row each, once per key, checked against the frozen questionnaire.

Its arrival is the row itself (no history row); setting it aside, correcting it and taking it back are in the history.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.base.errors import UserError
from core.base.words import in_words
from core.record import history
from organisations.models import User
from surveys.enums import UNGUIDED, CampaignState, Language
from surveys.models import Campaign, CollectionPoint, Place, Question, Questionnaire, Response, Scenario, SurveyImport
from surveys.rules import answers as rules

BATCH = 500


class SurveyClosed(UserError):
    """The survey does not take forms: not open yet, or closed."""


class AnswersRefused(UserError):
    """Answers that the questionnaire does not have, or too long; `problems` tells each."""

    def __init__(self, problems: Sequence[rules.AnswerProblem]):
        super().__init__(" ".join(problem.sentence() for problem in problems))
        self.problems = list(problems)


@dataclass(frozen=True)
class Received:
    """A filled form to record; `answers` is raw: {question code: code | [codes] | text}."""

    key: UUID
    answers: Mapping[str, Any]
    channel: str
    answered_on: date
    point: CollectionPoint | None = None
    place: Place | None = None
    language: str = Language.FRENCH
    scenario: Scenario | None = None
    tester: str = ""
    duration: int | None = None
    number: str = ""
    sent_at: datetime | None = None
    replied_at: datetime | None = None


def questions_of(questionnaire: Questionnaire | int) -> list[Question]:
    """The questions of a questionnaire in order; give the object or its id."""
    pk = questionnaire if isinstance(questionnaire, int) else questionnaire.pk
    return list(Question.objects.filter(questionnaire=pk).order_by("position", "pk"))


def definition_of(questionnaire: Questionnaire | int) -> rules.Definition:
    """The same as the rules see them. One query, and none once a questionnaire is given that is frozen."""
    if isinstance(questionnaire, Questionnaire) and questionnaire.frozen_at:
        return frozen_definition(questionnaire.pk, questionnaire.frozen_at)
    return _definition(questions_of(questionnaire))


@lru_cache(maxsize=64)
def frozen_definition(pk: int, frozen_at: datetime) -> rules.Definition:
    """Kept by each process: what was asked no longer changes."""
    return _definition(questions_of(pk))


def _definition(questions: list[Question]) -> rules.Definition:
    codes = {question.pk: question.code for question in questions}
    return tuple(rules.item_of(question, codes.get(question.shown_if_id or 0, "")) for question in questions)


def receive(
    campaign: Campaign,
    *,
    key: UUID,
    answers: Mapping[str, Any],
    channel: str,
    answered_on: date,
    point: CollectionPoint | None = None,
    place: Place | None = None,
    language: str = Language.FRENCH,
    entered_by: User | None = None,
    source: SurveyImport | None = None,
    scenario: Scenario | None = None,
    tester: str = "",
    duration: int | None = None,
    number: str = "",
    sent_at: datetime | None = None,
    replied_at: datetime | None = None,
) -> tuple[Response, bool]:
    """Record one form; (the row, whether it is new). A key already known changes nothing and gives its row back.

    Refused in a sentence: `SurveyClosed`, a day outside the campaign, `AnswersRefused`.
    """
    form = Received(
        key,
        answers,
        channel,
        answered_on,
        point,
        place,
        language,
        scenario,
        tester,
        duration,
        number,
        sent_at,
        replied_at,
    )
    if campaign.is_open:
        row = _row(campaign, form, definition_of(campaign.questionnaire_id), entered_by=entered_by, source=source)
        return insert_once(row)
    if known := Response.objects.filter(key=key).first():
        return known, False
    raise refusal_of(campaign)


def receive_many(
    campaign: Campaign,
    forms: Iterable[Received],
    *,
    entered_by: User | None = None,
    source: SurveyImport | None = None,
) -> tuple[list[Response], int]:
    """Record many forms, all or nothing; (the new rows, how many keys were known already).

    Same refusals as `receive`, the first one met says which form it is about.
    """
    once = list({form.key: form for form in forms}.values())
    try:
        return _record_many(campaign, once, entered_by, source)
    except IntegrityError:  # some of them came in meanwhile, by another way
        return _record_many(campaign, once, entered_by, source)


def refusal_of(campaign: Campaign) -> SurveyClosed:
    """Why a campaign takes no form."""
    if campaign.state == CampaignState.DRAFT:
        return SurveyClosed("L’enquête n’est pas encore ouverte.")
    return SurveyClosed("L’enquête est close : elle ne reçoit plus de formulaire.")


def check_day(campaign: Campaign, answered_on: date) -> None:
    """Refuse a day to come, or outside the campaign."""
    if answered_on > timezone.localdate():
        raise UserError(f"Le {in_words(answered_on)} est à venir : vérifiez la date.", field="answered_on")
    if not campaign.starts_on <= answered_on <= campaign.ends_on:
        raise UserError(
            f"Le {in_words(answered_on)} est hors de la campagne "
            f"(du {in_words(campaign.starts_on)} au {in_words(campaign.ends_on)}).",
            field="answered_on",
        )


@transaction.atomic
def correct(
    response: Response, *, answers: Mapping[str, Any], by: User | None, reason: str = "", **fields: Any
) -> Response:
    """Write again a form entered by hand: its answers, and any of place, day, language, number, scenario, tester."""
    campaign = response.campaign
    if not campaign.is_open:
        raise refusal_of(campaign)
    cleaned = accepted(definition_of(campaign.questionnaire_id), answers, channel=response.channel)
    response.answers, response.has_text = cleaned.answers, cleaned.has_text
    for name, value in fields.items():
        setattr(response, name, value)
    check_day(campaign, response.answered_on)
    history.save(response, by=by, reason=reason or "Saisie corrigée", fields=["answers", "has_text", *fields])
    return response


@transaction.atomic
def set_aside(response: Response, *, by: User, reason: str) -> Response:
    """Leave a form out of the results, with the reason; it stays readable and can be taken back."""
    _refuse_when_closed(response.campaign)
    if not reason.strip():
        raise UserError("Dites pourquoi ce formulaire est écarté.", field="reason")
    response.withdrawn_at, response.withdrawn_reason = timezone.now(), reason.strip()[:300]
    history.save(response, by=by, reason=reason, fields=["withdrawn_at", "withdrawn_reason"])
    return response


@transaction.atomic
def take_back(response: Response, *, by: User, reason: str = "") -> Response:
    """Count again a form that was set aside."""
    _refuse_when_closed(response.campaign)
    response.withdrawn_at, response.withdrawn_reason = None, ""
    history.save(response, by=by, reason=reason, fields=["withdrawn_at", "withdrawn_reason"])
    return response


def _refuse_when_closed(campaign: Campaign) -> None:
    """The results of a closed survey are those that were presented."""
    if not campaign.is_open:
        raise UserError("L’enquête est close : rouvrez-la pour changer les formulaires qui comptent.")


def insert_once(row: Response) -> tuple[Response, bool]:
    """One INSERT and no history row; a key that is already there gives the row that has it."""
    try:
        with transaction.atomic():
            Response.objects.bulk_create([row])
    except IntegrityError:
        known = Response.objects.filter(key=row.key).first()
        if known is None:
            raise
        return known, False
    return row, True


@transaction.atomic
def _record_many(
    campaign: Campaign, forms: list[Received], entered_by: User | None, source: SurveyImport | None
) -> tuple[list[Response], int]:
    known: set[UUID] = set()
    for start in range(0, len(forms), BATCH):
        keys = [form.key for form in forms[start : start + BATCH]]
        known |= set(Response.objects.filter(key__in=keys).values_list("key", flat=True))
    fresh = [form for form in forms if form.key not in known]
    if fresh and not campaign.is_open:
        raise refusal_of(campaign)
    definition = definition_of(campaign.questionnaire_id)
    rows = [_row_of_many(campaign, form, definition, entered_by, source) for form in fresh]
    return Response.objects.bulk_create(rows, batch_size=BATCH), len(known)


def _row_of_many(
    campaign: Campaign,
    form: Received,
    definition: rules.Definition,
    entered_by: User | None,
    source: SurveyImport | None,
) -> Response:
    try:
        return _row(campaign, form, definition, entered_by=entered_by, source=source)
    except UserError as error:
        raise UserError(f"Formulaire {form.number or form.key} : {error}", field=error.field) from error


def _row(
    campaign: Campaign,
    form: Received,
    definition: rules.Definition,
    *,
    entered_by: User | None,
    source: SurveyImport | None,
) -> Response:
    check_day(campaign, form.answered_on)
    cleaned = accepted(definition, form.answers, channel=form.channel)
    place = form.place or (form.point.place if form.point else None)
    return Response(
        campaign=campaign,
        key=form.key,
        channel=form.channel,
        point=form.point,
        place=place,
        language=form.language,
        answered_on=form.answered_on,
        answers=cleaned.answers,
        has_text=cleaned.has_text,
        scenario=form.scenario,
        tester=form.tester,
        duration=form.duration,
        number=form.number,
        entered_by=entered_by,
        source=source,
        sent_at=form.sent_at,
        replied_at=form.replied_at,
    )


def accepted(definition: rules.Definition, raw: Mapping[str, Any], *, channel: str) -> rules.Cleaned:
    """On paper and in other tools, people skip a question and answer those that follow from it: nothing is dropped."""
    cleaned = rules.clean(definition, raw, is_guided=channel not in UNGUIDED)
    if cleaned.problems:
        raise AnswersRefused(cleaned.problems)
    return cleaned
