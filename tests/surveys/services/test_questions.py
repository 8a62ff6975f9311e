"""Questions: added, checked, put in order, tied to engagements; a condition never loses its answer."""

import pytest

from core.base.errors import UserError
from surveys.enums import QuestionKind
from surveys.models import Question, QuestionEngagement
from surveys.services import questions
from tests.organisations.factories import UserFactory
from tests.referential.factories import EngagementFactory
from tests.surveys.factories import QuestionFactory, QuestionnaireFactory

pytestmark = pytest.mark.django_db
YES_NO = [{"code": "oui", "label": "Oui"}, {"code": "non", "label": "Non"}]


@pytest.fixture
def rq():
    return UserFactory()


@pytest.fixture
def three(rq):
    """A choice, a criterion that depends on it, a text."""
    questionnaire = QuestionnaireFactory()
    phoned = questions.add(questionnaire, by=rq, kind="choice", label="Téléphoné ?", choices=YES_NO)
    standard = questions.add(
        questionnaire, by=rq, kind="scale", label="le standard", shown_if=phoned, shown_if_answers=["oui"]
    )
    return phoned, standard, questions.add(questionnaire, by=rq, kind="text", label="Suggestions")


def order(questionnaire) -> list[str]:
    return list(Question.objects.filter(questionnaire=questionnaire).values_list("code", flat=True))


def refusal_of(write) -> tuple[str, str | None]:
    with pytest.raises(UserError) as refusal:
        write()
    return refusal.value.message, refusal.value.field


def test_questions_come_one_after_the_other_with_a_code_drawn_from_their_words(rq, three):
    questionnaire = three[0].questionnaire
    questions.add(questionnaire, by=rq, kind="text", label="Suggestions !")
    assert list(Question.objects.filter(questionnaire=questionnaire).values_list("code", "position")) == [
        ("telephone", 1),
        ("le-standard", 2),
        ("suggestions", 3),
        ("suggestions-2", 4),
    ]


def test_a_question_that_is_not_a_criterion_has_no_not_concerned_and_one_without_choices_loses_them(rq, three):
    phoned, standard, _ = three
    assert (phoned.allows_not_concerned, standard.allows_not_concerned) == (False, True)
    lonely = QuestionFactory(kind=QuestionKind.CHOICE, choices=YES_NO)
    assert questions.change(lonely, by=rq, kind=QuestionKind.TEXT).choices == []


def test_a_code_stays_when_the_words_change(rq, three):
    changed = questions.change(three[1], by=rq, label="l’accueil téléphonique", reason="CLU")
    assert (changed.code, changed.label) == ("le-standard", "l’accueil téléphonique")
    assert changed.history.first().history_change_reason == "CLU"


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"label": "  "}, ("Écrivez la question.", "label")),
        ({"kind": "étoiles"}, ("Choisissez le type de réponse.", "kind")),
        ({"kind": "choice"}, ("Il faut de 2 à 30 choix.", "choices")),
        ({"kind": "choice", "choices": [YES_NO[0], YES_NO[0]]}, ("Le choix « oui » figure deux fois.", "choices")),
        (
            {"kind": "choice", "choices": [YES_NO[0], {"code": "É", "label": "x"}]},
            ("« É » n’est pas un code : des minuscules, des chiffres et des tirets.", "choices"),
        ),
        (
            {"kind": "choice", "choices": [YES_NO[0], {"code": "na", "label": "x"}]},
            ("« na » n’est pas un code : des minuscules, des chiffres et des tirets.", "choices"),
        ),
        (
            {"kind": "choice", "choices": [YES_NO[0], {"code": "b", "label": " "}]},
            ("Chaque choix a un libellé.", "choices"),
        ),
    ],
)
def test_a_bad_question_is_refused_on_its_field(rq, three, fields, refusal):
    wanted = {"kind": "scale", "label": "la courtoisie"} | fields
    assert refusal_of(lambda: questions.add(three[0].questionnaire, by=rq, **wanted)) == refusal
    assert len(order(three[0].questionnaire)) == 3


