"""What the answers of a file imply of the conditions that it does not carry."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from surveys.enums import QuestionKind
from surveys.rules.answers import Item, clean
from surveys.rules.conditions import deduce

CALLS = Path(__file__).resolve().parents[2] / "data" / "clu_2022_appels_mystere.csv"
PHONE = (
    Item("telephone", QuestionKind.CHOICE, choices=("transfere", "direct", "non")),
    Item(
        "standard", QuestionKind.SCALE, shown_if="telephone", shown_if_answers=frozenset({"transfere", "direct"})
    ),
    Item("transfert", QuestionKind.SCALE, shown_if="telephone", shown_if_answers=frozenset({"transfere"})),
)  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "phone"),
    [
        ({"transfert": "satisfied"}, "transfere"),
        ({"transfert": "satisfied", "standard": "satisfied"}, "transfere"),
        ({"standard": "satisfied", "transfert": "na"}, "transfere"),  # the first answer that suits
        ({"standard": "na", "transfert": ""}, None),
        ({}, None),
        ({"telephone": "non", "transfert": "satisfied"}, "non"),  # what was said is kept
        ({"telephone": "direct", "standard": "satisfied"}, "direct"),
    ],
)
def test_a_condition_left_blank_is_what_its_answers_imply(answers, phone):
    assert deduce(PHONE, answers).get("telephone") == phone


def test_answers_that_no_single_answer_explains_imply_nothing():
    definition = (
        Item("a", QuestionKind.CHOICE, choices=("x", "y")),
        Item("b", QuestionKind.YES_NO, shown_if="a", shown_if_answers=frozenset({"x"})),
        Item("c", QuestionKind.YES_NO, shown_if="a", shown_if_answers=frozenset({"y"})),
    )
    assert deduce(definition, {"b": "yes", "c": "no"}) == {"b": "yes", "c": "no"}


def test_a_condition_of_a_condition_is_implied_too():
    definition = (
        Item("appel", QuestionKind.CHOICE, choices=("oui", "non")),
        Item("transfere", QuestionKind.CHOICE, choices=("oui", "non"), shown_if="appel",
             shown_if_answers=frozenset({"oui"})),
        Item("bureau", QuestionKind.YES_NO, shown_if="transfere", shown_if_answers=frozenset({"oui"})),
    )  # fmt: skip
    answers = deduce(definition, {"bureau": "no"})
    assert answers == {"bureau": "no", "transfere": "oui", "appel": "oui"}
    assert clean(definition, answers).answers == answers


def test_the_published_calls_keep_the_bases_of_the_document():
    """The file has no column for the transfer, and identifications answered where « Transfert » is « Sans objet »."""
    rows = list(csv.DictReader(CALLS.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    codes = ("svi", "sonneries", "accueil", "courtoisie", "transfert", "identification", "conge", "reponse")
    words = {"Oui": "yes", "Non": "no", "Sans objet": "na"}
    under = {"shown_if": "appel-transfere", "shown_if_answers": frozenset({"oui"})}
    definition = [Item("appel-transfere", QuestionKind.CHOICE, choices=("oui", "non"))] + [
        Item(code, QuestionKind.YES_NO, **(under if code in {"transfert", "identification"} else {})) for code in codes
    ]
    counted: Counter = Counter()
    for row in rows:
        raw = dict(zip(codes, [words[value] for value in list(row.values())[2:]], strict=True))
        for code, answer in clean(definition, deduce(definition, raw)).answers.items():
            counted[code, answer] += 1
    assert [(counted[code, "yes"], counted[code, "yes"] + counted[code, "no"]) for code in codes] == [
        (17, 17), (13, 17), (14, 14), (14, 14), (4, 4), (3, 4), (12, 14), (12, 13),
    ]  # fmt: skip


def test_what_was_given_is_not_changed():
    given = {"transfert": "satisfied"}
    deduce(PHONE, given)
    assert given == {"transfert": "satisfied"}
