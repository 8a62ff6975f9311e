"""Producing, downloading, being told out of date; the public page of results."""

import hashlib

import pytest
from django.urls import reverse

from actions.enums import Status
from core import jobs
from core.enums import JobState
from core.errors import UserError
from organisations.enums import Role
from surveys.enums import PublicationKind
from surveys.models import Publication
from surveys.services import campaigns, publications
from tests.core.page_checks import query_count
from tests.factories import user_with
from tests.survey_factories import PublicationFactory


@pytest.fixture
def referent(campaign, client):
    user = user_with(Role.QUALITY_REFERENT, campaign.site)
    client.force_login(user)
    return user


def produced(campaign, kind, by) -> Publication:
    job = publications.request(campaign, kind=kind, by=by)
    jobs.run_now(job)
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.error
    return Publication.objects.get(job=job)


@pytest.mark.parametrize("kind", PublicationKind)
def test_a_file_is_produced_by_a_job_and_kept_with_its_digests(campaign, action, referent, client, kind):
    made = produced(campaign, kind, referent)

    answer = client.get(reverse("surveys:publication", args=[made.pk]))
    data = b"".join(answer.streaming_content)
    assert hashlib.sha256(data).hexdigest() == made.file_digest
    assert answer["Content-Disposition"] == f'attachment; filename="{made.name}"'
    assert made.created_by == referent


def test_it_is_up_to_date_until_the_plan_changes(campaign, action, referent, client):
    produced(campaign, PublicationKind.POSTER_A4, referent)
    address = reverse("surveys:publications", args=[campaign.code])
    assert "À jour" in client.get(address).content.decode()

    action.status = Status.TODO
    action.save()
    page = client.get(address).content.decode()
    assert "Périmée" in page
    assert "À jour" not in page


def test_nothing_is_published_while_forms_still_come_in(campaign, referent, client):
    campaign = campaigns.reopen(campaign, by=referent, reason="Formulaires oubliés")
    with pytest.raises(UserError, match="Clôturez la campagne"):
        publications.request(campaign, kind=PublicationKind.POSTER_A4, by=referent)
    assert client.get(reverse("surveys:public-results", args=[campaign.code])).status_code == 404
    answer = client.post(reverse("surveys:publication-request", args=[campaign.code, "poster_a4"]), follow=True)
    assert "Clôturez la campagne" in answer.content.decode()


def test_the_public_page_opens_with_the_first_poster(campaign, referent, client):
    address = reverse("surveys:public-results", args=[campaign.code])
    produced(campaign, PublicationKind.SLIDES_PPTX, referent)
    client.force_login(referent)
    page = client.get(reverse("surveys:publications", args=[campaign.code])).text
    assert "s’ouvre quand une affiche est produite" in page
    client.logout()
    assert client.get(address).status_code == 404
    produced(campaign, PublicationKind.POSTER_A3, referent)
    assert client.get(address).status_code == 200


def test_everyone_reads_the_public_page(campaign, action, client):
    PublicationFactory(campaign=campaign)
    page = client.get(reverse("surveys:public-results", args=[campaign.code])).content.decode()
    assert "86,3\u202f%" in page
    assert "non significatif" in page
    assert "Former les agents" in page


def test_the_page_costs_the_same_queries_whatever_was_produced(campaign, action, referent, client):
    produced(campaign, PublicationKind.SLIDES_PPTX, referent)
    address = reverse("surveys:publications", args=[campaign.code])
    with_one = query_count(client, address)
    produced(campaign, PublicationKind.SLIDES_ODP, referent)
    assert query_count(client, address) == with_one
