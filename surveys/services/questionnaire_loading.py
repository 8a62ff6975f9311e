"""Loading of the ready questionnaires: the satisfaction model, the mystery grids, the engagements they serve."""

from pathlib import Path
from typing import Any

from django.db import transaction

from core.base.errors import UserError
from core.record import data_files
from core.record.data_files import Loader, Node
from referential.services.loading import find_engagement
from surveys.enums import Kind, QuestionKind
from surveys.models import Question, QuestionEngagement, Questionnaire
from surveys.rules import questions as rules

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "questionnaires.json"
QUESTIONNAIRE_KEYS = (
    "code",
    "version",
    "title",
    "kind",
    "introduction",
    "introduction_easy",
    "introduction_en",
    "source",
    "questions",
)
QUESTION_KEYS = (
    "code",
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
    "engagements",
)
TEXTS = ("label", "label_easy", "label_en", "help_text", "help_text_easy", "help_text_en")


@transaction.atomic
def load(path: Path | str = SHIPPED, *, by=None, force: bool = False) -> Loader:
    """Load the common questionnaires; loading them again changes nothing.

    What a person has edited since is left unless `force`; a version already used is never touched: change its number.
    An engagement that is not loaded costs its link, which is listed.
    """
    root = data_files.read(path)
    root.only("questionnaires")
    loader = Loader(reason=f"Chargement de {Path(path).name}", by=by, force=force)
    for node in root.nodes("questionnaires"):
        _load_questionnaire(loader, node)
    return loader


def _load_questionnaire(loader: Loader, node: Node) -> None:
    node.only(*QUESTIONNAIRE_KEYS)
    key = {"code": node.text("code", required=True), "version": int(node.decimal("version"))}
    if Questionnaire.objects.filter(**key, frozen_at__isnull=False).exists():
        loader.unchanged += 1
        return
    values: dict[str, Any] = {
        name: node.text(name) for name in ("introduction", "introduction_easy", "introduction_en", "source")
    }
    values |= {"title": node.text("title", required=True), "kind": node.choice("kind", Kind.values), "site": None}
    questionnaire = loader.put(Questionnaire, key=key, values=values, place=node.place)
    if questionnaire is None:
        return
    seen: dict[str, Question | None] = {}
    for position, question in enumerate(node.nodes("questions"), start=1):
        _load_question(loader, question, questionnaire, position, seen)


def _load_question(loader: Loader, node: Node, questionnaire: Questionnaire, position: int, seen: dict) -> None:
    node.only(*QUESTION_KEYS)
    code, parent = node.text("code", required=True), node.text("shown_if")
    if code in seen:
        raise node.error("code", f"la question « {code} » figure deux fois dans ce questionnaire.")
    if parent and parent not in seen:
        raise node.error("shown_if", f"la question « {parent} » doit être écrite avant celles qui en dépendent.")
    values = _question_values(node) | {"position": position, "shown_if": seen.get(parent)}
    _check_answers(node, values)
    question = loader.put(Question, key={"questionnaire": questionnaire, "code": code}, values=values, place=node.place)
    seen[code] = question
    for link in node.nodes("engagements"):
        if question is not None:
            _load_link(loader, link, question)


def _question_values(node: Node) -> dict:
    kind = node.choice("kind", QuestionKind.values)
    return {name: node.text(name, required=name == "label") for name in TEXTS} | {
        "kind": kind,
        "is_required": node.flag("is_required"),
        "allows_not_concerned": node.flag("allows_not_concerned", default=rules.is_criterion(kind)),
        "choices": [_choice(choice) for choice in node.nodes("choices")],
        "shown_if_answers": node.texts("shown_if_answers"),
        "aliases": node.texts("aliases"),
    }


def _choice(node: Node) -> dict:
    node.only(*rules.CHOICE_KEYS)
    return {name: node.text(name, required=name in {"code", "label"}) for name in rules.CHOICE_KEYS}


def _check_answers(node: Node, values: dict) -> None:
    """A question of choices has some, the others none; a condition names answers of the question it depends on."""
    problem = rules.problem_with_choices(values["kind"], values["choices"])
    if problem:
        raise node.error("choices", problem)
    parent = values["shown_if"]
    problem = parent and rules.problem_with_condition(parent, values["shown_if_answers"])
    if problem:
        raise node.error("shown_if_answers", problem)


def _load_link(loader: Loader, node: Node, question: Question) -> None:
    try:
        engagement = find_engagement(node)
    except UserError as error:
        loader.kept.append(error.message)
        return
    loader.put(QuestionEngagement, key={"question": question, "engagement": engagement}, values={}, place=node.place)