@pytest.mark.parametrize(
    ("parent", "answers", "refusal"),
    [
        (0, [], ("Choisissez au moins une réponse.", "shown_if_answers")),
        (0, ["peut-être"], ("« peut-être » n’est pas une réponse à « Téléphoné ? ».", "shown_if_answers")),
        (2, ["oui"], ("« Suggestions » est un texte libre : aucune question n’en dépend.", "shown_if_answers")),
    ],
)
def test_a_condition_names_answers_of_a_question_that_has_some(rq, three, parent, answers, refusal):
    def add():
        questions.add(
            three[0].questionnaire, by=rq, kind="scale", label="le transfert", shown_if=three[parent],
            shown_if_answers=answers,
        )  # fmt: skip

    assert refusal_of(add) == refusal


def test_a_question_depends_only_on_one_asked_before_it_in_the_same_questionnaire(rq, three):
    phoned, standard, _ = three
    sentence = ("Une question ne dépend que d’une question posée avant elle.", "shown_if")
    elsewhere = QuestionFactory(kind=QuestionKind.YES_NO)
    wanted = {"shown_if_answers": ["yes"]}
    assert refusal_of(lambda: questions.change(phoned, by=rq, shown_if=standard, **wanted)) == sentence
    assert refusal_of(lambda: questions.change(phoned, by=rq, shown_if=phoned, **wanted)) == sentence
    assert refusal_of(lambda: questions.change(standard, by=rq, shown_if=elsewhere, **wanted)) == sentence


def test_an_answer_on_which_a_question_depends_stays(rq, three):
    phoned, _, _ = three
    others = [{"code": "parfois", "label": "Parfois"}, {"code": "non", "label": "Non"}]
    sentence = "La question « le standard » en dépend : « oui » n’est pas une réponse à « Téléphoné ? »."
    assert refusal_of(lambda: questions.change(phoned, by=rq, choices=others)) == (sentence, "choices")
    assert refusal_of(lambda: questions.change(phoned, by=rq, kind="text")) == (
        "La question « le standard » en dépend : « Téléphoné ? » est un texte libre : aucune question n’en dépend.",
        "choices",
    )


def test_taking_the_condition_away_forgets_its_answers(rq, three):
    assert questions.change(three[1], by=rq, shown_if=None).shown_if_answers == []


@pytest.mark.parametrize(
    ("moved", "to", "expected"),
    [
        (2, 1, ["suggestions", "telephone", "le-standard"]),
        (2, 2, ["telephone", "suggestions", "le-standard"]),
        (0, 1, ["telephone", "le-standard", "suggestions"]),
        (1, 99, ["telephone", "suggestions", "le-standard"]),
        (2, -4, ["suggestions", "telephone", "le-standard"]),
    ],
)
def test_a_question_moves_to_a_rank(rq, three, moved, to, expected):
    questions.move(three[moved], to=to, by=rq)
    assert order(three[0].questionnaire) == expected


def test_a_question_does_not_move_before_the_one_it_depends_on(rq, three):
    sentence = ("« le standard » dépend de « Téléphoné ? » et vient donc après.", None)
    assert refusal_of(lambda: questions.move(three[1], to=1, by=rq)) == sentence
    assert refusal_of(lambda: questions.move(three[0], to=3, by=rq)) == sentence
    assert order(three[0].questionnaire) == ["telephone", "le-standard", "suggestions"]


def test_moving_writes_the_history_of_the_questions_that_moved_alone(rq, three):
    before = Question.history.count()
    questions.move(three[2], to=2, by=rq)
    assert Question.history.count() == before + 2


def test_a_question_on_which_another_depends_is_not_removed(rq, three):
    assert refusal_of(lambda: questions.remove(three[0], by=rq)) == (
        "« le standard » dépend de cette question : changez d’abord sa condition.",
        None,
    )
    questions.remove(three[1], by=rq)
    questions.remove(three[0], by=rq)
    assert order(three[0].questionnaire) == ["suggestions"]


def test_a_question_serves_several_engagements_and_what_changes_alone_is_written(rq, three):
    kept, dropped, added = EngagementFactory(), EngagementFactory(), EngagementFactory()
    question = questions.change(three[1], by=rq, engagements=[kept, dropped])
    links = QuestionEngagement.history.count()
    questions.change(question, by=rq, engagements=[kept, added])
    assert {link.engagement for link in question.engagement_links.all()} == {kept, added}
    assert QuestionEngagement.history.count() == links + 2
    questions.change(question, by=rq, label="le standard téléphonique")
    assert question.engagement_links.count() == 2
