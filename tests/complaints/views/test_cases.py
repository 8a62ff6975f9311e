"""The inbox and the page of a case: what is due first, each date explained, nobody shown before it is asked for."""

import re
from datetime import date
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from complaints import chapters, results, synthesis
from complaints.complaint_delays import OfMedium
from complaints.enums import Channel, Medium, Nature, Origin, Outcome
from complaints.models import CaseMessage, Complaint
from complaints.rules.figures import Rate
from complaints.services import cases, replies
from core.models import IdentityAccess
from core.record import identities
from organisations.enums import Role
from tests.core.page_checks import check_empty_page, check_exports, query_count
from tests.organisations.factories import user_with

pytestmark = pytest.mark.django_db
TUESDAY = date(2022, 3, 1)
ANNE = {"name": "Anne Durand", "email": "anne@example.invalid", "text": "J’ai attendu deux heures."}


@pytest.fixture(autouse=True)
def a_thursday():
    with time_machine.travel(date(2022, 3, 10), tick=False):
        yield


@pytest.fixture
def referent(site):
    return user_with(Role.QUALITY_REFERENT, site)


@pytest.fixture
def case(site, referent):
    return cases.register(site, channel=Channel.EMAIL, received_on=TUESDAY, by=referent, person=ANNE)


def text_of(answer):
    return re.sub(r"\s+", " ", unescape(answer.content.decode()))


def page(client, case, name="", **data):
    url = reverse(f"complaints:case{name}", args=[case.reference])
    if data and name == "-sort":  # what was shown is what is changed
        data = {"_version": shown_version(client, case, name)} | data
    return client.post(url, data) if data or name in ("-person", "-letter") else client.get(url)


def test_the_inbox_costs_the_same_queries_whatever_its_rows(client, site, referent):
    client.force_login(referent)

    def make():
        cases.register(site, channel=Channel.EMAIL, received_on=TUESDAY, by=referent, person=ANNE)

    url = reverse("complaints:cases")
    check_empty_page(client, url)
    make()
    first = query_count(client, url)
    make()
    make()
    assert query_count(client, url) == first
    check_exports(client, url)


def test_the_most_urgent_comes_first_and_a_person_is_found_without_being_shown(client, site, referent, case):
    letter = cases.register(site, channel=Channel.LETTER, received_on=TUESDAY, by=referent, person={"name": "M. Bon"})
    client.force_login(referent)

    text = text_of(client.get(reverse("complaints:cases")))
    assert text.index(case.reference) < text.index(letter.reference)
    assert "En retard" in text
    found = text_of(client.get(reverse("complaints:cases"), {"q": "ANNE@example.invalid"}))
    assert (case.reference in found, letter.reference in found, "Durand" in found) == (True, False, False)


def test_each_date_is_explained_and_who_wrote_is_read_on_request_only(client, referent, case):
    client.force_login(referent)

    text = text_of(page(client, case))
    assert "Réponse sur le fond : au plus tard le 08/03/2022" in text
    assert "mar 08/03/2022 : jour 5 , jour ouvré" in text.replace("</strong>", " ").replace("<strong>", "")
    assert ("Durand" in text, IdentityAccess.objects.count()) == (False, 0)

    read = text_of(page(client, case, "-person"))
    assert "J’ai attendu deux heures." in read
    assert list(IdentityAccess.objects.values_list("by", "why")) == [(referent.pk, "Lecture du dossier")]


def test_a_service_sees_what_it_was_sent_and_nothing_else(client, site, service, referent, case):
    head = user_with(Role.HEAD_OF_SERVICE, service)
    client.force_login(head)
    assert page(client, case).status_code == 404

    cases.transmit(case, to=service, on=date(2022, 3, 2), by=referent)
    assert page(client, case).status_code == 200
    assert page(client, case, "-answer", on="2022-03-09", body="Voici la réponse.").status_code == 302
    case.refresh_from_db()
    assert (case.answered_on, case.delay_days) == (date(2022, 3, 9), 6)


def test_the_desk_registers_in_one_form_and_management_reads_no_text(client, site, service):
    agent = user_with(Role.RECEPTION_AGENT, service)
    client.force_login(agent)
    posted = {
        "site": site.pk,
        "channel": "urn",
        "kind": "suggestion",
        "received_on": "2022-03-10",
        "text": "Des sièges",
    }
    answer = client.post(reverse("complaints:case-create"), posted | {"origin": "user"})

    case = Complaint.objects.get()
    assert (answer.status_code, case.is_reachable, case.answer_by) == (302, False, None)
    assert page(client, case).status_code == 200
    assert page(client, case, "-person").status_code == 403
    client.force_login(user_with(Role.MANAGEMENT, site))
    assert "Ces données sont lues par ceux qui traitent le dossier." in text_of(page(client, case))
    assert page(client, case, "-person").status_code == 403


