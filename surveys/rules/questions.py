"""What makes a question sound: its answers, its choices, the condition on which it is asked."""

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from surveys.enums import CRITERION_KINDS, NOT_CONCERNED, Level, QuestionKind, YesNo

CHOICE_KEYS = ("code", "label", "label_easy", "label_en")
CODE = re.compile(r"^[a-z0-9][a-z0-9_-]{0,59}$")
WITH_CHOICES = (QuestionKind.CHOICE, QuestionKind.MULTIPLE)
FEWEST_CHOICES, MOST_CHOICES = 2, 30


class Asked(Protocol):
    """What the rules read of a question that another depends on."""

    label: str
    kind: str
    choices: Sequence[Mapping[str, str]]
    position: int


def is_criterion(kind: str) -> bool:
    """Whether such a question has a base and a rate."""
    return kind in CRITERION_KINDS


def answers_of(question: Asked) -> list[tuple[str, str]]:
    """The answers on which another question can depend: (code, words); none for a free text."""
    if question.kind == QuestionKind.SCALE:
        return [(str(code), words) for code, words in Level.choices]
    if question.kind == QuestionKind.YES_NO:
        return [(str(code), words) for code, words in YesNo.choices]
    return [(choice["code"], choice["label"]) for choice in question.choices]


def problem_with_choices(kind: str, choices: Sequence[Mapping[str, str]]) -> str:
    """What is wrong with the choices of a question of that kind; empty when nothing is."""
    if kind not in WITH_CHOICES:
        return "ce type de question n’a pas de choix." if choices else ""
    if not FEWEST_CHOICES <= len(choices) <= MOST_CHOICES:
        return f"il faut de {FEWEST_CHOICES} à {MOST_CHOICES} choix."
    if problem := _problem_with_codes([choice.get("code", "") for choice in choices]):
        return problem
    return "" if all(choice.get("label", "").strip() for choice in choices) else "chaque choix a un libellé."


def _problem_with_codes(codes: Sequence[str]) -> str:
    wrong = [code for code in codes if not CODE.match(code) or code == NOT_CONCERNED]
    if wrong:
        return f"« {wrong[0]} » n’est pas un code : des minuscules, des chiffres et des tirets."
    twice = [code for code in codes if codes.count(code) > 1]
    return f"le choix « {twice[0]} » figure deux fois." if twice else ""


def problem_with_condition(parent: Asked, wanted: Sequence[str]) -> str:
    """What is wrong with asking a question only after those answers of another one."""
    known = dict(answers_of(parent))
    if not known:
        return f"« {parent.label} » est un texte libre : aucune question n’en dépend."
    if not wanted:
        return "choisissez au moins une réponse."
    unknown = [code for code in wanted if code not in known]
    return f"« {unknown[0]} » n’est pas une réponse à « {parent.label} »." if unknown else ""
