"""What is said of the free texts of a survey: their theme, and whether they must not be shown."""

from collections.abc import Sequence

from django.db import transaction

from core.base.errors import UserError
from core.record import history
from referential.enums import Theme
from surveys.models import Campaign, Question, Response, Verbatim
from surveys.rules.people import flags_of


@transaction.atomic
def tag(response: Response, question: Question, *, theme: str, by, reason: str = "") -> Verbatim:
    """Say what a text is about; an empty theme takes the former one away."""
    if theme and theme not in Theme.values:
        raise UserError("Choisissez un thème de la liste.", field="theme")
    return _save(response, question, by=by, reason=reason, theme=theme)


@transaction.atomic
def hide(response: Response, question: Question, *, by, reason: str) -> Verbatim:
    """Keep a text from being shown or exported, with the reason: somebody is named, an insult…"""
    if not reason.strip():
        raise UserError("Dites pourquoi ce texte est masqué.", field="reason")
    return _save(response, question, by=by, reason=reason.strip()[:300], is_hidden=True)


@transaction.atomic
def show(response: Response, question: Question, *, by, reason: str = "") -> Verbatim:
    """Show a text to those who serve the public, for the first time or again."""
    return _save(response, question, by=by, reason=reason, is_first_reading=True, is_hidden=False)


@transaction.atomic
def show_unflagged(campaign: Campaign, questions: Sequence[Question], *, by, reason: str = "") -> int:
    """Say of every text that nothing flags that it was read and may be shown; how many there were."""
    rows = Response.objects.filter(campaign=campaign, has_text=True).counted().select_for_update(of=("self",))
    seen = set(Verbatim.objects.filter(response__campaign=campaign).values_list("response_id", "question_id"))
    new = [
        Verbatim(response=response, question=question)
        for response in rows.order_by("pk")
        for question in questions
        if (words := response.answers.get(question.code))
        and (response.pk, question.pk) not in seen
        and not flags_of(words)
    ]
    history.bulk_create(new, by=by, reason=reason or "Lu")
    return len(new)


def _save(
    response: Response, question: Question, *, by, reason: str, is_first_reading: bool = False, **fields
) -> Verbatim:
    """One row per text, made when something is first said of it; nothing is written where nothing changes."""
    if not response.answers.get(question.code):
        raise UserError("Ce formulaire n’a pas de texte à cette question.")
    locked = Response.objects.select_for_update(of=("self",)).get(pk=response.pk)
    found = Verbatim.objects.filter(response=locked, question=question).first()
    row = found or Verbatim(response=locked, question=question)
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name, value in fields.items():
        setattr(row, name, value)
    if changed or (is_first_reading and found is None):
        history.save(row, by=by, reason=reason)
    return row
