"""What makes a question sound, as tables."""

from dataclasses import dataclass, field

import pytest

from surveys.enums import QuestionKind
from surveys.rules import questions as rules


@dataclass
class Asked:
    kind: str
    label: str = "Téléphoné ?"
    choices: list = field(default_factory=list)
    position: int = 1


OUI = {"code": "oui", "label": "Oui"}
NON = {"code": "non", "label": "Non"}


def test_two_kinds_are_criteria():
    assert [kind.value for kind in QuestionKind if rules.is_criterion(kind)] == ["scale", "yes_no"]


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("scale", ["very_satisfied", "satisfied", "dissatisfied", "very_dissatisfied"]),
        ("yes_no", ["yes", "no"]),
        ("choice", ["oui", "non"]),
        ("multiple", ["oui", "non"]),
        ("text", []),
    ],
)
def test_a_question_can_depend_on_the_answers_of_another(kind, codes):
    asked = Asked(kind, choices=[OUI, NON] if kind in rules.WITH_CHOICES else [])
    assert [code for code, _words in rules.answers_of(asked)] == codes


@pytest.mark.parametrize(
    ("kind", "choices", "problem"),
    [
        ("text", [], ""),
        ("scale", [OUI, NON], "ce type de question n’a pas de choix."),
        ("choice", [OUI], "il faut de 2 à 30 choix."),
        ("multiple", [{"code": f"c{n}", "label": "x"} for n in range(31)], "il faut de 2 à 30 choix."),
        ("choice", [OUI, NON], ""),
        ("choice", [OUI, OUI], "le choix « oui » figure deux fois."),
        ("choice", [OUI, {"code": "Non merci", "label": "x"}],
         "« Non merci » n’est pas un code : des minuscules, des chiffres et des tirets."),
        ("choice", [OUI, {"code": "-x", "label": "x"}],
         "« -x » n’est pas un code : des minuscules, des chiffres et des tirets."),
        ("choice", [OUI, {"code": "non", "label": ""}], "chaque choix a un libellé."),
    ],
)  # fmt: skip
def test_the_choices_of_a_question(kind, choices, problem):
    assert rules.problem_with_choices(kind, choices) == problem


@pytest.mark.parametrize(
    ("kind", "wanted", "problem"),
    [
        ("choice", ["oui"], ""),
        ("choice", ["oui", "non"], ""),
        ("choice", [], "choisissez au moins une réponse."),
        ("choice", ["yes"], "« yes » n’est pas une réponse à « Téléphoné ? »."),
        ("yes_no", ["yes"], ""),
        ("scale", ["dissatisfied", "very_dissatisfied"], ""),
        ("text", ["oui"], "« Téléphoné ? » est un texte libre : aucune question n’en dépend."),
    ],
)
def test_the_condition_of_a_question(kind, wanted, problem):
    asked = Asked(kind, choices=[OUI, NON] if kind == "choice" else [])
    assert rules.problem_with_condition(asked, wanted) == problem
