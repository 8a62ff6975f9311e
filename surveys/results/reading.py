"""Where results are read from: the kept summary of a campaign, or its forms counted on the spot while it is open."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.dateformat import format as format_date

from surveys.enums import CampaignState, Channel, QuestionKind
from surveys.models import Campaign, CampaignResult, Place, Question, Response
from surveys.results.model import ChoiceRow, CriterionRow, Cut, Results
from surveys.rules.answers import Definition, item_of
from surveys.rules.tallies import CHOICE_KINDS, VERSION, TallyForm, tally

LIVE_FORMS = 5_000  # an open campaign is counted at each reading up to here; beyond, its summary is kept by a task
CHUNK = 2_000
NO_PLACE = "Lieu non précisé"


def for_campaign(campaign: Campaign) -> Results:
    """The results of a campaign, in a constant number of queries; nothing is written."""
    kept = CampaignResult.objects.filter(campaign=campaign).first()
    questions = questions_of(campaign)
    if kept is not None and is_current(campaign, kept):
        return _built(campaign, questions, kept.payload, computed_at=kept.computed_at)
    return _built(campaign, questions, count(campaign, questions))


def first_of(campaign: Campaign, number: int) -> Results:
    """The results of the first forms received, counted on the spot."""
    questions = questions_of(campaign)
    return _built(campaign, questions, count(campaign, questions, first=number))


def is_current(campaign: Campaign, kept: CampaignResult) -> bool:
    """Whether the kept summary is to be shown: always once closed, and where counting anew would be long."""
    if kept.payload.get("version") != VERSION:
        return False
    return campaign.state == CampaignState.CLOSED or kept.returns > LIVE_FORMS


def of_kept(kept: CampaignResult, questions: list[Question]) -> Results:
    """The results of a summary already read, for comparisons; places are not named."""
    return _built(kept.campaign, questions, kept.payload, computed_at=kept.computed_at, places={})


def count(campaign: Campaign, questions: list[Question] | None = None, *, first: int | None = None) -> dict:
    """Count the forms of a campaign one after the other, in bounded memory; only the `first` received if so many."""
    return tally(_forms(campaign, first), definition_of(questions if questions is not None else questions_of(campaign)))


def questions_of(campaign: Campaign) -> list[Question]:
    return list(Question.objects.filter(questionnaire=campaign.questionnaire_id).order_by("position", "pk"))


def definition_of(questions: list[Question]) -> Definition:
    """The questions as the rules see them."""
    codes = {question.pk: question.code for question in questions}
    return [item_of(question, codes.get(question.shown_if_id, "")) for question in questions]


def _forms(campaign: Campaign, first: int | None) -> Iterator[TallyForm]:
    rows = Response.objects.filter(campaign=campaign).counted().order_by("pk")[:first]
    for answers, place, channel, day in rows.values_list("answers", "place_id", "channel", "answered_on").iterator(
        chunk_size=CHUNK
    ):
        yield TallyForm(answers, place, channel, day)


def _built(campaign: Campaign, questions: list[Question], payload: Mapping, *, computed_at=None, places=None):
    names = _names_of_places(payload) if places is None else places
    channels = dict(Channel.choices)
    first_on, last_on = payload["first_on"], payload["last_on"]
    return Results(
        campaign=campaign,
        returns=payload["returns"],
        forms=payload["forms"],
        rows=_rows(campaign, questions, payload),
        by_place=_cuts(campaign, questions, payload["by_place"], lambda key: names.get(key, NO_PLACE)),
        by_channel=_cuts(campaign, questions, payload["by_channel"], lambda key: channels.get(key, key)),
        by_month=_cuts(campaign, questions, payload["by_month"], month_label),
        choices=_choices(questions, payload),
        texts=payload["texts"],
        first_on=first_on and date.fromisoformat(first_on),
        last_on=last_on and date.fromisoformat(last_on),
        computed_at=computed_at,
    )


def _rows(campaign: Campaign, questions: list[Question], payload: Mapping) -> list[CriterionRow]:
    return [
        CriterionRow(
            question=question.code,
            criterion=question.label,
            kind=question.kind,
            counts=payload["answers"].get(question.code, {}),
            returns=payload["returns"],
            threshold=campaign.significance_threshold,
            question_id=question.pk,
        )
        for question in questions
        if question.is_criterion
    ]


def _cuts(campaign: Campaign, questions: list[Question], slices, label_of) -> list[Cut]:
    return [
        Cut(one["key"], label_of(one["key"]), one["returns"], one["forms"], _rows(campaign, questions, one))
        for one in slices
    ]


def _choices(questions: list[Question], payload: Mapping) -> list[ChoiceRow]:
    """Who answered and why they came; a question that only opens others is not told: paper and files often skip it."""
    found = []
    gates = {question.shown_if_id for question in questions}
    for question in questions:
        counts = payload["answers"].get(question.code, {})
        if question.kind in CHOICE_KINDS and counts and question.pk not in gates:
            labels = [(choice["label"], counts.get(choice["code"], 0)) for choice in question.choices]
            found.append(ChoiceRow(question.code, question.label, labels, payload["returns"]))
    return found


def _names_of_places(payload: Mapping) -> dict:
    keys = [one["key"] for one in payload["by_place"] if one["key"] is not None]
    return dict(Place.objects.filter(pk__in=keys).values_list("pk", "name"))


def month_label(key: str) -> str:
    """« août 2021 »."""
    return format_date(date.fromisoformat(f"{key}-01"), "F Y")


def texts_of(questions: list[Question]) -> list[Question]:
    """The questions answered in free words."""
    return [question for question in questions if question.kind == QuestionKind.TEXT]
