"""Counting forms: bases, conditions, cuts; against a count made the slow way."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.enums import Level, QuestionKind
from surveys.rules.answers import AskedItem
from surveys.rules.tallies import TallyForm, conditions_of, is_denied, tally

SCALE = AskedItem("courtoisie", QuestionKind.SCALE)
TRANSFER = AskedItem("transfert", QuestionKind.YES_NO)
IDENTIFIED = AskedItem("identification", QuestionKind.YES_NO, shown_if="transfert", shown_if_answers=frozenset({"yes"}))
PROFILE = AskedItem("profil", QuestionKind.CHOICE, choices=("particulier", "elu"))
REASONS = AskedItem("motifs", QuestionKind.MULTIPLE, choices=("titre", "autre"))
REMARKS = AskedItem("suggestions", QuestionKind.TEXT)
DEFINITION = [SCALE, TRANSFER, IDENTIFIED, PROFILE, REASONS, REMARKS]
DAY = date(2021, 9, 1)


def form(*, place=None, channel="web", day=DAY, **answers):
    return TallyForm(answers, place, channel, day)


def counts(*forms):
    return tally(forms, DEFINITION)["answers"]


def test_each_answer_of_each_question_is_counted_and_a_blank_is_not():
    assert counts(form(courtoisie="satisfied"), form(courtoisie="satisfied"), form(courtoisie="na"), form()) == {
        "courtoisie": {"na": 1, "satisfied": 2}
    }


def test_choices_are_counted_one_by_one():
    assert counts(form(profil="elu", motifs=["titre", "autre"]), form(motifs=["autre"])) == {
        "motifs": {"autre": 2, "titre": 1},
        "profil": {"elu": 1},
    }


def test_a_free_text_is_counted_and_not_read():
    found = tally([form(suggestions="Des sièges"), form(suggestions="=1+1")], DEFINITION)
    assert (found["texts"], found["answers"]) == ({"suggestions": 2}, {})


def test_an_unknown_code_or_a_list_where_one_answer_is_due_counts_for_nothing():
    assert counts(form(inconnu="satisfied"), form(courtoisie=["satisfied"])) == {}


@pytest.mark.parametrize(
    ("transfer", "is_counted"),
    [("yes", True), ("no", False), ("na", True), (None, True)],
)
def test_a_conditional_criterion_counts_unless_its_condition_was_answered_otherwise(transfer, is_counted):
    answers = {"identification": "no"} | ({"transfert": transfer} if transfer else {})
    assert ("identification" in counts(form(**answers))) is is_counted


def test_a_condition_of_a_condition_is_followed():
    first = AskedItem("appel", QuestionKind.YES_NO)
    second = AskedItem("transfert", QuestionKind.YES_NO, shown_if="appel", shown_if_answers=frozenset({"yes"}))
    chain = conditions_of(IDENTIFIED, [first, second, IDENTIFIED])
    assert chain == [("transfert", frozenset({"yes"})), ("appel", frozenset({"yes"}))]
    assert is_denied(chain, {"appel": "no", "identification": "yes"})
    assert not is_denied(chain, {"appel": "yes", "transfert": "yes", "identification": "yes"})


def test_a_circle_of_conditions_ends():
    one = AskedItem("un", QuestionKind.YES_NO, shown_if="deux", shown_if_answers=frozenset({"yes"}))
    two = AskedItem("deux", QuestionKind.YES_NO, shown_if="un", shown_if_answers=frozenset({"yes"}))
    assert [parent for parent, _ in conditions_of(one, [one, two])] == ["deux", "un"]


def test_a_condition_on_several_choices_is_met_by_one_of_them():
    chain = [("motifs", frozenset({"titre"}))]
    assert not is_denied(chain, {"motifs": ["autre", "titre"]})
    assert is_denied(chain, {"motifs": ["autre"]})
    assert not is_denied([("motifs", frozenset())], {"motifs": ["autre"]})


def test_the_cuts_add_up_to_the_whole_and_no_place_comes_last():
    found = tally(
        [
            form(place=2, channel="qr", courtoisie="satisfied"),
            form(place=1, channel="web", day=date(2021, 8, 31), courtoisie="dissatisfied"),
            form(courtoisie="na"),
        ],
        DEFINITION,
    )
    assert (found["returns"], found["forms"], found["first_on"], found["last_on"]) == (3, 2, "2021-08-31", "2021-09-01")
    assert [(cut["key"], cut["returns"], cut["forms"]) for cut in found["by_place"]] == [
        (1, 1, 1),
        (2, 1, 1),
        (None, 1, 0),
    ]
    assert [(cut["key"], cut["returns"]) for cut in found["by_channel"]] == [("qr", 1), ("web", 2)]
    assert [(cut["key"], cut["returns"]) for cut in found["by_month"]] == [("2021-08", 1), ("2021-09", 2)]


def test_no_form_gives_zeros_and_no_day():
    assert tally([], DEFINITION) == {
        "version": 1, "returns": 0, "forms": 0, "answers": {}, "first_on": None, "last_on": None,
        "texts": {}, "by_place": [], "by_channel": [], "by_month": [],
    }  # fmt: skip


answers = st.fixed_dictionaries(
    {},
    optional={
        "courtoisie": st.sampled_from([*Level.values, "na"]),
        "transfert": st.sampled_from(["yes", "no", "na"]),
        "identification": st.sampled_from(["yes", "no", "na"]),
    },
)
forms = st.lists(
    st.builds(
        TallyForm,
        answers,
        st.sampled_from([None, 1, 2]),
        st.sampled_from(["web", "qr", "paper"]),
        st.dates(date(2021, 8, 1), date(2021, 12, 31)),
    ),
    max_size=40,
)


@given(forms)
def test_the_counts_are_those_of_a_plain_recount(rows):
    expected = Counter(
        (code, value)
        for row in rows
        for code, value in row.answers.items()
        if not (code == "identification" and row.answers.get("transfert") == "no")
    )
    found = tally(rows, DEFINITION)
    assert {(code, value): n for code, values in found["answers"].items() for value, n in values.items()} == expected
    assert found["returns"] == len(rows)


@given(forms)
def test_every_axis_adds_up_to_the_whole(rows):
    found = tally(rows, DEFINITION)
    for axis in ("by_place", "by_channel", "by_month"):
        total = Counter()
        for cut in found[axis]:
            total.update({(code, value): n for code, values in cut["answers"].items() for value, n in values.items()})
        assert total == {(code, value): n for code, vs in found["answers"].items() for value, n in vs.items()}
        assert sum(cut["returns"] for cut in found[axis]) == found["returns"]
        assert sum(cut["forms"] for cut in found[axis]) == found["forms"]


@given(forms, st.randoms(use_true_random=False))
def test_the_order_of_the_forms_does_not_matter(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert tally(shuffled, DEFINITION) == tally(rows, DEFINITION)
