"""The page of the seals, its verdict, and the alarm of the home page."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from core import jobs
from core.models import HolidayZone, Job
from core.record import history, triggers
from core.services import seals
from organisations.enums import Role
from tests.core.factories import HolidayZoneFactory
from tests.organisations.factories import PrefectureFactory, user_with

pytestmark = pytest.mark.django_db
PAGE = reverse("core:seals")
QUERIES = 8  # session, person, roles, menu, seals counted and read, the last one, last verification


@pytest.fixture
def auditor(client):
    user = user_with(Role.AUDITOR, PrefectureFactory())
    client.force_login(user)
    return user


@pytest.fixture
def zone():
    zone = HolidayZoneFactory(name="Métropole")
    history.save(zone, by=None, reason="Relu")
    seals.seal(settled_before=timezone.now())
    return zone


def verify_on_the_page(client) -> None:
    response = client.post(reverse("core:seals-verify"))
    job = Job.objects.get(kind=seals.KIND, state="queued")
    assert response.url == reverse("core:job", args=[job.uuid])
    assert jobs.run_now(job).result["url"] == PAGE


def rewrite(zone: HolidayZone) -> None:
    with triggers.suspended(), connection.cursor() as cursor:
        cursor.execute("UPDATE core_historicalholidayzone SET name = 'Autre' WHERE id = %s", [zone.pk])


def test_before_the_first_seal_the_page_says_when_it_comes(client, auditor):
    page = client.get(PAGE).text
    assert "Aucun sceau n’a encore été posé." in page
    assert "Le premier sera posé cette nuit" in page
    assert "Vérifier maintenant" not in page


def test_a_verification_asked_for_on_the_page_gives_its_verdict(client, auditor, zone):
    assert "L’historique n’a pas encore été vérifié." in client.get(PAGE).text
    verify_on_the_page(client)
    page = client.get(PAGE).text
    assert "L’historique est intact" in page
    assert (
        "aucune n’a été modifiée, retirée ni ajoutée après coup ; ce qui est affiché est ce qui a été scellé." in page
    )
    assert "Reste à sceller" not in page


def test_a_history_rewritten_is_told_on_the_page_and_on_the_home_page(client, auditor, zone):
    assert "Historique modifié" not in client.get(reverse("reports:home")).text
    rewrite(zone)
    verify_on_the_page(client)
    words = f"Zone de jours fériés, sceau du {timezone.localdate():%d/%m/%Y} : au moins une ligne a été modifiée."
    page = client.get(PAGE).text
    assert "L’historique n’est plus celui qui a été scellé" in page
    assert words in page
    home = client.get(reverse("reports:home")).text
    assert "Historique modifié" in home
    assert words in home


def test_the_list_takes_the_same_queries_and_exports_whole_digests(client, auditor, zone, django_assert_num_queries):
    found = seals.HistorySeal.objects.get()
    assert f"<code>{found.digest[:16]}…</code>" in client.get(PAGE).text
    assert found.digest in client.get(f"{PAGE}?format=csv").getvalue().decode()
    with django_assert_num_queries(QUERIES):
        client.get(PAGE)
    for _ in range(2):
        history.save(zone, by=None, reason="Relu")
        seals.seal(settled_before=timezone.now())
    with django_assert_num_queries(QUERIES):
        client.get(PAGE)
