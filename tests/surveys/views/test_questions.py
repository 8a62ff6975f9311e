"""The editor of questions: condition in two steps, choices, engagements by module, order, refusals in words."""

import pytest
from django.urls import reverse

from organisations.enums import Role
from surveys.models import Question
from surveys.services import questions
from tests.organisations.factories import PrefectureFactory, SousPrefectureFactory, user_with
from tests.referential.factories import EngagementFactory, ModuleFactory
from tests.surveys.factories import QuestionFactory, QuestionnaireFactory

pytestmark = pytest.mark.django_db
YES_NO = [{"code": "oui", "label": "Oui"}, {"code": "non", "label": "Non"}]


@pytest.fixture
def site():
    return PrefectureFactory()


@pytest.fixture
def rq(client, site):
    user = user_with(Role.QUALITY_REFERENT, site)
    client.force_login(user)
    return user


@pytest.fixture
def questionnaire(site, rq):
    return QuestionnaireFactory(site=site)


@pytest.fixture
def phoned(questionnaire):
    return QuestionFactory(
        questionnaire=questionnaire, code="tel", kind="choice", label="Téléphoné ?", position=1, choices=YES_NO
    )


@pytest.fixture
def standard(questionnaire, phoned):
    return QuestionFactory(questionnaire=questionnaire, code="standard", label="le standard", position=2)


def url(name: str, *args) -> str:
    return reverse(f"surveys:{name}", args=args)


def form_of(question, **changes) -> dict:
    """What the form of a question sends when nothing is touched, but for the changes."""
    sent = {
        "label": question.label, "kind": question.kind, "shown_if": question.shown_if_id or "",
        "shown_if_answers": question.shown_if_answers, "allows_not_concerned": "on",
        "choices": "\n".join(choice["label"] for choice in question.choices),
    }  # fmt: skip
    return sent | changes


