"""Messages of a case: begun from a model that the CLU saw or not, and what becomes of one that did not arrive."""

import re
from datetime import date
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from actions.enums import Status
from complaints import cards
from complaints.enums import Channel, MessageKind, MessageState
from complaints.services import cases, messages, steering
from core.base.errors import UserError
from organisations.enums import Role
from tests.actions.factories import ActionFactory
from tests.complaints.factories import CaseFindingFactory, ReplyTemplateFactory
from tests.organisations.factories import user_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_friday():
    with time_machine.travel(date(2022, 3, 4), tick=False):
        yield


@pytest.fixture
def referent(site, client):
    referent = user_with(Role.QUALITY_REFERENT, site)
    client.force_login(referent)
    return referent


@pytest.fixture
def case(site, referent):
    person = {"email": "anne@example.invalid", "text": "Attente"}
    return cases.register(site, channel=Channel.EMAIL, received_on=date(2022, 3, 1), by=referent, person=person)


def text_of(answer):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


@pytest.fixture
def lost(case):
    message = messages.write(case, kind=MessageKind.ANSWER, subject="Réponse", body="Bonjour", by=None, by_mail=True)
    message.state = MessageState.RETURNED
    message.save()
    return message


@pytest.mark.parametrize(("fate", "state"), [("again", MessageState.WAITING), ("settle", MessageState.SETTLED)])
def test_a_message_come_back_is_sent_again_or_settled_and_the_home_page_forgets_it(
    client, rf, case, referent, lost, fate, state
):
    request = rf.get("/")
    request.user = referent
    assert [one.what for one in cards.to_answer(request)][-1] == f"Message non arrivé : {case}"
    assert "Envoyer à nouveau" in text_of(client.get(reverse("complaints:case", args=[case.reference])))

    client.post(reverse("complaints:case-message", args=[case.reference, lost.pk]), {"fate": fate})

    lost.refresh_from_db()
    assert lost.state == state
    assert not any("non arrivé" in one.what for one in cards.to_answer(request))
    assert "Envoyer à nouveau" not in text_of(client.get(reverse("complaints:case", args=[case.reference])))
    again = client.post(reverse("complaints:case-message", args=[case.reference, lost.pk]), {"fate": fate}, follow=True)
    assert "Ce message n’est plus ni incertain ni revenu." in text_of(again)


def test_an_answer_is_begun_from_the_model_that_one_chooses(client, site, case):
    first = ReplyTemplateFactory(site=site, title="Attente", body="Pour l’attente", approved_on=date(2022, 1, 12))
    second = ReplyTemplateFactory(site=site, title="Courtoisie", body="Pour la courtoisie")
    page = reverse("complaints:case-answer", args=[case.reference])

    shown = text_of(client.get(page))
    assert "Attente , repris ci-dessous, avis du CLU du 12/01/2022" in shown
    assert "Courtoisie , sans avis du CLU" in shown
    assert ("Pour l’attente" in shown, "Pour la courtoisie" in shown) == (True, False)
    chosen = text_of(client.get(f"{page}?modele={second.pk}"))
    assert ("Pour l’attente" in chosen, "Pour la courtoisie" in chosen) == (False, True)
    assert "Pour l’attente" in text_of(client.get(f"{page}?modele=x"))
    assert first.approval == "avis du CLU du 12/01/2022"


def test_another_text_is_not_the_one_that_the_clu_saw(site):
    model = ReplyTemplateFactory(site=site, approved_on=date(2022, 1, 12))

    with pytest.raises(UserError, match="l’avis du CLU du 12/01/2022 portait sur l’ancien"):
        steering.change_template(model, by=None, body="Autre texte")
    steering.change_template(model, by=None, title="Autre intitulé")
    steering.change_template(model, by=None, body="Autre texte", approved_on=None)
    model.refresh_from_db()
    assert (model.title, model.body, model.approved_on) == ("Autre intitulé", "Autre texte", None)


def test_what_was_asked_and_done_is_offered_to_be_told_once(client, rf, site, case, referent):
    request = rf.get("/")
    request.user = referent
    page, done = (reverse(f"complaints:case{name}", args=[case.reference]) for name in ("", "-done"))
    action = ActionFactory(finding=CaseFindingFactory(complaint=case).finding)
    assert "Dire ce qui a été fait" not in text_of(client.get(page))
    action.status = Status.DONE
    action.save()

    offered = [one for one in cards.to_answer(request) if one.action == "Dire ce qui a été fait"]
    assert [one.url for one in offered] == [done]
    assert "Dire ce qui a été fait" in text_of(client.get(page))
    form = client.get(done)
    assert "nous l’avons fait : […]" in text_of(form)
    sent = {"subject": "Fait", "body": "Deux chaises de plus.", "by_mail": "on"}
    assert "Complétez le texte" in text_of(client.post(done, sent | {"body": "Nous l’avons fait : […]"}))
    assert "obligatoire" in text_of(client.post(done, sent | {"body": ""}))
    assert client.post(done, sent).status_code == 302

    assert list(case.messages.values_list("kind", "state")) == [(MessageKind.DONE, MessageState.WAITING)]
    assert "Dire ce qui a été fait" not in text_of(client.get(page))
    assert not any(one.action == "Dire ce qui a été fait" for one in cards.to_answer(request))


def test_another_message_of_the_same_person_and_what_is_sensitive_are_shown(client, site, case, referent):
    person = {"email": "Anne@example.invalid", "text": "Je suis enceinte et malade"}
    other = cases.register(site, channel=Channel.PHONE, received_on=date(2022, 3, 2), by=referent, person=person)
    stranger = {"email": "zoe@example.invalid", "text": "Rien"}
    apart = cases.register(site, channel=Channel.EMAIL, received_on=date(2022, 3, 2), by=referent, person=stranger)

    shown = text_of(client.get(reverse("complaints:case", args=[case.reference])))
    assert f"La même personne a aussi écrit : {other.reference}" in shown
    assert apart.reference not in shown
    read = client.post(reverse("complaints:case-person", args=[other.reference]))
    assert "Texte sensible : enceinte, malade" in text_of(read)
