"""Free texts: tagged by theme, hidden with a reason, one row each, every change in the history."""

import pytest

from core.base.errors import UserError
from surveys.enums import QuestionKind
from surveys.models import Verbatim
from surveys.services import verbatims
from tests.organisations.factories import UserFactory
from tests.surveys.factories import QuestionFactory, ResponseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def text():
    question = QuestionFactory(kind=QuestionKind.TEXT, code="suggestions")
    return ResponseFactory(answers={"suggestions": "Des sièges"}, has_text=True), question


def test_a_text_is_tagged_then_tagged_otherwise(text):
    user = UserFactory()
    verbatims.tag(*text, theme="reception", by=user)
    row = verbatims.tag(*text, theme="internet", by=user)
    assert (row.theme, Verbatim.objects.count(), Verbatim.history.count()) == ("internet", 1, 2)
    assert Verbatim.history.first().history_user == user


def test_saying_the_same_again_writes_nothing(text):
    verbatims.tag(*text, theme="reception", by=None)
    verbatims.tag(*text, theme="reception", by=None)
    assert Verbatim.history.count() == 1


def test_an_unknown_theme_is_refused(text):
    with pytest.raises(UserError, match="Choisissez un thème"):
        verbatims.tag(*text, theme="autre chose", by=None)


def test_hiding_needs_a_reason_and_showing_again_does_not(text):
    with pytest.raises(UserError, match="Dites pourquoi ce texte est masqué"):
        verbatims.hide(*text, by=None, reason=" ")
    assert verbatims.hide(*text, by=None, reason="Un agent est nommé").is_hidden
    assert not verbatims.show(*text, by=None).is_hidden
    assert Verbatim.history.last().history_change_reason == "Un agent est nommé"


def test_the_theme_survives_hiding(text):
    verbatims.tag(*text, theme="reception", by=None)
    assert verbatims.hide(*text, by=None, reason="essai").theme == "reception"


def test_a_form_without_text_to_that_question_is_refused(text):
    response, _ = text
    with pytest.raises(UserError, match="n’a pas de texte"):
        verbatims.tag(response, QuestionFactory(kind=QuestionKind.TEXT), theme="reception", by=None)
