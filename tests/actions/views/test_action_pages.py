"""One action: its page, its forms, two people who change it at once, its removal."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from actions.enums import Effectiveness, Status
from actions.models import Action
from actions.rules.responsibles import Responsible
from actions.services import actions as action_services
from actions.services import progress
from organisations.enums import Role
from tests.actions.factories import ActionFactory, ActionResponsibleFactory, ProofFactory
from tests.core.page_checks import query_count
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory, user_with

pytestmark = pytest.mark.django_db
ACTION_QUERIES = 15


def url(name: str, *args) -> str:
    return reverse(f"actions:{name}", args=args)


@pytest.fixture
def signed_in(client, rq):
    client.force_login(rq)
    return rq


def form_data(action, **changes) -> dict:
    return {"text": action.text, "deadline": action.deadline_text, "expected_effect": action.expected_effect} | changes


def labels(action) -> list[str]:
    return [row.label for row in action.responsibles.order_by("position")]


def buttons(client, action) -> list[str]:
    return [button["label"] for button in client.get(url("action", action.pk)).context_data["actions"]]


def test_the_page_tells_who_when_and_how_the_deadline_was_understood(client, signed_in, action, service):
    ActionResponsibleFactory(action=action, unit=service)
    text = client.get(url("action", action.pk)).text
    for words in (
        "Programmer les enquêtes", "Enquêtes mystères à programmer", "BRH", "1er trim. 2016",
        "du 01/01/2016 au 31/03/2016", "Aucun document ne montre encore ce qui a été fait.", "changer l’échéance",
    ):  # fmt: skip
        assert words in text


def test_the_page_costs_the_same_with_one_and_three_responsibles_and_proofs(client, signed_in, action, site):
    def make():
        ActionResponsibleFactory(action=action, unit=ServiceFactory(parent=site))
        ProofFactory(action=action, added_by=signed_in)

    make()
    first = query_count(client, url("action", action.pk))
    make()
    make()
    assert (first, query_count(client, url("action", action.pk))) == (ACTION_QUERIES, ACTION_QUERIES)


def test_the_ledger_tells_the_first_promise_each_move_and_the_drift(client, signed_in, action):
    progress.move_deadline(action, deadline="30/06/2016", reason="Marché infructueux", by=signed_in)
    progress.move_deadline(action, deadline="30/09/2016", reason="Été", by=signed_in)
    text = client.get(url("action", action.pk)).text
    for words in (
        "Première promesse : 1er trim. 2016, dérive : +183\u202fjours",
        "+91\u202fjours", "2 changements d’échéance", "Marché infructueux", "Anne Dupont", "Dérive totale",
    ):  # fmt: skip
        assert words in text


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.TODO, ["Faire le point", "Joindre une preuve", "Modifier", "Retirer"]),
        (
            Status.DONE,
            ["Faire le point", "Joindre une preuve", "Modifier", "Faire vérifier l’efficacité", "Retirer"],
        ),
    ],
)
def test_the_buttons_are_those_that_the_status_allows(client, signed_in, finding, status, expected):
    assert buttons(client, ActionFactory(finding=finding, status=status)) == expected


def test_a_review_asked_for_can_be_made(client, signed_in, finding):
    action = ActionFactory(finding=finding, status=Status.DONE, review_due_on=date(2017, 1, 1))
    assert "Vérifier l’efficacité" in buttons(client, action)
    assert "à vérifier le 01/01/2017" in client.get(url("action", action.pk)).text
    action.review_due_on, action.reviewed_on = None, date(2017, 1, 2)
    action.review_result, action.review_comment = Effectiveness.EFFECTIVE, "98 % d’appels aboutis"
    action.save()
    text = client.get(url("action", action.pk)).text
    assert "Efficace, vérifiée le 02/01/2017" in text
    assert "98 % d’appels aboutis" in text


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.HEAD_OF_SERVICE, ["Faire le point", "Joindre une preuve"]),
        (Role.CONTRIBUTOR, ["Faire le point", "Joindre une preuve"]),
        (Role.MANAGEMENT, []),
        (Role.AUDITOR, []),
    ],
)
def test_each_role_finds_its_own_buttons(client, action, service, role, expected):
    ActionResponsibleFactory(action=action, unit=service)
    client.force_login(user_with(role, service))
    assert buttons(client, action) == expected


def test_what_was_done_is_a_thread_of_notes_each_with_who_and_when(client, signed_in, action, site):
    luc = user_with(Role.DEPUTY_REFERENT, site, first_name="Luc", last_name="Roy")
    with time_machine.travel("2100-02-01 10:00:00+01:00", tick=False):
        progress.report_progress(action, status="ongoing", comment="Devis demandé", by=signed_in)
    with time_machine.travel("2100-03-01 10:00:00+01:00", tick=False):
        progress.report_progress(action, status="done", comment="Affiché", by=luc)
    page = client.get(url("action", action.pk))
    assert [(note.text, str(note.who), f"{note.when:%d/%m}") for note in page.context_data["notes"]] == [
        ("Affiché", "Luc Roy", "01/03"), ("Devis demandé", "Anne Dupont", "01/02"),
    ]  # fmt: skip
    assert "Devis demandé" in page.text


def test_twins_lead_to_one_another_for_those_who_see_both(client, signed_in, action, finding, service):
    twin = ActionFactory(finding=finding, text="La même ailleurs", merged_into=action)
    ActionResponsibleFactory(action=action, unit=service)
    assert url("action", twin.pk) in client.get(url("action", action.pk)).text
    client.force_login(user_with(Role.HEAD_OF_SERVICE, service))
    assert url("action", twin.pk) not in client.get(url("action", action.pk)).text


@time_machine.travel("2016-02-01 10:00:00+01:00", tick=False)
def test_an_action_is_added_and_the_message_says_how_its_deadline_was_understood(client, signed_in, finding, service):
    head = user_with(Role.HEAD_OF_SERVICE, service)
    data = {
        "text": "Former les agents", "deadline": "2e trim. 2016", "units": [service.pk], "people": [head.pk],
        "words": "Webmestre ; DLP", "expected_effect": "Moins de réclamations",
    }  # fmt: skip
    answer = client.post(url("action-create", finding.pk), data, follow=True)
    created = Action.objects.get()
    assert answer.redirect_chain == [(url("action", created.pk), 302)]
    assert "L’action est ajoutée. Échéance comprise : du 01/04/2016 au 30/06/2016." in answer.text
    assert labels(created) == ["BRH", str(head), "Webmestre", "DLP"]
    assert (created.deadline_text, created.promised_text) == ("2e trim. 2016", "2e trim. 2016")


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        (
            {"deadline": "un de ces quatre"},
            "deadline",
            "n’est pas une échéance que nous comprenons",
        ),
        ({"deadline": "01/01/2015"}, "deadline", "L’échéance « 01/01/2015 » précède l’origine du plan"),
        ({"units": ["999999"]}, "units", "999999"),
    ],
)
def test_what_is_not_understood_is_told_on_its_field(client, signed_in, finding, changes, field, sentence):
    answer = client.post(url("action-create", finding.pk), {"text": "x"} | changes)
    [message] = answer.context_data["form"].errors[field]
    assert sentence in message
    assert Action.objects.count() == 0


def test_the_responsibles_offered_are_those_of_the_prefecture(client, signed_in, finding, site, service):
    user_with(Role.HEAD_OF_SERVICE, service, first_name="Karim", last_name="Benali")
    sister = ServiceFactory(parent=SousPrefectureFactory(parent=site.parent), name="Service voisin")
    ServiceFactory(name="Service d’une autre préfecture")
    user_with(Role.HEAD_OF_SERVICE, ServiceFactory(), first_name="Zoé", last_name="Lointaine")
    text = client.get(url("action-create", finding.pk)).text
    for words in ("BRH – Bureau des ressources humaines", sister.name, site.parent.name, "Karim Benali"):
        assert words in text
    assert "autre préfecture" not in text
    assert "Lointaine" not in text


def test_a_responsible_whose_unit_was_closed_stays_a_choice(client, signed_in, action, service):
    ActionResponsibleFactory(action=action, unit=service)
    service.active_until = date(2016, 1, 1)
    service.save()
    text = client.get(url("action-edit", action.pk)).text
    assert "Actuellement : BRH – Bureau des ressources humaines" in text
    client.post(url("action-edit", action.pk), form_data(action, units=[service.pk], expected_effect="Vu"))
    assert labels(action) == ["BRH"]


def test_those_who_stay_keep_their_place_and_the_new_ones_follow(client, signed_in, action, site, service):
    first, second = (ServiceFactory(parent=site, sigle=sigle) for sigle in ("ZZZ", "AAA"))
    told = [Responsible(words="Webmestre"), Responsible(unit=first), Responsible(unit=second)]
    action_services.change_action(action, by=signed_in, responsibles=told)
    data = form_data(action, units=[service.pk, second.pk, first.pk], words="Webmestre")
    assert client.post(url("action-edit", action.pk), data).status_code == 302
    assert labels(action) == ["Webmestre", "ZZZ", "AAA", "BRH"]


def test_a_deadline_is_moved_with_its_reason_alone(client, signed_in, action):
    answer = client.post(url("action-edit", action.pk), form_data(action, deadline="30/06/2016"))
    assert answer.context_data["form"].errors == {
        "reason": ["Indiquez la raison du changement d’échéance : l’ancienne reste lisible avec elle."]
    }
    data = form_data(action, deadline="30/06/2016", reason="Marché infructueux")
    answer = client.post(url("action-edit", action.pk), data, follow=True)
    assert "L’action est enregistrée. Échéance comprise : le 30/06/2016." in answer.text
    action.refresh_from_db()
    assert (action.move_count, action.promised_text) == (1, "1er trim. 2016")


def test_words_sent_back_as_they_were_mean_what_they_meant(client, signed_in, finding):
    action = ActionFactory(
        finding=finding, deadline_text="courant novembre", deadline_earliest=date(2015, 11, 1),
        deadline_latest=date(2015, 11, 30),
    )  # fmt: skip
    answer = client.post(url("action-edit", action.pk), form_data(action, expected_effect="Vu"), follow=True)
    assert "Échéance comprise" not in answer.text
    action.refresh_from_db()
    assert (action.expected_effect, action.deadline_latest, action.move_count) == ("Vu", date(2015, 11, 30), 0)


def test_of_two_people_who_change_an_action_the_second_sees_both_versions(client, signed_in, action, site, service):
    shown = client.get(url("action-edit", action.pk)).context_data
    other = user_with(Role.DEPUTY_REFERENT, site, first_name="Luc", last_name="Roy")
    action_services.change_action(action, by=other, expected_effect="Vu par Luc", deadline="30/06/2016", reason="Délai")
    data = form_data(
        action, expected_effect="Vu par Anne", deadline="1er trim. 2016", units=[service.pk], _version=shown["version"]
    )
    answer = client.post(url("action-edit", action.pk), data)
    assert answer.status_code == 409
    assert [(d.name, d.mine, d.theirs, d.is_mine_proposed) for d in answer.context_data["differences"]] == [
        ("deadline", "1er trim. 2016", "30/06/2016", False),
        ("units", "Bureau des ressources humaines", "", True),
        ("expected_effect", "Vu par Anne", "Vu par Luc", True),
    ]
    chosen = data | {"_version": answer.context_data["version"], "_keep_deadline": "theirs", "_keep_units": "mine",
                     "_keep_expected_effect": "mine"}  # fmt: skip
    assert client.post(url("action-edit", action.pk), chosen).status_code == 302
    action.refresh_from_db()
    assert (action.expected_effect, action.deadline_text, labels(action)) == ("Vu par Anne", "30/06/2016", ["BRH"])


def test_responsibles_changed_by_somebody_else_are_seen_though_the_action_itself_is_not(
    client, signed_in, action, site, service
):
    shown = client.get(url("action-edit", action.pk)).context_data
    other = user_with(Role.DEPUTY_REFERENT, site, first_name="Luc", last_name="Roy")
    action_services.change_action(action, by=other, responsibles=[Responsible(unit=service)])
    answer = client.post(
        url("action-edit", action.pk), form_data(action, expected_effect="Vu", _version=shown["version"])
    )
    assert answer.status_code == 409
    assert [(d.name, d.is_mine_proposed) for d in answer.context_data["differences"]] == [
        ("units", False), ("expected_effect", True),
    ]  # fmt: skip
    assert "Enregistré entre-temps par Luc Roy" in answer.text


@pytest.mark.parametrize("version", ["", "x", "1.x", "999.", "9" * 40, "²."])
def test_a_version_made_up_or_not_told_is_a_conflict_and_never_an_error(client, signed_in, action, version):
    data = form_data(action, expected_effect="Vu", _version=version)
    assert client.post(url("action-edit", action.pk), data).status_code == 409


def test_an_action_removed_leads_to_its_finding(client, signed_in, action):
    answer = client.post(url("action-remove", action.pk), {"reason": "Doublon"}, follow=True)
    assert answer.redirect_chain == [(url("finding", action.finding_id), 302)]
    assert Action.objects.count() == 0
    assert Action.history.first().history_change_reason == "Doublon"


@time_machine.travel("2016-02-01 10:00:00+01:00", tick=False)
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("T2 2016", "Compris : du 01/04/2016 au 30/06/2016."),
        ("", "Compris : sans échéance."),
        ("un de ces quatre", "n’est pas une échéance que nous comprenons"),
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
        ("x" * 300, "Assurez-vous que cette valeur comporte au plus 200 caractères"),
    ],
)
def test_a_deadline_being_typed_is_told_as_it_is_understood(client, signed_in, typed, told):
    answer = client.get(url("deadline-words"), {"deadline": typed})
    assert answer.status_code == 200
    assert told in answer.text
