"""The forms of a campaign, one line each, from which nobody can be recognised; their free texts are in a file apart.

What could tell a person (month, channel, place, profile) is emptied until each combination left is that of as many
forms as the least group. The order is drawn, not that of arrival; language, number and day are not told.
"""

from collections.abc import Hashable, Iterator, Sequence

from django.utils.crypto import salted_hmac

from core.base.words import in_words
from core.sheets.writing import Column
from surveys.models import Campaign, Question, Response, Verbatim
from surveys.results.disclosure import least_of
from surveys.results.reading import texts_of
from surveys.rules.disclosure import generalised
from surveys.rules.tallies import CHOICE_KINDS

CHUNK = 2_000
AROUND = (Column("mois", 12), Column("canal", 14), Column("lieu", 28))
OF_TEST = (
    Column("scenario", 32),
    Column("a_joindre", 28),
    Column("duree_s", 10),
    Column("envoye_le", 18),
    Column("reponse_le", 18),
    Column("delai_min", 10),
)
OF_TEXT = (Column("question", 40), Column("texte", 80))
ORDER = "surveys.exports.forms"


def columns(campaign: Campaign, questions: Sequence[Question]) -> list[Column]:
    """Those around the form, then one per question, under its code; free texts are elsewhere."""
    around = (*AROUND, *OF_TEST) if campaign.is_mystery else AROUND
    return [
        *around,
        *(Column(question.code, 16) for question in questions if question not in texts_of(list(questions))),
    ]


def rows(campaign: Campaign, questions: Sequence[Question]) -> Iterator[list]:
    """A line per form that counts; none where they are fewer than the least group."""
    texts = set(texts_of(list(questions)))
    choices = [question.code for question in questions if question.kind in CHOICE_KINDS]
    forms = _forms(campaign)
    if campaign.is_mystery:  # a test singles out nobody of the public, and says nothing of its investigator
        for form in forms:
            yield [*_around(form), *_of_test(form), *_answers(form, questions, texts, {})]
        return
    least = least_of(campaign)
    if len(forms) < least:
        return
    known = generalised([(*reversed(_around(form)), *_profile(form, choices)) for form in forms], least)
    for form, told in zip(forms, known, strict=True):
        around, profile = told[: len(AROUND)], dict(zip(choices, told[len(AROUND) :], strict=True))
        yield [*reversed(around), *_answers(form, questions, texts, profile)]


def text_rows(campaign: Campaign, questions: Sequence[Question]) -> Iterator[list]:
    """The free texts that were read and may be shown, shuffled, with neither place nor day."""
    read = Verbatim.objects.filter(response__campaign=campaign, response__withdrawn_at__isnull=True, is_hidden=False)
    shown = [
        (verbatim.question.label, words, f"{verbatim.pk}")
        for verbatim in read.select_related("question", "response")
        if (words := verbatim.response.answers.get(verbatim.question.code))
    ]
    for label, words, _key in sorted(shown, key=lambda one: _drawn(one[2])):
        yield [label, words]


def _forms(campaign: Campaign) -> list[Response]:
    rows = Response.objects.filter(campaign=campaign).counted().select_related("place", "scenario")
    return sorted(rows.iterator(chunk_size=CHUNK), key=lambda form: _drawn(str(form.key)))


def _drawn(key: str) -> str:
    return salted_hmac(ORDER, key).hexdigest()


def _around(form: Response) -> list[Hashable]:
    return [f"{form.answered_on:%Y-%m}", form.channel, form.place.code if form.place else ""]


def _profile(form: Response, choices: Sequence[str]) -> list[Hashable]:
    return [_plain(form.answers.get(code, "")) for code in choices]


def _plain(answer) -> str:
    return answer if isinstance(answer, str) else ", ".join(answer)


def _answers(form: Response, questions: Sequence[Question], texts: set, profile: dict) -> list:
    return [
        profile.get(question.code, _plain(form.answers.get(question.code, "")))
        for question in questions
        if question not in texts
    ]


def _of_test(form: Response) -> list:
    """What was tried, with whom, and how long it took."""
    delay = form.delay
    return [
        form.scenario.title if form.scenario else "",
        form.scenario.contact if form.scenario else "",
        form.duration,
        in_words(form.sent_at),
        in_words(form.replied_at),
        None if delay is None else round(delay.total_seconds() / 60),
    ]
