"""Forms of paper and of other tools, where nobody hid a question: what is skipped denies nothing."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from surveys.enums import QuestionKind
from surveys.rules.answers import AskedItem, clean

CALLS = Path(__file__).resolve().parents[2] / "data" / "clu_2022_appels_mystere.csv"
PHONE = (
    AskedItem("telephone", QuestionKind.CHOICE, choices=("transfere", "direct", "non")),
    AskedItem(
        "standard", QuestionKind.SCALE, shown_if="telephone", shown_if_answers=frozenset({"transfere", "direct"})
    ),
    AskedItem("transfert", QuestionKind.SCALE, shown_if="telephone", shown_if_answers=frozenset({"transfere"})),
)  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "dropped"),
    [
        ({"standard": "satisfied", "transfert": "na"}, []),
        ({"transfert": "satisfied"}, []),
        ({"telephone": "non", "transfert": "satisfied"}, ["transfert"]),
        ({"telephone": "direct", "standard": "satisfied", "transfert": "na"}, ["transfert"]),
        ({"telephone": "transfere", "transfert": "satisfied"}, []),
    ],
)
def test_an_answer_is_dropped_only_where_its_condition_is_denied(raw, dropped):
    cleaned = clean(PHONE, raw, is_guided=False)
    assert cleaned.answers == {code: answer for code, answer in raw.items() if code not in dropped}
    assert cleaned.dropped == dropped


def test_a_condition_of_a_condition_left_blank_denies_nothing_either():
    definition = (
        AskedItem("appel", QuestionKind.CHOICE, choices=("oui", "non")),
        AskedItem("transfere", QuestionKind.CHOICE, choices=("oui", "non"), shown_if="appel",
             shown_if_answers=frozenset({"oui"})),
        AskedItem("bureau", QuestionKind.YES_NO, shown_if="transfere", shown_if_answers=frozenset({"oui"})),
    )  # fmt: skip
    assert clean(definition, {"bureau": "no"}, is_guided=False).answers == {"bureau": "no"}
    assert clean(definition, {"appel": "non", "bureau": "no"}, is_guided=False).answers == {"appel": "non"}


def test_the_published_calls_keep_the_bases_of_the_document():
    """The file has no column for the transfer, and identifications answered where « Transfert » is « Sans objet »."""
    rows = list(csv.DictReader(CALLS.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    codes = ("svi", "sonneries", "accueil", "courtoisie", "transfert", "identification", "conge", "reponse")
    words = {"Oui": "yes", "Non": "no", "Sans objet": "na"}
    under = {"shown_if": "appel-transfere", "shown_if_answers": frozenset({"oui"})}
    definition = [AskedItem("appel-transfere", QuestionKind.CHOICE, choices=("oui", "non"))] + [
        AskedItem(code, QuestionKind.YES_NO, **(under if code in {"transfert", "identification"} else {}))
        for code in codes
    ]
    counted: Counter = Counter()
    for row in rows:
        raw = dict(zip(codes, [words[value] for value in list(row.values())[2:]], strict=True))
        for code, answer in clean(definition, raw, is_guided=False).answers.items():
            counted[code, answer] += 1
    assert [(counted[code, "yes"], counted[code, "yes"] + counted[code, "no"]) for code in codes] == [
        (17, 17), (13, 17), (14, 14), (14, 14), (4, 4), (3, 4), (12, 14), (12, 13),
    ]  # fmt: skip
