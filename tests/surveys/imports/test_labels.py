"""Answers as files write them: a table of labels, codes and ranks, and what is not understood."""

import pytest

from surveys.enums import QuestionKind
from surveys.imports.labels import UNKNOWN, Choices, Read, choices_of, read_answer, words_of
from surveys.rules.answers import Item

SCALE = Item("courtoisie", QuestionKind.SCALE)
YES_NO = Item("svi", QuestionKind.YES_NO)
PROFILES = [
    {"code": "particulier", "label": "Un particulier", "label_en": "A private person"},
    {"code": "elu", "label": "Un élu"},
    {"code": "autre", "label": "Autre"},
]
PROFILE = Item("profil", QuestionKind.CHOICE, choices=("particulier", "elu", "autre"))
REASONS = Item("motifs", QuestionKind.MULTIPLE, choices=("particulier", "elu", "autre"))
TEXT = Item("suggestions", QuestionKind.TEXT)


def read(text, item=SCALE, **options) -> Read:
    return read_answer(text, item, choices=choices_of(PROFILES), **options)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Très satisfait", "very_satisfied"), ("très satisfaite", "very_satisfied"),
        ("TRÈS SATISFAIT(E)", "very_satisfied"),
        ("Tout à fait satisfait", "very_satisfied"), ("TS", "very_satisfied"), ("very_satisfied", "very_satisfied"),
        ("Very satisfied", "very_satisfied"), ("Satisfait", "satisfied"), ("Plutôt satisfaits", "satisfied"),
        ("Peu satisfait", "dissatisfied"), ("Plutôt pas satisfait", "dissatisfied"), ("PS", "dissatisfied"),
        ("Pas du tout satisfait", "very_dissatisfied"), ("Pas satisfait", "very_dissatisfied"),
        ("Insatisfait", "very_dissatisfied"), ("PTS", "very_dissatisfied"),
        ("Non concerné", "na"), ("non concernée", "na"), ("Sans objet", "na"), ("N/A", "na"),
        ("Ne se prononce pas", "na"),
    ],
)  # fmt: skip
def test_a_level_is_known_by_its_usual_labels(text, code):
    assert read(text) == Read(code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1", "very_satisfied"), ("A1", "very_satisfied"), ("A02", "satisfied"), ("4", "very_dissatisfied"),
        ("5", "na"), ("0", "na"),
    ],
)  # fmt: skip
def test_a_rank_is_read_in_the_order_of_the_questionnaire(text, code):
    assert read(text) == Read(code, is_code=True)


def test_a_reversed_file_begins_with_the_least_satisfied():
    assert [read(text, is_reversed=True).answer for text in ("1", "4", "5")] == [
        "very_dissatisfied", "very_satisfied", "na",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["Moyennement satisfait", "7", "A9", "oui", "#DIV/0!", "=1+1", "<b>Satisfait</b> !"])
def test_what_is_not_a_level_is_unknown(text):
    assert read(text) == UNKNOWN


@pytest.mark.parametrize("text", ["", "  ", "-", "–", "/"])
def test_a_blank_is_no_answer(text):
    assert read(text) == Read(None)


@pytest.mark.parametrize(
    ("text", "code"), [("Oui", "yes"), ("non", "no"), ("Y", "yes"), ("N", "no"), ("Sans objet", "na"), ("yes", "yes")]
)
def test_yes_and_no_are_known(text, code):
    assert read(text, YES_NO) == Read(code)


@pytest.mark.parametrize(("text", "code"), [("1", "yes"), ("2", "no"), ("0", "no"), ("3", "na")])
def test_yes_and_no_have_ranks(text, code):
    assert read(text, YES_NO) == Read(code, is_code=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un élu", Read("elu")), ("elu", Read("elu")), ("A PRIVATE PERSON", Read("particulier")),
        ("Autre : un voisin", Read("autre")), ("2", Read("elu", is_code=True)), ("Un touriste", UNKNOWN),
        ("9", UNKNOWN),
    ],
)  # fmt: skip
def test_a_choice_is_known_by_its_label_code_or_rank(text, expected):
    assert read(text, PROFILE) == expected


def test_other_without_such_a_choice_is_unknown():
    assert read_answer("Autre : un voisin", PROFILE, choices=Choices({"un elu": "elu"})) == UNKNOWN


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Autre; Un élu", ["elu", "autre"]), ("Un élu | Un élu", ["elu"]), ("Un élu, Autre", ["elu", "autre"])],
)
def test_several_choices_are_told_apart_and_put_in_order(text, expected):
    assert read(text, REASONS).answer == expected


def test_one_unknown_choice_makes_the_cell_unknown():
    assert read("Un élu; Un touriste", REASONS) == UNKNOWN


@pytest.mark.parametrize("text", ["=CMD()", "<script>alert(1)</script>", "Très satisfait"])
def test_a_free_text_is_kept_as_it_is(text):
    assert read(text, TEXT) == Read(text)


def test_labels_are_compared_without_gender_accent_or_case():
    assert words_of("Très Satisfaite(s)") == words_of("tres satisfait") == "tres satisfait"
