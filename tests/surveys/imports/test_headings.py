"""What the columns of a file are taken for: names, codes, special columns, what is remembered, what is not known."""

import pytest

from surveys.imports.headings import (
    CHOSEN,
    DATE,
    DURATION,
    KNOWN,
    LANGUAGE,
    NUMBER,
    PLACE,
    PROPOSED,
    REMEMBERED,
    SCENARIO,
    TECHNICAL,
    TESTER,
    UNKNOWN,
    Name,
    Recognition,
    is_personal,
    key_of,
    special_of,
)
from surveys.imports.table import Heading

QUESTIONS = [
    Name("courtoisie", ("la courtoisie des agents en contact avec le public",), is_criterion=True),
    Name("attente", ("le délai d’attente", "Waiting time"), is_criterion=True),
    Name("confort", ("le confort des espaces d’accueil et d’attente",), is_criterion=True),
    Name("suggestions", ("Avez-vous des suggestions ?", "Suggestions")),
]


def columns(*texts, remembered=None, chosen=None):
    headings = [Heading(number, text) for number, text in enumerate(texts, start=1)]
    found = Recognition(QUESTIONS, remembered).columns(headings, chosen)
    return [(column.target, column.status) for column in found]


@pytest.mark.parametrize(
    "text",
    [
        "la courtoisie des agents en contact avec le public",
        "La Courtoisie des agents en contact avec le public",
        "Satisfaction : la courtoisie des agents en contact avec le public",
        "Satisfaction - la courtoisie des agents en contact avec le public",
        "courtoisie",
        "courtoisie. Votre avis",
        "A1. la courtoisie des agents en contact avec le public",
        "A1[SQ001]. Êtes-vous satisfait de… [la courtoisie des agents en contact avec le public]",
        "Êtes-vous satisfait de… [la courtoisie des agents en contact avec le public]",
        "A1[courtoisie]",
        "A1_SQ001. la courtoisie des agents en contact avec le public",
    ],
)
def test_a_question_is_known_by_its_words_wherever_the_tool_puts_them(text):
    assert columns(text) == [("courtoisie", KNOWN)]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("N° observation", NUMBER), ("N°", NUMBER), ("n° appel", NUMBER), ("Numéro", NUMBER), ("id", NUMBER),
        ("ID de la réponse", NUMBER), ("Response ID", NUMBER), ("Date de saisie", DATE), ("Date", DATE),
        ("submitdate", DATE), ("Date de soumission", DATE), ("Horodateur", DATE), ("Date de l’appel", DATE),
        ("Lieu", PLACE), ("Lieu d’accueil", PLACE), ("startlanguage", LANGUAGE), ("Enquêteur", TESTER),
        ("Durée de l’appel", DURATION), ("Scénario", SCENARIO), ("Le lieu du crime", ""), ("Commentaire", ""),
    ],
)  # fmt: skip
def test_what_comes_with_a_form_has_its_columns(text, target):
    assert special_of(text) == target


@pytest.mark.parametrize(
    "text", ["lastpage", "Dernière page", "seed", "startdate", "datestamp", "groupTime12", "A1Time", "interviewtime"]
)
def test_what_tells_how_the_form_was_filled_in_is_left_out_in_silence(text):
    assert columns(text) == [("", TECHNICAL)]


@pytest.mark.parametrize("text", ["ipaddr", "Adresse IP", "refurl", "E-mail", "Adresse électronique", "Nom"])
def test_what_may_tell_who_answered_is_personal(text):
    assert is_personal(text)


def test_of_two_dates_the_first_is_kept():
    assert columns("submitdate", "Date de saisie") == [(DATE, KNOWN), ("", TECHNICAL)]


def test_a_column_that_nobody_knows_waits_for_a_decision():
    assert columns("Couleur préférée") == [("", UNKNOWN)]


def test_a_decision_comes_before_what_is_remembered_and_both_before_the_words():
    key = key_of("Courtoisie")
    assert columns("Courtoisie", remembered={key: "attente"}) == [("attente", REMEMBERED)]
    assert columns("Courtoisie", remembered={key: "attente"}, chosen={key: ""}) == [("", CHOSEN)]


def test_part_of_the_words_proposes_the_one_question_that_has_them():
    assert columns("Courtoisie des agents") == [("courtoisie", PROPOSED)]
    assert columns("Confort des espaces") == [("confort", PROPOSED)]


def test_words_that_two_questions_have_propose_none():
    two = [Name("un", ("l’accueil du public au guichet",)), Name("deux", ("l’accueil du public au téléphone",))]
    assert Recognition(two).columns([Heading(1, "Accueil du public")])[0].status == UNKNOWN


def test_bare_codes_as_many_as_the_criteria_are_taken_in_their_order():
    assert columns("id", "A1[SQ001]", "A1[SQ002]", "A1[SQ003]") == [
        (NUMBER, KNOWN), ("courtoisie", PROPOSED), ("attente", PROPOSED), ("confort", PROPOSED),
    ]  # fmt: skip
    assert [target for target, _ in columns("A1", "A2", "A3")] == ["courtoisie", "attente", "confort"]
    assert [target for target, _ in columns("SQ001", "SQ002", "SQ003")] == ["courtoisie", "attente", "confort"]


def test_bare_codes_fill_what_the_other_columns_leave():
    assert columns("courtoisie", "A1_SQ001", "A1_SQ002") == [
        ("courtoisie", KNOWN), ("attente", PROPOSED), ("confort", PROPOSED),
    ]  # fmt: skip


def test_bare_codes_of_another_number_wait_for_a_decision():
    assert {status for _, status in columns("A1", "A2")} == {UNKNOWN}


def test_a_name_that_two_questions_share_names_neither():
    shared = [Name("a", ("Accueil",)), Name("b", ("accueil",))]
    assert Recognition(shared).question_named("Accueil") == ""
