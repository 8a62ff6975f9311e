"""What a question says in each language: labels, answers, conditions, digits of the fast entry."""

import pytest

from surveys.rules.answers import AnswerProblem, Reason
from surveys.rules.phrases import PHRASES
from surveys.rules.wording import Wording, answer_labels, languages_of, sheet, text_of
from tests.surveys.factories import QuestionFactory


def question(pk, **fields):
    return QuestionFactory.build(pk=pk, questionnaire=None, **fields)


COURTESY = question(1, code="courtoisie", label="la courtoisie", label_en="courtesy", label_easy="les agents polis")
CALLED = question(2, code="appel", kind="yes_no", label="Avez-vous téléphoné ?", allows_not_concerned=False)
TRANSFER = question(3, code="transfert", label="le transfert", shown_if=CALLED, shown_if_answers=["yes"])
WHERE = question(
    4, code="vers", kind="choice", label="Vers qui ?", shown_if=CALLED,
    choices=[{"code": "dmi", "label": "Étrangers", "label_en": "Immigration"}, {"code": "sg", "label": "Secrétariat"}],
)  # fmt: skip
REASONS = question(5, code="motifs", kind="multiple", choices=[{"code": str(n), "label": f"n° {n}"} for n in range(11)])
FREE = question(6, code="suggestions", kind="text", is_required=True, label="Vos suggestions", help_text="En bref.")
ALL = [COURTESY, CALLED, TRANSFER, WHERE, REASONS, FREE]


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("fr", ["Très satisfait", "Satisfait", "Peu satisfait", "Pas du tout satisfait", "Non concerné"]),
        (
            "fr-easy",
            ["Très content", "Content", "Pas très content", "Pas content du tout", "Cela ne me concerne pas"],
        ),
        (
            "en",
            ["Very satisfied", "Satisfied", "Not very satisfied", "Not at all satisfied", "Does not apply to me"],
        ),
    ],
)
def test_the_scale_is_worded_in_each_language(language, labels):
    assert [str(label) for label in answer_labels(COURTESY, language).values()] == labels


def test_a_mystery_grid_says_sans_objet():
    assert str(answer_labels(COURTESY, kind="mystery")["na"]) == "Sans objet"
    assert str(answer_labels(COURTESY, "en", kind="mystery")["na"]) == "Not applicable"


def test_non_concerne_is_offered_only_where_it_is_allowed():
    assert list(answer_labels(CALLED)) == ["yes", "no"]
    assert list(answer_labels(WHERE)) == ["dmi", "sg"]


def test_what_lacks_a_translation_is_given_in_french_and_says_so():
    assert answer_labels(WHERE, "en") == {"dmi": Wording("Immigration"), "sg": Wording("Secrétariat", "fr")}
    assert text_of(CALLED, "label", "en") == Wording("Avez-vous téléphoné ?", "fr")
    assert text_of(CALLED, "label", "fr-easy") == Wording("Avez-vous téléphoné ?")
    assert text_of(COURTESY, "label", "en") == Wording("courtesy")


def test_the_languages_are_those_that_some_question_speaks():
    assert languages_of(ALL) == ["fr", "fr-easy", "en"]
    assert languages_of([CALLED]) == ["fr"]


@pytest.mark.parametrize(
    ("language", "only", "any_answer"),
    [
        (
            "fr",
            "Répondez seulement si vous avez répondu « Oui » à la question 2.",
            "Répondez seulement si vous avez répondu à la question 2.",
        ),
        (
            "fr-easy",
            "Répondez seulement si vous avez choisi « Oui » à la question 2.",
            "Répondez seulement si vous avez répondu à la question 2.",
        ),
        ("en", "Answer only if you chose “Yes” in question 2.", "Answer only if you answered question 2."),
    ],
)
def test_a_condition_is_told_in_words(language, only, any_answer):
    shown = sheet(ALL, language)
    assert [one.condition for one in shown] == ["", "", only, any_answer, "", ""]
    assert [(one.depends_on, one.depends_answers) for one in shown[2:4]] == [("q-appel", "yes"), ("q-appel", "")]


def test_a_condition_on_several_answers_names_them_all():
    after = question(9, shown_if=WHERE, shown_if_answers=["dmi", "sg"])
    shown = sheet([WHERE, after])[1]
    assert (
        shown.condition == "Répondez seulement si vous avez répondu « Étrangers » ou « Secrétariat » à la question 1."
    )


def test_questions_are_numbered_and_a_run_of_scales_is_opened_once():
    shown = sheet([COURTESY, question(7), CALLED, TRANSFER])
    assert [one.number for one in shown] == [1, 2, 3, 4]
    assert [one.opens_scale for one in shown] == [True, False, False, True]


def test_the_answers_given_are_checked_and_texts_are_written_again():
    values = {"courtoisie": "satisfied", "motifs": ["1", "3"], "suggestions": "Merci"}
    courtesy, _, _, _, reasons, free = sheet(ALL, values=values)
    assert [option.code for option in courtesy.options if option.is_checked] == ["satisfied"]
    assert [option.code for option in reasons.options if option.is_checked] == ["1", "3"]
    assert (free.text, free.options) == ("Merci", ())


def test_each_answer_has_its_digit_and_zero_is_for_non_concerne():
    courtesy, called, _, _, reasons, _ = sheet(ALL)
    assert [option.digit for option in courtesy.options] == ["1", "2", "3", "4", "0"]
    assert [option.digit for option in called.options] == ["1", "2"]
    assert [option.digit for option in reasons.options] == [*"123456789", "", ""]


def test_identifiers_of_answers_are_unique_on_the_page():
    ids = [option.id for one in sheet(ALL) for option in one.options]
    assert len(ids) == len(set(ids))


def test_a_problem_is_told_on_its_question():
    shown = sheet(ALL, "en", problems=[AnswerProblem("suggestions", Reason.MISSING, "Vos suggestions")])
    assert [one.error for one in shown if one.error] == ["“Vos suggestions”: please choose an answer."]
    assert sheet(ALL)[5].missing == "« Vos suggestions » : choisissez une réponse."


def test_no_sentence_of_a_public_page_is_empty():
    assert [(code, name) for code, words in PHRASES.items() for name, value in vars(words).items() if not value] == []