def test_what_a_local_authority_reports_is_registered_in_three_fields(client, site, service):
    client.force_login(user_with(Role.RECEPTION_AGENT, service))
    url = reverse("complaints:case-authority")
    form = client.get(url).context["form"]
    assert [field.name for field in form.visible_fields()] == ["name", "channel", "text"]
    told = {"name": "Mairie de Gardanne", "channel": "email", "text": "Vos horaires changent sans que l’on le sache."}
    client.post(url, told | {"site": site.pk})
    case = Complaint.objects.get()
    assert (case.origin, case.channel, case.received_on, case.is_reachable, case.service) == (
        Origin.LOCAL_AUTHORITY, "email", date(2022, 3, 10), True, None,
    )  # fmt: skip
    assert identities.read(case.identity, by=None, why="Essai")["name"] == "Mairie de Gardanne"


def test_a_case_goes_through_its_verbs(client, site, service, referent, case):
    client.force_login(referent)
    steps = (
        ("-acknowledge", {"on": "2022-03-02", "subject": "Reçu", "body": "Bien reçu"}),
        ("-sort", {
            "kind": "complaint", "in_scope": "True", "channel": "letter", "received_on": "2022-03-01",
            "is_reachable": "on", "reason": "Venu par courrier",
        }),
        ("-transmit", {"to": service.pk, "on": "2022-03-02"}),
        ("-ask", {"asked_on": "2022-03-03", "body": "Quel jour ?"}),
        ("-resume", {"replied_on": "2022-03-07"}),
        ("-extend", {"to": "2022-03-25", "reason": "Enquête en cours", "body": "Nous revenons vers vous."}),
        ("-answer", {"on": "2022-03-10", "subject": "Réponse", "body": "Deux guichets de plus.", "by_mail": "on"}),
        ("-close", {"outcome": "founded", "lesson": "Ouvrir deux guichets le lundi"}),
    )  # fmt: skip
    for name, data in steps:
        answer = page(client, case, name, **data)
        assert answer.status_code == 302, (name, text_of(answer))

    case.refresh_from_db()
    dates = (case.acknowledge_by, case.answer_by, case.suspended_days, case.delay_days, case.closed_on)
    assert dates == (date(2022, 3, 15), date(2022, 3, 25), 2, 5, date(2022, 3, 10))
    kinds = list(CaseMessage.objects.order_by("pk").values_list("kind", "state"))
    assert kinds == [("acknowledgement", ""), ("question", ""), ("extension", ""), ("answer", "waiting")]
    assert page(client, case, "-answer", on="2022-03-10").status_code == 200  # a closed case is not reopened


@pytest.mark.parametrize(
    ("verb", "data", "said"),
    [
        ("-answer", {"on": "2022-03-09", "body": "Deux guichets", "by_mail": "on"}, "Un courriel part aujourd’hui"),
        ("-answer", {"on": "2022-03-10", "body": " ", "by_mail": "on"}, "Écrivez le texte du courriel."),
        ("-answer", {"on": "2022-03-10", "body": "Bonjour,\n\n[…]\n\nAix"}, "Complétez le texte"),
        ("-ask", {"asked_on": "2022-03-09", "body": "Quel jour ?", "by_mail": "on"}, "Un courriel part aujourd’hui"),
        ("-ask", {"asked_on": "2022-03-10", "body": ""}, "Ce champ est obligatoire"),
        ("-redirect", {}, "Ce dossier est dans le champ"),
        ("-close", {"lesson": "Rien"}, "Ce champ est obligatoire"),
    ],
)  # fmt: skip
def test_nothing_is_said_done_that_was_not(client, referent, case, verb, data, said):
    client.force_login(referent)
    told = (
        page(client, case, verb, **data)
        if data
        else client.post(reverse("complaints:case-redirect", args=[case.reference]), {})
    )
    assert said in text_of(told)
    case.refresh_from_db()
    assert (case.answered_on, case.acknowledged_on, case.closed_on) == (None, None, None)
    assert not case.suspensions.exists()
    assert not case.messages.exists()


def test_a_redirection_without_letter_acknowledges_nothing_and_an_answered_case_is_closed_though_awaited(
    referent, case
):
    cases.suspend(case, asked_on=date(2022, 3, 2), by=referent)
    cases.answer(case, on=date(2022, 3, 10), by=referent)
    cases.close(case, outcome=Outcome.FOUNDED, by=referent)
    other = cases.register(
        case.site, channel=Channel.EMAIL, received_on=TUESDAY, by=referent, person=ANNE, in_scope=False
    )
    replies.redirect(other, by=referent)
    for one in (case, other):
        one.refresh_from_db()
    assert (case.closed_on, other.closed_on, other.acknowledged_on) == (date(2022, 3, 10), date(2022, 3, 10), None)


def test_a_case_opens_a_finding_in_the_plan_of_the_year_for_who_writes_in_it(client, site, service, referent, case):
    client.force_login(referent)
    assert "Choisissez un constat du plan, ou écrivez le nouveau." in text_of(page(client, case, "-finding", text=" "))
    page(client, case, "-finding", text="L’attente dépasse une heure le lundi")
    finding = case.findings.get().finding
    assert (finding.plan.title, finding.plan.origin) == ("Réclamations et suggestions 2022", "complaint")
    assert "L’attente dépasse une heure" in text_of(page(client, case))

    cases.transmit(case, to=service, on=TUESDAY, by=referent)
    client.force_login(user_with(Role.HEAD_OF_SERVICE, service))
    assert "Nouveau constat" not in text_of(page(client, case, "-finding"))


