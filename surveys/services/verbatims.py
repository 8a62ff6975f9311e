"""What is said of the free texts of a survey: their theme, and whether they must not be shown."""

from django.db import transaction

from actions.enums import Theme
from core import history
from core.errors import UserError
from surveys.models import Question, Response, Verbatim


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
    """Show a hidden text again."""
    return _save(response, question, by=by, reason=reason, is_hidden=False)


def _save(response: Response, question: Question, *, by, reason: str, **fields) -> Verbatim:
    """One row per text, made when something is first said of it; nothing is written where nothing changes."""
    if not response.answers.get(question.code):
        raise UserError("Ce formulaire n’a pas de texte à cette question.")
    locked = Response.objects.select_for_update(of=("self",)).get(pk=response.pk)
    found = Verbatim.objects.filter(response=locked, question=question).first()
    row = found or Verbatim(response=locked, question=question)
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name, value in fields.items():
        setattr(row, name, value)
    if changed:
        history.save(row, by=by, reason=reason)
    return row
