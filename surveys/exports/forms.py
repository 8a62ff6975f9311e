"""The forms of a campaign, one line each, with nothing that singles a person out.

A form tells its place and, say, its profile: where fewer people than the public threshold share both, the profile is
not written. Hidden texts are not either.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from core.exports import Column
from core.words import in_words
from surveys.models import Campaign, Question, Response, Verbatim
from surveys.rules.tallies import CHOICE_KINDS

CHUNK = 2_000
FEW = "(effectif trop petit)"
AROUND = (Column("numero", 12), Column("date", 12), Column("canal", 14), Column("lieu", 28), Column("langue", 10))


OF_TEST = (
    Column("scenario", 32), Column("a_joindre", 28), Column("enqueteur", 24), Column("duree_s", 10),
    Column("envoye_le", 18), Column("reponse_le", 18), Column("delai_min", 10),
)  # fmt: skip


def columns(campaign: Campaign, questions: Sequence[Question]) -> list[Column]:
    """Those around the form, then one per question, under its code."""
    around = (*AROUND, *OF_TEST) if campaign.is_mystery else AROUND
    return [*around, *(Column(question.code, 16) for question in questions)]


def rows(campaign: Campaign, questions: Sequence[Question]) -> Iterator[list]:
    """A line per form that counts, in the order they were filled in, read a few at a time."""
    masked = Verbatim.objects.filter(response__campaign=campaign, is_hidden=True)
    hidden = set(masked.values_list("response_id", "question__code"))
    choices = [question.code for question in questions if question.kind in CHOICE_KINDS]
    least = 0 if campaign.is_mystery else campaign.public_threshold  # a test singles out nobody of the public
    shared = _shared(campaign, choices)
    for form in _forms(campaign):
        yield [
            form.number, form.answered_on, form.channel, form.place.code if form.place else "", form.language,
            *(_of_test(form) if campaign.is_mystery else ()),
            *(_cell(form, question.code, least, shared, hidden) for question in questions),
        ]  # fmt: skip


def _of_test(form: Response) -> list:
    """What was tried, with whom, by whom, and how long it took."""
    delay = form.delay
    return [
        form.scenario.title if form.scenario else "", form.scenario.contact if form.scenario else "", form.tester,
        form.duration, in_words(form.sent_at), in_words(form.replied_at),
        None if delay is None else round(delay.total_seconds() / 60),
    ]  # fmt: skip


def _forms(campaign: Campaign) -> Iterator[Response]:
    rows = Response.objects.filter(campaign=campaign).counted().select_related("place", "scenario")
    return rows.order_by("answered_on", "key").iterator(chunk_size=CHUNK)


def _shared(campaign: Campaign, choices: Sequence[str]) -> Counter:
    """How many forms share a place and an answer to a question that says who they come from."""
    found: Counter = Counter()
    rows = Response.objects.filter(campaign=campaign).counted().order_by()
    for place, answers in rows.values_list("place_id", "answers").iterator(chunk_size=CHUNK):
        found.update((place, code, str(answers[code])) for code in choices if code in answers)
    return found


def _cell(form: Response, code: str, least: int, shared: Counter, hidden: set) -> object:
    answer = form.answers.get(code, "")
    if (form.pk, code) in hidden:
        return "(masqué)"
    place = form.place_id
    if answer and (place, code, str(answer)) in shared and shared[place, code, str(answer)] < least:
        return FEW
    return answer