def test_a_question_is_added_at_the_end_and_found_again_at_its_place(client, questionnaire, standard):
    page = client.get(url("question-create", questionnaire.pk))
    assert [title for title, _fields in page.context_data["form"].sections] == [
        "La question", "Les réponses", "Quand la poser", "En facile à lire et en anglais", "Ce qu’elle sert",
    ]  # fmt: skip
    response = client.post(
        url("question-create", questionnaire.pk),
        {"label": "Pourquoi ?", "kind": "choice", "choices": "Demande | Poser une question | Enquiry\nAutre"},
    )
    made = Question.objects.get(code="pourquoi")
    assert response.url == f"{url('questionnaire', questionnaire.pk)}#question-{made.pk}"
    assert (made.position, made.choices) == (
        3,
        [
            {"code": "demande", "label": "Demande", "label_easy": "Poser une question", "label_en": "Enquiry"},
            {"code": "autre", "label": "Autre", "label_easy": "", "label_en": ""},
        ],
    )


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"label": "", "kind": "text"}, "Ce champ est obligatoire."),
        ({"label": "Q", "kind": ""}, "Ce champ est obligatoire."),
        ({"label": "Q", "kind": "choice", "choices": "Un seul"}, "Il faut de 2 à 30 choix."),
        ({"label": "Q", "kind": "text", "choices": "a | b | c | d"}, "ne se lit pas"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence_and_nothing_is_added(client, questionnaire, sent, sentence):
    response = client.post(url("question-create", questionnaire.pk), sent)
    assert response.status_code == 200
    assert sentence in response.text
    assert not Question.objects.exists()


def test_a_condition_is_chosen_in_two_steps_without_script(client, phoned, standard):
    page = client.get(url("question-edit", standard.pk))
    assert "shown_if_answers" not in page.text
    first = client.post(url("question-edit", standard.pk), form_of(standard, shown_if=phoned.pk))
    assert "Choisissez au moins une réponse." in first.text
    assert 'name="shown_if_answers" value="oui"' in first.text
    second = client.post(
        url("question-edit", standard.pk), form_of(standard, shown_if=phoned.pk, shown_if_answers=["oui"])
    )
    standard.refresh_from_db()
    assert (second.status_code, standard.shown_if, standard.shown_if_answers) == (302, phoned, ["oui"])


def test_changing_the_question_it_depends_on_forgets_the_answers_of_the_other(client, questionnaire, phoned, standard):
    other = QuestionFactory(questionnaire=questionnaire, code="o", kind="yes_no", label="Autre ?", position=1)
    questions.change(standard, by=None, shown_if=phoned, shown_if_answers=["oui"])
    response = client.post(
        url("question-edit", standard.pk), form_of(standard, shown_if=other.pk, shown_if_answers=["oui"])
    )
    assert "Choisissez au moins une réponse." in response.text
    assert 'value="yes"' in response.text


def test_only_earlier_questions_with_answers_are_offered_as_conditions(client, questionnaire, phoned, standard):
    QuestionFactory(questionnaire=questionnaire, kind="text", position=1, label="Texte")
    QuestionFactory(questionnaire=questionnaire, position=9, label="plus tard")
    offered = client.get(url("question-edit", standard.pk)).context_data["form"].fields["shown_if"].queryset
    assert list(offered) == [phoned]
    assert not client.get(url("question-edit", phoned.pk)).context_data["form"].fields["shown_if"].queryset


def test_the_engagements_of_several_referentials_are_chosen_by_module(client, standard):
    first, second = EngagementFactory(code="10"), EngagementFactory(code="8", module=ModuleFactory())
    sent = form_of(standard, engagements=[first.pk, second.pk], reason="Référentiel lu")
    assert client.post(url("question-edit", standard.pk), sent).status_code == 302
    assert {link.engagement for link in standard.engagement_links.all()} == {first, second}
    groups = client.get(url("question-edit", standard.pk)).context_data["form"].engagement_groups
    assert sorted(chosen for _title, _rows, chosen in groups) == [1, 1]


def test_a_second_editor_sees_that_the_engagements_moved(client, standard, rq):
    version = client.get(url("question-edit", standard.pk)).context_data["version"]
    questions.change(standard, by=rq, engagements=[EngagementFactory()])
    response = client.post(url("question-edit", standard.pk), form_of(standard, _version=version, label="mon libellé"))
    assert response.status_code == 409
    assert "mon libellé" in response.text


def test_a_question_moves_by_a_button_and_stops_at_the_ends(client, questionnaire, phoned, standard):
    def order():
        return [row.code for row in questionnaire.questions.order_by("position", "pk")]

    client.post(url("question-up", standard.pk))
    assert order() == ["standard", "tel"]
    client.post(url("question-up", standard.pk))
    assert order() == ["standard", "tel"]
    client.post(url("question-down", standard.pk))
    client.post(url("question-down", standard.pk))
    assert order() == ["tel", "standard"]


def test_a_question_that_would_pass_the_one_it_depends_on_says_why_it_stays(client, phoned, standard):
    questions.change(standard, by=None, shown_if=phoned, shown_if_answers=["oui"])
    response = client.post(url("question-up", standard.pk), follow=True)
    assert "« le standard » dépend de « Téléphoné ? » et vient donc après." in response.text


def test_a_question_is_removed_unless_another_depends_on_it(client, questionnaire, phoned, standard):
    questions.change(standard, by=None, shown_if=phoned, shown_if_answers=["oui"])
    assert "dépend de cette question" in client.post(url("question-remove", phoned.pk)).text
    response = client.post(url("question-remove", standard.pk), {"reason": "Trop long"})
    assert response.url == url("questionnaire", questionnaire.pk)
    assert Question.history.filter(history_type="-", history_change_reason="Trop long").count() == 1


def test_the_history_of_a_question_stays_readable_once_it_is_deleted_and_reads_its_choices(client, rq, phoned):
    questions.change(phoned, by=rq, choices=[*YES_NO, {"code": "np", "label": "Ne sait plus"}])
    key = phoned.pk
    assert "Oui ; Non ; Ne sait plus" in client.get(url("question-history", key)).text
    questions.remove(phoned, by=rq)
    assert client.get(url("question-history", key)).status_code == 200


def test_the_history_of_a_question_gone_with_its_questionnaire_is_for_those_of_its_site(
    client, rq, questionnaire, phoned
):
    key = phoned.pk
    questions.remove(phoned, by=rq)
    questionnaire.delete()
    response = client.get(url("question-history", key))
    assert (response.status_code, str(questionnaire) in response.text) == (200, True)
    client.force_login(user_with(Role.QUALITY_REFERENT, SousPrefectureFactory()))
    assert client.get(url("question-history", key)).status_code == 404


def test_a_frozen_question_is_refused_in_the_words_of_its_version(client, questionnaire, standard):
    questionnaire.frozen_at = "2026-03-02T10:00Z"
    questionnaire.save()
    response = client.post(url("question-edit", standard.pk), form_of(standard, label="autre"))
    assert "La version 1 est figée" in response.text
