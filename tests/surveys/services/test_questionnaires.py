"""A questionnaire: written, adapted, frozen by its first campaign, then followed by a version that copies it."""

import pytest

from core.base.errors import UserError
from organisations.enums import Role
from surveys.enums import Kind, QuestionKind
from surveys.models import Campaign, Question, QuestionEngagement, Questionnaire
from surveys.scope import decides
from surveys.services import campaigns, questionnaires, questions
from tests.organisations.factories import PrefectureFactory, ServiceFactory, UserFactory, user_with
from tests.referential.factories import EngagementFactory
from tests.surveys.factories import (
    QuestionEngagementFactory,
    QuestionFactory,
    QuestionnaireFactory,
    SurveyCampaignFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def rq():
    return UserFactory()


@pytest.fixture
def site():
    return PrefectureFactory(code="38")


def written(questionnaire) -> list[tuple]:
    """What the questions say, by code: kind, condition, engagements."""
    return [
        (
            question.code,
            question.kind,
            question.shown_if and question.shown_if.code,
            question.shown_if_answers,
            sorted(question.engagement_links.values_list("engagement__code", flat=True)),
        )
        for question in Question.objects.filter(questionnaire=questionnaire).select_related("shown_if")
    ]


def conditional(questionnaire) -> Question:
    """A criterion that depends on a choice and serves two engagements."""
    phoned = QuestionFactory(
        questionnaire=questionnaire, code="telephone", kind=QuestionKind.CHOICE, position=1, label="Téléphoné ?",
        choices=[{"code": "oui", "label": "Oui"}, {"code": "non", "label": "Non"}],
    )  # fmt: skip
    criterion = QuestionFactory(
        questionnaire=questionnaire, code="standard", position=2, shown_if=phoned, shown_if_answers=["oui"]
    )
    QuestionEngagementFactory(question=criterion, engagement=EngagementFactory(code="10"))
    QuestionEngagementFactory(question=criterion, engagement=EngagementFactory(code="8"))
    return criterion


def test_a_questionnaire_of_a_site_has_a_code_of_its_own_and_its_author_in_the_history(rq, site):
    first = questionnaires.create(title=" Notre enquête ", kind=Kind.SATISFACTION, site=site, by=rq, source="CLU")
    second = questionnaires.create(title="Notre enquête", kind=Kind.SATISFACTION, site=site, by=rq)
    assert (first.title, first.code, first.version, first.source) == ("Notre enquête", "notre-enquete-38", 1, "CLU")
    assert second.code == "notre-enquete-38-2"
    assert first.history.get().history_user == rq


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": "  "}, "Donnez un intitulé au questionnaire."),
        ({"kind": "sondage"}, "Choisissez la nature du questionnaire."),
    ],
)
def test_a_questionnaire_without_a_title_or_with_an_unknown_kind_is_refused(rq, fields, sentence):
    with pytest.raises(UserError) as refusal:
        questionnaires.create(**{"title": "Enquête", "kind": Kind.SATISFACTION, "by": rq} | fields)
    assert refusal.value.message == sentence
    assert not Questionnaire.objects.exists()


def test_a_questionnaire_belongs_to_a_site_not_to_a_service(rq):
    with pytest.raises(UserError, match="préfecture ou à une sous-préfecture"):
        questionnaires.create(title="Enquête", kind=Kind.SATISFACTION, site=ServiceFactory(), by=rq)


def test_a_copy_for_a_site_has_the_same_questions_conditions_and_engagements_and_touches_nothing_else(rq, site):
    model = QuestionnaireFactory(code="satisfaction", title="Enquête", introduction="Bonjour")
    conditional(model)
    copy = questionnaires.copy(model, site=site, by=rq)
    assert (copy.title, copy.introduction, copy.site, copy.version) == ("Enquête", "Bonjour", site, 1)
    assert (
        written(copy)
        == written(model)
        == [
            ("telephone", "choice", None, [], []),
            ("standard", "scale", "telephone", ["oui"], ["10", "8"]),
        ]
    )
    assert Question.objects.get(questionnaire=copy, code="standard").shown_if.questionnaire == copy


def test_the_copy_writes_the_history_of_all_it_makes(rq, site):
    model = QuestionnaireFactory()
    conditional(model)
    copy = questionnaires.copy(model, site=site, by=rq)
    rows = Question.history.filter(questionnaire=copy, history_user=rq)
    assert rows.filter(history_type="+").count() == 2
    assert QuestionEngagement.history.filter(question__questionnaire=copy, history_user=rq).count() == 2


