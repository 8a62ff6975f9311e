"""The choices of a question typed one a line: their codes are drawn, and stay when the words change."""

import pytest
from django.core.exceptions import ValidationError

from surveys.forms.fields import AliasesField, AnswersField, ChoicesField

CURRENT = [
    {"code": "info", "label": "Information", "label_easy": "Poser une question", "label_en": "Information"},
    {"code": "rdv", "label": "Rendez-vous", "label_easy": "", "label_en": "Appointment"},
]


def codes(text: str, current=CURRENT) -> list[str]:
    return [choice["code"] for choice in ChoicesField(current=current).clean(text)]


def test_choices_are_shown_and_read_back_as_they_were():
    field = ChoicesField(current=CURRENT)
    text = field.prepare_value(CURRENT)
    assert text == "Information | Poser une question | Information\nRendez-vous |  | Appointment"
    assert field.clean(text) == CURRENT
    assert field.has_changed(CURRENT, text) is False


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Information\nRendez-vous", ["info", "rdv"]),
        ("Rendez-vous\nInformation", ["rdv", "info"]),  # moved, each keeps its code
        ("Renseignement\nRendez-vous", ["info", "rdv"]),  # reworded at its place
        ("Information\nRendez-vous\nÀ autre chose", ["info", "rdv", "a-autre-chose"]),
        ("Rendez-vous\nAutre", ["rdv", "autre"]),  # the code of the other is not lent to a new one
        ("Oui\noui !\nNon", ["oui", "oui-2", "non"]),
        ("?\n!\n;", ["choix", "choix-2", "choix-3"]),
        ("\n  \nInformation\n|  |\n", ["info"]),
    ],
)
def test_a_code_follows_its_choice(text, expected):
    assert codes(text) == expected


@pytest.mark.parametrize("text", ["a | b | c | d", " | seulement facile", "x" * 201, "a\x00b"])
def test_a_line_that_does_not_read_is_refused(text):
    with pytest.raises(ValidationError):
        ChoicesField(current=[]).clean(text)


def test_answers_of_a_question_chosen_before_are_forgotten_without_a_word():
    field = AnswersField(choices=[("oui", "Oui")], required=False)
    assert field.clean(["oui", "satisfied"]) == ["oui"]


def test_aliases_are_read_once_each():
    field = AliasesField(required=False)
    assert field.clean("Motif\r\n\r\n Motif \nRaison") == ["Motif", "Raison"]
    assert field.prepare_value(["Motif", "Raison"]) == "Motif\nRaison"
