"""The questions of a questionnaire that is not frozen: added, changed, ordered, removed, tied to engagements."""

from collections.abc import Iterable

from django.db import transaction

from core.base.codes import code_of, free_code
from core.base.errors import UserError
from core.record import history
from core.record.deeds import locked, set_fields
from organisations.models import User
from referential.models import Engagement
from surveys.models import Question, QuestionEngagement, Questionnaire
from surveys.rules import questions as rules
from surveys.services.questionnaires import refuse_frozen

FIELDS = (
    "kind",
    "label",
    "label_easy",
    "label_en",
    "help_text",
    "help_text_easy",
    "help_text_en",
    "is_required",
    "allows_not_concerned",
    "choices",
    "shown_if",
    "shown_if_answers",
    "aliases",
)
LONGEST_CODE = 56  # leaves room for a number


@transaction.atomic
def add(
    questionnaire: Questionnaire,
    *,
    by: User,
    engagements: Iterable[Engagement] = (),
    code: str = "",
    reason: str = "",
    **fields,
) -> Question:
    """A question at the end of the questionnaire; its code is drawn from its words unless given."""
    questionnaire = _locked(questionnaire)
    others = _ordered(questionnaire)
    question = Question(questionnaire=questionnaire, position=others[-1].position + 1 if others else 1)
    _set_fields(question, fields)
    question.code = _free_code(code or question.label, others)
    _check(question, others)
    history.save(question, by=by, reason=reason)
    _set_engagements(question, engagements, by=by, reason=reason)
    return question


@transaction.atomic
def change(
    question: Question, *, by: User, engagements: Iterable[Engagement] | None = None, reason: str = "", **fields
) -> Question:
    """Change what a question says, offers, depends on and serves. Its code stays: files are recognised by it."""
    others = [other for other in _ordered(_locked(question.questionnaire)) if other.pk != question.pk]
    question = Question.objects.select_related("questionnaire", "shown_if").get(pk=question.pk)
    _set_fields(question, fields)
    _check(question, others)
    history.save(question, by=by, reason=reason)
    if engagements is not None:
        _set_engagements(question, engagements, by=by, reason=reason)
    return question


@transaction.atomic
def move(question: Question, *, to: int, by: User) -> None:
    """Put the question at that rank, from 1; refused where it would come before the one it depends on."""
    questions = _ordered(_locked(question.questionnaire))
    moved = next(row for row in questions if row.pk == question.pk)
    questions.remove(moved)
    questions.insert(max(to, 1) - 1, moved)
    ranks = {row.pk: rank for rank, row in enumerate(questions, start=1)}
    for row in questions:
        if row.shown_if_id and ranks[row.shown_if_id] > ranks[row.pk]:
            parent = next(other for other in questions if other.pk == row.shown_if_id)
            raise UserError(f"« {row.label} » dépend de « {parent.label} » et vient donc après.")
    out_of_place = [row for row in questions if row.position != ranks[row.pk]]
    for row in out_of_place:
        row.position = ranks[row.pk]
    history.bulk_update(out_of_place, ["position"], by=by, reason="Questions remises en ordre")


@transaction.atomic
def remove(question: Question, *, by: User, reason: str = "") -> None:
    """Delete a question on which no other depends."""
    _locked(question.questionnaire)
    if dependent := question.dependents.first():
        raise UserError(f"« {dependent.label} » dépend de cette question : changez d’abord sa condition.")
    for link in question.engagement_links.all():
        history.delete(link, by=by, reason=reason)
    history.delete(question, by=by, reason=reason)


def _locked(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire, held until the end: its questions are changed one person at a time."""
    questionnaire = locked(questionnaire)
    refuse_frozen(questionnaire)
    return questionnaire


def _ordered(questionnaire: Questionnaire) -> list[Question]:
    return list(questionnaire.questions.order_by("position", "pk"))


def _set_fields(question: Question, fields: dict) -> None:
    set_fields(question, fields, FIELDS)
    if not rules.is_criterion(question.kind):
        question.allows_not_concerned = False
    if question.kind not in rules.WITH_CHOICES:
        question.choices = []
    if question.shown_if is None:
        question.shown_if_answers = []


def _check(question: Question, others: list[Question]) -> None:
    """One sentence on the first thing wrong, tied to its field."""
    if not question.label:
        raise UserError("Écrivez la question.", field="label")
    if question.kind not in {choice for choice, _ in Question._meta.get_field("kind").flatchoices}:
        raise UserError("Choisissez le type de réponse.", field="kind")
    if problem := rules.problem_with_choices(question.kind, question.choices):
        raise UserError(problem[0].upper() + problem[1:], field="choices")
    _check_condition(question, others)
    _check_dependents(question, others)


def _check_condition(question: Question, others: list[Question]) -> None:
    parent = question.shown_if
    if parent is None:
        return
    before = [other.pk for other in others if (other.position, other.pk) < (question.position, question.pk or 1 << 62)]
    if parent.pk not in before:
        raise UserError("Une question ne dépend que d’une question posée avant elle.", field="shown_if")
    if problem := rules.problem_with_condition(parent, question.shown_if_answers):
        raise UserError(problem[0].upper() + problem[1:], field="shown_if_answers")


def _check_dependents(question: Question, others: list[Question]) -> None:
    """An answer on which another question depends cannot be taken away."""
    for other in others:
        depends = question.pk is not None and other.shown_if_id == question.pk
        if depends and (problem := rules.problem_with_condition(question, other.shown_if_answers)):
            raise UserError(f"La question « {other.label} » en dépend : {problem}", field="choices")


def _set_engagements(question: Question, engagements: Iterable[Engagement], *, by: User, reason: str) -> None:
    wanted = {engagement.pk for engagement in engagements}
    links = list(question.engagement_links.all())
    for link in links:
        if link.engagement_id not in wanted:
            history.delete(link, by=by, reason=reason)
    present = {link.engagement_id for link in links}
    added = [QuestionEngagement(question=question, engagement_id=pk) for pk in sorted(wanted - present)]
    history.bulk_create(added, by=by, reason=reason)


def _free_code(words: str, others: list[Question]) -> str:
    base = code_of(words, longest=LONGEST_CODE, otherwise="question")
    taken = {other.code for other in others}
    return free_code(base, taken)
