"""« Vous l’avez demandé, nous l’avons fait »: written, changed, published, removed."""

import pytest

from core.base.errors import UserError
from surveys.models import Feedback
from surveys.services import feedbacks
from tests.actions.factories import ActionFactory, FindingFactory, PlanFactory
from tests.organisations.factories import UserFactory
from tests.surveys.factories import SurveyCampaignFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return SurveyCampaignFactory()


def test_answers_are_kept_in_their_order_with_their_author(campaign):
    user = UserFactory()
    told = {"request": " Des sièges ", "theme": "reception", "reply": "Douze sièges."}
    feedbacks.add(campaign, **told, is_published=True, by=user)
    feedbacks.add(campaign, request="De l’eau", by=user)
    rows = Feedback.objects.filter(campaign=campaign)
    assert [(row.request, row.position, row.is_published) for row in rows] == [
        ("Des sièges", 0, True), ("De l’eau", 1, False),
    ]  # fmt: skip
    assert Feedback.history.first().history_user == user


@pytest.mark.parametrize(
    ("fields", "message", "field"),
    [
        ({"request": " "}, "Dites ce que les usagers ont demandé", "request"),
        ({"request": "x", "theme": "rien"}, "Choisissez un thème", "theme"),
        ({"request": "x", "is_published": True}, "Écrivez ce qui a été fait avant de publier", "reply"),
    ],
)
def test_what_is_incomplete_is_refused_on_its_field(campaign, fields, message, field):
    with pytest.raises(UserError, match=message) as refusal:
        feedbacks.add(campaign, by=None, **fields)
    assert refusal.value.field == field


def test_the_action_is_one_of_the_site(campaign):
    other = ActionFactory()
    with pytest.raises(UserError, match="une action du site"):
        feedbacks.add(campaign, request="x", action=other, by=None)
    ours = ActionFactory(finding=FindingFactory(plan=PlanFactory(site=campaign.site)))
    assert feedbacks.add(campaign, request="x", action=ours, by=None).action == ours


def test_changing_keeps_the_history(campaign):
    feedback = feedbacks.add(campaign, request="x", by=None)
    changed = feedbacks.change(feedback, reply=" Fait. ", is_published=True, by=None, reason="CLU")
    assert (changed.reply, changed.is_published, Feedback.history.count()) == ("Fait.", True, 2)
    with pytest.raises(UserError, match="avant de publier"):
        feedbacks.change(feedback, reply="", by=None)
    with pytest.raises(TypeError, match="campaign"):
        feedbacks.change(feedback, campaign=campaign, by=None)


def test_removing_leaves_its_history(campaign):
    feedbacks.remove(feedbacks.add(campaign, request="x", by=None), by=None, reason="doublon")
    assert (Feedback.objects.count(), Feedback.history.filter(history_type="-").count()) == (0, 1)
