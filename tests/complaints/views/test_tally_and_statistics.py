"""One tap is one stroke; the balance of a year on a page; what a site decides has its lists."""

import uuid
from datetime import date
from html import unescape

import pytest
import time_machine
from django.urls import reverse
from lxml import html

from complaints.enums import Channel
from complaints.models import Tally
from complaints.services import cases
from organisations.enums import Role
from tests.complaints.factories import ComplaintFactory, TallyFactory
from tests.core.page_checks import query_count
from tests.organisations.factories import SousPrefectureFactory, user_with

pytestmark = pytest.mark.django_db
STATISTICS_QUERIES = 15


@pytest.fixture(autouse=True)
def a_thursday():
    with time_machine.travel(date(2022, 3, 10), tick=False):
        yield


def test_one_tap_is_one_stroke_however_often_it_is_sent(client, site, service):
    client.force_login(user_with(Role.RECEPTION_AGENT, service))
    tapped = {"site": site.pk, "channel": "desk", "theme": "waiting", "place": "Hall", "key": str(uuid.uuid4())}
    assert "Attente à l’accueil" in unescape(client.get(reverse("complaints:tally")).content.decode())
    for _ in range(2):
        assert client.post(reverse("complaints:tally"), tapped).status_code == 302

    stroke = Tally.objects.get()
    assert (stroke.count, stroke.theme, stroke.place, stroke.on) == (1, "waiting", "Hall", date(2022, 3, 10))
    client.post(reverse("complaints:tally-undo"))
    assert Tally.objects.count() == 0


def test_the_balance_says_its_bases_and_the_year_under_way(client, site):
    for _ in range(2):
        cases.register(
            site, channel=Channel.EMAIL, received_on=date(2022, 3, 1), by=None, person={"email": "a@example.invalid"}
        )
    client.force_login(user_with(Role.MANAGEMENT, site))
    text = unescape(client.get(reverse("complaints:statistics")).content.decode())

    assert "<h2>Sous-préfecture d’Aix, année 2022</h2>" in text  # what is printed says whose it is
    assert "Année en cours : chiffres au 10/03/2022" in text
    assert "(0 sur 2)" in text
    assert "sans objet (0 sur 0)" in text


def test_a_stroke_tapped_without_network_keeps_its_day_and_the_script_is_told_what_became_of_it(client, site, service):
    agent = user_with(Role.RECEPTION_AGENT, service)
    client.force_login(agent)
    tapped = {"site": site.pk, "channel": "phone", "theme": "waiting", "place": "", "key": str(uuid.uuid4())}
    headers = {"X-Saving": "1"}
    sent = client.post(reverse("complaints:tally"), tapped | {"on": "2022-03-08"}, headers=headers)
    assert (sent.status_code, sent.json()["sentence"]) == (200, "Compté : Attente à l’accueil.")
    assert Tally.objects.get().on == date(2022, 3, 8)
    with time_machine.travel(date(2022, 4, 1), tick=False):  # the answer was lost, the stroke was not
        client.force_login(agent)
        again = client.post(reverse("complaints:tally"), tapped | {"on": "2022-03-08"}, headers=headers)
        assert (again.status_code, Tally.objects.count()) == (200, 1)

    client.force_login(agent)
    for day in ("2022-03-11", "2022-03-02"):
        tapped["key"] = str(uuid.uuid4())
        refused = client.post(reverse("complaints:tally"), tapped | {"on": day}, headers=headers)
        assert (refused.status_code, "est à venir ou trop ancien" in refused.json()["sentence"]) == (422, True)
    assert Tally.objects.count() == 1


def test_a_month_of_strokes_alone_is_shown_and_sites_stand_side_by_side(client, site):
    other = SousPrefectureFactory(parent=site.parent, name="Istres")
    TallyFactory(site=other, on=date(2022, 2, 3), count=4)
    reader = user_with(Role.MANAGEMENT, site.parent)
    client.force_login(reader)
    page = reverse("complaints:statistics")

    def counted(number: int) -> int:
        for _ in range(number):
            for one in (site, other):
                ComplaintFactory(site=one, received_on=date(2022, 1, 10))
        return query_count(client, f"{page}?site={other.code}&annee=2022")

    assert counted(1) == counted(3) == STATISTICS_QUERIES
    shown = html.fromstring(client.get(f"{page}?site={other.code}&annee=2022").content)
    months = [[cell.text_content() for cell in row] for row in shown.xpath("//table[caption='Par mois']/tbody/tr")]
    assert months == [["janvier", "4", "4", "0", "0"], ["février", "0", "0", "0", "4"]]
    sites = shown.xpath("//table[starts-with(caption, 'Vos sites')]/tbody/tr/th")
    assert {one.text_content() for one in sites} == {str(site), str(other)}
    first = html.fromstring(client.get(page).content)  # nothing asked: a site that received something
    assert first.xpath("//table[caption='Par mois']")
