"""What the headings of a file are taken for: questions by their words, answers, what comes with a form."""

import pytest

from surveys.imports.columns import (
    DATE,
    DURATION,
    LANGUAGE,
    NUMBER,
    PLACE,
    SCENARIO,
    TESTER,
    Heads,
    is_stamp,
    series_of,
    special_of,
)
from surveys.models import Question

QUESTIONS = [
    Question(code="courtoisie", kind="scale", label="la courtoisie des agents en contact avec le public"),
    Question(code="attente", kind="scale", label="le délai d’attente", label_en="Waiting time"),
    Question(code="confort", kind="scale", label="le confort des espaces d’accueil et d’attente"),
]
HEADS = Heads(QUESTIONS)


@pytest.mark.parametrize(
    "text",
    [
        "la courtoisie des agents en contact avec le public",
        "Courtoisie des agents en contact avec le public",
        "Satisfaction : la courtoisie des agents en contact avec le public",
        "Satisfaction - la courtoisie des agents en contact avec le public",
        "courtoisie", "la courtoisie", "courtoisie. Votre avis", "3. la courtoisie", "12) Courtoisie",
        "A1. la courtoisie des agents en contact avec le public",
        "A1[SQ001]. Êtes-vous satisfait de… [la courtoisie des agents en contact avec le public]",
        "A1[courtoisie]", "A1_SQ001. la courtoisie des agents en contact avec le public",
        "la courtoisie des agents en contact avec le public (note de 0 à 10)",
    ],
)  # fmt: skip
def test_a_question_is_known_by_its_words_wherever_the_tool_puts_them(text):
    assert HEADS.named(text) == "courtoisie"


@pytest.mark.parametrize("text", ["N° courtoisie", "Points - la courtoisie", "Accueil", "attente et confort"])
def test_other_headings_name_no_question(text):
    assert HEADS.named(text) == ""


def test_a_name_that_two_questions_share_names_neither():
    shared = [Question(code="a", kind="scale", label="Accueil"), Question(code="b", kind="scale", label="accueil")]
    assert Heads(shared).named("Accueil") == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("la courtoisie Très satisfait", ("courtoisie", "very_satisfied")),
        ("le délai d’attente [Pas du tout satisfait]", ("attente", "very_dissatisfied")),
        ("courtoisie des agents en contact avec le public – Satisfait", ("courtoisie", "satisfied")),
        ("Satisfaction : le délai d’attente - Satisfait", ("attente", "satisfied")),
        ("Couleur Très satisfait", ("", "")),
    ],
)
def test_an_answer_over_a_column_of_crosses_is_known_with_its_question(text, found):
    assert HEADS.crossed(text) == found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("N° observation", NUMBER), ("N°", NUMBER), ("Numéro", NUMBER), ("id", NUMBER), ("ID de la réponse", NUMBER),
        ("Response ID", NUMBER), ("Numéro de série", NUMBER), ("Date de saisie", DATE), ("Date", DATE),
        ("submitdate. Date de soumission", DATE), ("Horodateur", DATE), ("Heure de fin", DATE),
        ("Completion time", DATE), ("Date de l’appel", DATE), ("DATE_SAISIE", DATE), ("Lieu", PLACE),
        ("startlanguage", LANGUAGE), ("Enquêteur", TESTER), ("Durée de l’appel", DURATION), ("Scénario", SCENARIO),
        ("Le lieu du crime", ""), ("Commentaire", ""), ("Heure de début", ""),
        ("N° de portable", ""), ("1. Date", DATE),
    ],
)  # fmt: skip
def test_what_comes_with_a_form_has_its_columns(text, code):
    assert special_of(text) == code


def test_the_sending_of_a_form_comes_before_the_other_instants_of_a_tool():
    texts = ["Date de soumission", "Heure de fin", "Horodateur", "DATE_SAISIE", "DATE_ENREG", "Date de votre visite"]
    assert [is_stamp(text) for text in texts] == [1, 2, 3, 4, 5, 0]


def test_bare_codes_that_differ_by_their_last_number_make_a_series():
    assert series_of(["A1[SQ001]", "Couleur préférée", "A1[SQ002]", "B1"]) == [[0, 2], [3]]