def test_a_register_is_sent_for_the_site_that_the_form_names(client, site, referent):
    client.force_login(referent)
    answer = client.get(reverse("complaints:import-home"), follow=True)
    assert f'<option value="{site.pk}" selected>' in answer.content.decode()


def test_a_change_of_nature_or_scope_needs_its_reason(client, referent, case):
    client.force_login(referent)
    asked = {"kind": "information_request", "in_scope": "True", "channel": "email", "received_on": "2022-03-01"}
    refused = page(client, case, "-sort", **asked, is_reachable="on")

    assert "Dites pourquoi la nature, le champ, le canal" in text_of(refused)
    assert page(client, case, "-sort", **asked, is_reachable="on", reason="Demande d’horaires").status_code == 302
    case.refresh_from_db()
    assert (case.kind, case.acknowledge_by, case.answer_by) == (Nature.INFORMATION_REQUEST, None, None)


def test_a_second_look_is_carried_by_another_person_and_counted_apart(site, referent, case):
    cases.answer(case, on=date(2022, 3, 8), by=referent)
    again = cases.look_again(case, received_on=date(2022, 3, 9), by=referent, reason="La réponse ne dit rien")

    with pytest.raises(cases.UserError, match="autre personne"):
        cases.answer(again, on=date(2022, 3, 10), by=referent)
    other = user_with(Role.DEPUTY_REFERENT, site)
    cases.answer(again, on=date(2022, 3, 10), by=other)
    assert (again.second_look_of, again.delay_days, again.identity) == (case, 1, case.identity)
    told = chapters.chapter(site, 2022)
    assert told["by_channel"][0][0].startswith("La seule demande reçue par courriel porte sur l’accueil")
    assert [row["answered_on"] for row in results.register(site, 2022)] == ["2022-03-08"]
    assert [one.label for one in OfMedium(Medium.ELECTRONIC).cases(site, 2022)] == [case.reference]


def test_an_answer_in_time_after_an_extension_is_told_apart(client, site, referent, case):
    with time_machine.travel(date(2022, 3, 8), tick=False):
        cases.extend(case, to=date(2022, 3, 14), reason="Le service enquête", by=referent)
    with time_machine.travel(date(2022, 3, 14), tick=False):
        cases.answer(case, on=date(2022, 3, 14), by=referent)
        client.force_login(referent)
        assert "Fait le 14/03/2022, dans le délai prolongé ✓. 5 jours" in text_of(page(client, case))
        told = synthesis.shown(site, 2022)

    assert (told["balance"].answered, told["balance"].after_extension) == (Rate(1, 1), 1)
    assert told["extended"] == "1 réponse comptée à temps est venue dans le délai prolongé et annoncé à l’usager."


def shown_version(client, case, name):
    return re.search(r'name="_version" value="(\d+)"', page(client, case, name).content.decode())[1]


SORTED = {"kind": "complaint", "in_scope": "True", "channel": "email", "received_on": "2022-03-01"}


def test_two_people_who_sort_a_case_at_once_choose_between_their_versions(client, site, referent, case):
    client.force_login(referent)
    version = shown_version(client, case, "-sort")
    cases.sort(case, theme="waiting", by=user_with(Role.QUALITY_REFERENT, site))

    told = page(client, case, "-sort", **SORTED, is_reachable="on", theme="courtesy", _version=version)
    case.refresh_from_db()
    assert (told.status_code, case.theme) == (409, "waiting")
    assert "Thème" in text_of(told)

    newer = re.search(r'name="_version" value="(\d+)"', told.content.decode())[1]
    page(client, case, "-sort", **SORTED, is_reachable="on", theme="courtesy", _version=newer)
    case.refresh_from_db()
    assert case.theme == "courtesy"


def test_a_verb_typed_on_a_page_that_is_no_longer_so_is_done_once_read_again(client, site, referent, service, case):
    other = user_with(Role.QUALITY_REFERENT, site)
    client.force_login(referent)
    version = shown_version(client, case, "-transmit")
    cases.transmit(case, to=service, on=date(2022, 3, 2), by=other)

    told = page(client, case, "-transmit", words="Mairie d’Aix", on="2022-03-03", _version=version)
    case.refresh_from_db()
    assert (case.transmitted_to, "entre-temps" in text_of(told), str(other) in text_of(told)) == (service, True, True)
    assert "Mairie d’Aix" in text_of(told)

    newer = re.search(r'name="_version" value="(\d+)"', told.content.decode())[1]
    page(client, case, "-transmit", words="Mairie d’Aix", on="2022-03-03", _version=newer)
    case.refresh_from_db()
    assert (case.transmitted_to, case.transmitted_words) == (None, "Mairie d’Aix")