def test_opening_a_campaign_freezes_its_questionnaire_once(rq):
    criterion = QuestionFactory()
    campaign = SurveyCampaignFactory(questionnaire=criterion.questionnaire, state="draft")
    campaigns.open(campaign, by=rq)
    criterion.questionnaire.refresh_from_db()
    frozen_at = criterion.questionnaire.frozen_at
    assert frozen_at is not None
    assert questionnaires.freeze(criterion.questionnaire, by=rq).frozen_at == frozen_at


def test_a_questionnaire_without_criterion_is_not_frozen(rq):
    text = QuestionFactory(kind=QuestionKind.TEXT)
    with pytest.raises(UserError, match="n’a aucun critère"):
        questionnaires.freeze(text.questionnaire, by=rq)


@pytest.fixture
def frozen(rq):
    questionnaire = QuestionnaireFactory(code="satisfaction")
    conditional(questionnaire)
    return questionnaires.freeze(questionnaire, by=rq)


def refused(write) -> str:
    with pytest.raises(UserError) as refusal:
        write()
    return refusal.value.message


def test_what_is_frozen_no_longer_changes(rq, frozen):
    question = Question.objects.get(code="standard")
    sentence = "La version 1 est figée depuis l’ouverture d’une campagne : créez une nouvelle version pour la modifier."
    assert [
        refused(lambda: questionnaires.change(frozen, by=rq, title="Autre")),
        refused(lambda: questionnaires.remove(frozen, by=rq)),
        refused(lambda: questions.add(frozen, by=rq, kind="text", label="?")),
        refused(lambda: questions.change(question, by=rq, label="?")),
        refused(lambda: questions.move(question, to=1, by=rq)),
        refused(lambda: questions.remove(question, by=rq)),
    ] == [sentence] * 6


def test_the_next_version_is_a_copy_that_leaves_the_frozen_one_as_it_is(rq, frozen):
    made = questionnaires.new_version(frozen, by=rq)
    assert (made.code, made.version, made.frozen_at) == ("satisfaction", 2, None)
    assert written(made) == written(frozen)
    questions.change(Question.objects.get(questionnaire=made, code="standard"), by=rq, label="autrement")
    assert Question.objects.get(questionnaire=frozen, code="standard").label == "la courtoisie des agents"


def test_a_version_in_preparation_is_changed_rather_than_doubled(rq, frozen):
    questionnaires.new_version(frozen, by=rq)
    assert refused(lambda: questionnaires.new_version(frozen, by=rq)) == (
        "La version 2 est déjà en préparation : modifiez-la."
    )


def test_a_version_in_preparation_that_nobody_uses_is_deleted_with_its_questions_and_their_history_stays(rq):
    questionnaire = QuestionnaireFactory()
    conditional(questionnaire)
    questionnaires.remove(questionnaire, by=rq, reason="Essai")
    assert (Questionnaire.objects.count(), Question.objects.count(), QuestionEngagement.objects.count()) == (0, 0, 0)
    assert Question.history.filter(history_type="-", history_change_reason="Essai").count() == 2


def test_a_version_that_a_campaign_uses_is_kept(rq):
    campaign = SurveyCampaignFactory(state="draft", title="Enquête 2026")
    assert refused(lambda: questionnaires.remove(campaign.questionnaire, by=rq)) == (
        "La campagne « Enquête 2026 » utilise ce questionnaire : changez-le d’abord dans la campagne."
    )


def test_texts_change_with_their_reason(rq):
    questionnaire = questionnaires.change(QuestionnaireFactory(), by=rq, reason="CLU", introduction_en="Hello")
    assert questionnaire.introduction_en == "Hello"
    assert questionnaire.history.first().history_change_reason == "CLU"


def test_who_may_change_the_questionnaire_of_a_site_and_the_common_ones(site):
    alone = user_with(Role.QUALITY_REFERENT, site)
    own, common = QuestionnaireFactory(site=site), QuestionnaireFactory()
    assert (decides(alone, own), decides(alone, common)) == (True, True)
    other = PrefectureFactory()  # a second préfecture on the same installation: nobody decides for both
    assert decides(alone, common) is False
    assert decides(user_with(Role.QUALITY_REFERENT, other), own) is False
    assert decides(user_with(Role.MANAGEMENT, site), own) is False


def test_a_campaign_keeps_the_version_it_opened_with(rq, frozen):
    campaign = SurveyCampaignFactory(questionnaire=frozen)
    questionnaires.new_version(frozen, by=rq)
    assert Campaign.objects.get(pk=campaign.pk).questionnaire == frozen
