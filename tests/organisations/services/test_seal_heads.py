"""The head of the chain of seals is mailed to those who can hold the installation to it, and taken back."""

import pytest
from django.urls import reverse
from django.utils import timezone

from core import jobs
from core.models import HistorySeal, Job, Notice
from core.record import seals as record
from core.services import seals
from organisations.enums import Role
from organisations.tasks import mail_seal_heads
from tests.organisations.factories import PrefectureFactory, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    site = PrefectureFactory()
    return {role: user_with(role, site) for role in (Role.QUALITY_REFERENT, Role.AUDITOR, Role.CONTRIBUTOR)}


def test_nothing_is_mailed_before_the_first_seal(people):
    mail_seal_heads()
    assert Notice.objects.count() == 0


def test_the_head_goes_once_a_month_to_referents_and_auditors(people):
    seals.seal(settled_before=timezone.now())
    mail_seal_heads()
    mail_seal_heads()
    told = {notice.recipient: notice.body for notice in Notice.objects.all()}
    assert sorted(told) == sorted(people[role].email for role in (Role.QUALITY_REFERENT, Role.AUDITOR))
    assert all(record.head() in body for body in told.values())


def test_a_head_that_was_mailed_is_taken_back_on_the_page(client, people):
    made = seals.seal(settled_before=timezone.now())
    client.force_login(people[Role.AUDITOR])
    assert record.head() in client.get(reverse("core:seals")).text
    client.post(reverse("core:seals-verify"), {"empreinte": f" {record.head()} "})
    result = jobs.run_now(Job.objects.get(kind=seals.KIND, state="queued")).result
    assert result["breaches"] == []
    assert f"L’empreinte donnée est celle du sceau n° {made.pk} du" in result["message"]


def test_a_head_that_no_seal_has_is_a_breach(client, people):
    seals.seal(settled_before=timezone.now())
    client.force_login(people[Role.AUDITOR])
    client.post(reverse("core:seals-verify"), {"empreinte": "0123456789abcdef" * 4})
    result = jobs.run_now(Job.objects.get(kind=seals.KIND, state="queued")).result
    told = "aucun sceau ne porte l’empreinte 0123456789abcdef… : la chaîne a été raccourcie ou refaite."
    assert result["breaches"] == [f"Tête de la chaîne : {told}"]
    assert HistorySeal.objects.count() == 1
