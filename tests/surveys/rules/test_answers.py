"""What is kept of a form: codes, conditions, lengths, blanks, texts."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.rules.answers import (
    LONGEST_TEXT,
    AnswerProblem,
    AskedItem,
    Cleaned,
    Reason,
    as_text,
    clean,
    is_asked,
    item_of,
)
from tests.surveys.factories import QuestionFactory

COURTESY = AskedItem("courtoisie", "scale", "la courtoisie")
CALLED = AskedItem("appel", "yes_no", "Avez-vous téléphoné ?", allows_not_concerned=False)
TRANSFER = AskedItem("transfert", "scale", "le transfert", shown_if="appel", shown_if_answers=frozenset({"yes"}))
WHERE = AskedItem("vers", "choice", "Vers qui ?", choices=("dmi", "sg"), shown_if="transfert")
REASONS = AskedItem("motifs", "multiple", "Pourquoi ?", choices=("titre", "permis", "autre"))
FREE = AskedItem("suggestions", "text", "Vos suggestions")
PROFILE = AskedItem("profil", "choice", "Vous êtes", is_required=True, choices=("particulier", "entreprise"))
ALL = (COURTESY, CALLED, TRANSFER, WHERE, REASONS, FREE)


@pytest.mark.parametrize(
    ("item", "raw", "kept"),
    [
        (COURTESY, "very_satisfied", "very_satisfied"),
        (COURTESY, " satisfied ", "satisfied"),
        (COURTESY, "na", "na"),
        (COURTESY, "", None),
        (COURTESY, "   ", None),
        (COURTESY, None, None),
        (CALLED, "no", "no"),
        (PROFILE, "entreprise", "entreprise"),
        (REASONS, ["permis", "titre", "permis"], ["titre", "permis"]),
        (REASONS, "autre", ["autre"]),
        (REASONS, [], None),
        (REASONS, [""], None),
        (FREE, "  Merci\r\nbeaucoup  ", "Merci\nbeaucoup"),
        (FREE, " \n ", None),
    ],
)
def test_an_answer_is_kept_by_its_code_and_a_blank_is_absent(item, raw, kept):
    assert clean([item], {item.code: raw}) == Cleaned(
        {} if kept is None else {item.code: kept}, has_text=item.kind == "text" and kept is not None
    )


@pytest.mark.parametrize(
    ("item", "raw"),
    [
        (COURTESY, "yes"),
        (COURTESY, "Très satisfait"),
        (COURTESY, ["satisfied"]),
        (COURTESY, {"a": 1}),
        (COURTESY, 4),
        (CALLED, "na"),
        (PROFILE, "na"),
        (REASONS, ["titre", "inconnu"]),
        (REASONS, {"titre": 1}),
        (REASONS, [1]),
        (REASONS, 7),
        (FREE, ["a"]),
    ],
)
def test_an_answer_that_was_not_offered_is_a_forgery(item, raw):
    cleaned = clean([item], {item.code: raw})
    assert (cleaned.answers, [p.reason for p in cleaned.problems], cleaned.is_forged) == (
        {}, [Reason.UNKNOWN_ANSWER], True,
    )  # fmt: skip


def test_a_question_that_does_not_exist_is_a_forgery():
    cleaned = clean(ALL, {"administrateur": "oui"})
    assert cleaned.problems == [AnswerProblem("administrateur", Reason.UNKNOWN_QUESTION, shown="administrateur")]
    assert cleaned.is_forged


@pytest.mark.parametrize(
    ("raw", "kept", "dropped"),
    [
        ({"appel": "yes", "transfert": "satisfied", "vers": "sg"}, ["appel", "transfert", "vers"], []),
        ({"appel": "yes", "vers": "sg"}, ["appel"], ["vers"]),
        ({"appel": "no", "transfert": "satisfied"}, ["appel"], ["transfert"]),
        ({"appel": "no", "transfert": "satisfied", "vers": "sg"}, ["appel"], ["transfert", "vers"]),
        ({"transfert": "satisfied"}, [], ["transfert"]),
        ({"appel": "no", "transfert": "n’importe quoi"}, ["appel"], ["transfert"]),
        ({"appel": "yes", "transfert": "na", "vers": "sg"}, ["appel", "transfert", "vers"], []),
    ],
)
def test_an_answer_to_a_question_that_was_not_to_be_asked_is_dropped(raw, kept, dropped):
    cleaned = clean(ALL, raw)
    assert (sorted(cleaned.answers), cleaned.dropped, cleaned.problems) == (kept, dropped, [])


def test_a_condition_on_several_choices_is_met_by_one_of_them():
    after = AskedItem("delai", "scale", shown_if="motifs", shown_if_answers=frozenset({"titre", "permis"}))
    assert clean([REASONS, after], {"motifs": ["autre", "permis"], "delai": "satisfied"}).dropped == []
    assert clean([REASONS, after], {"motifs": ["autre"], "delai": "satisfied"}).dropped == ["delai"]


def test_a_question_may_come_before_the_one_it_depends_on():
    assert clean([TRANSFER, CALLED], {"appel": "yes", "transfert": "satisfied"}).dropped == []


def test_questions_that_depend_on_each_other_are_not_asked_and_do_not_hang():
    one = AskedItem("un", "yes_no", shown_if="deux")
    two = AskedItem("deux", "yes_no", shown_if="un")
    assert clean([one, two], {"un": "yes", "deux": "yes"}).answers == {}


def test_a_question_whose_condition_is_gone_is_asked():
    assert is_asked(TRANSFER, {"transfert": TRANSFER}, {})


def test_a_compulsory_question_is_missed_only_where_it_is_asked_for():
    assert clean([PROFILE], {}).problems == []
    assert clean([PROFILE], {}, requiring=True).problems == [AnswerProblem("profil", Reason.MISSING, "Vous êtes")]
    assert not clean([PROFILE], {}, requiring=True).is_forged
    hidden = AskedItem("suite", "yes_no", is_required=True, shown_if="appel", shown_if_answers=frozenset({"yes"}))
    assert clean([CALLED, hidden], {"appel": "no"}, requiring=True).problems == []
    compulsory = AskedItem("accueil", "scale", is_required=True)
    assert clean([compulsory], {"accueil": "na"}, requiring=True).problems == []


def test_a_text_has_a_length():
    assert clean([FREE], {"suggestions": "é" * LONGEST_TEXT}).answers == {"suggestions": "é" * LONGEST_TEXT}
    assert clean([FREE], {"suggestions": "\r\n".join("a" * 2500)}).problems == []  # counted as it is kept
    cleaned = clean([FREE], {"suggestions": "a" * 10_000_000})
    assert cleaned.problems == [AnswerProblem("suggestions", Reason.TOO_LONG, "Vos suggestions")]
    assert not cleaned.is_forged


def test_html_and_formulas_are_text_like_any_other():
    text = "<script>alert(1)</script> =SUM(A1) ={x}"
    assert clean([FREE], {"suggestions": text}).answers == {"suggestions": text}


def test_what_a_database_cannot_hold_leaves_a_text():
    assert as_text("a\x00b\x1b[31m\ud800\tc\u2028") == "ab[31m\tc"


@pytest.mark.parametrize(
    ("problem", "language", "sentence"),
    [
        (AnswerProblem("p", Reason.MISSING, "Vous êtes"), "fr", "« Vous êtes » : choisissez une réponse."),
        (AnswerProblem("p", Reason.MISSING, "Vous êtes"), "fr-easy", "« Vous êtes » : choisissez une réponse."),
        (AnswerProblem("p", Reason.MISSING, "You are"), "en", "“You are”: please choose an answer."),
        (
            AnswerProblem("p", Reason.UNKNOWN_ANSWER, "la courtoisie", "Bof"), "fr",
            "« la courtoisie » : « Bof » n’est pas une réponse proposée.",
        ),
    ],
)  # fmt: skip
def test_a_problem_is_one_sentence_in_the_language_of_the_form(problem, language, sentence):
    assert problem.sentence(language) == sentence


def test_a_problem_shows_the_beginning_of_what_was_sent():
    problem = clean([COURTESY], {"courtoisie": "x" * 500}).problems[0]
    assert problem.shown == "x" * 40 + "…"


def test_an_item_is_read_from_a_question():
    question = QuestionFactory.build(
        code="vers", kind="choice", label="Vers qui ?", choices=[{"code": "dmi", "label": "DMI"}], is_required=True,
        shown_if_answers=["yes"], allows_not_concerned=False,
    )  # fmt: skip
    assert item_of(question, "appel") == AskedItem(
        "vers", "choice", "Vers qui ?", True, False, ("dmi",), "appel", frozenset({"yes"})
    )


scalars = st.none() | st.text(max_size=30) | st.integers() | st.sampled_from(["satisfied", "na", "yes", "titre", "sg"])
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=3)
)


@given(st.dictionaries(st.sampled_from([item.code for item in ALL] + ["autre"]), anything))
def test_whatever_is_sent_what_is_kept_can_be_stored_and_cleans_to_itself(raw):
    cleaned = clean(ALL, raw)
    json.dumps(cleaned.answers).encode()
    assert "\x00" not in str(cleaned.answers)
    again = clean(ALL, cleaned.answers)
    assert again == Cleaned(cleaned.answers, has_text=cleaned.has_text)
    assert set(cleaned.answers).isdisjoint(cleaned.dropped)
