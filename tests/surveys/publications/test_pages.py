"""Producing, downloading, being told out of date; the public page of results."""

import hashlib

import pytest
from django.urls import reverse

from actions.enums import Status
from core import jobs
from core.base.enums import JobState
from core.base.errors import UserError
from core.record import history
from organisations.enums import Role
from surveys.enums import PublicationKind
from surveys.models import Publication, PublicEdition
from surveys.services import campaigns, public_editions, publications
from tests.core.page_checks import query_count
from tests.organisations.factories import user_with


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


def published(client, campaign, **words):
    """Review with these words, then publish what was shown."""
    address = reverse("surveys:public-review", args=[campaign.code])
    page = client.post(address, words | {"relire": "1"})
    return client.post(address, words | {"publier": "1", "lu": page.context["content"].digest})


def test_a_poster_publishes_nothing_by_itself(campaign, referent, client):
    produced(campaign, PublicationKind.POSTER_A3, referent)
    client.force_login(referent)
    assert "n’existe pas encore" in client.get(reverse("surveys:publications", args=[campaign.code])).text
    client.logout()
    assert client.get(reverse("surveys:public-results", args=[campaign.code])).status_code == 404


def test_everyone_reads_the_copy_that_was_reviewed_in_words_for_the_public(campaign, action, referent, client):
    client.force_login(referent)
    published(client, campaign, **{"action-0": "Former l’accueil", "finding-0": "L’attente est longue"})
    client.logout()
    address = reverse("surveys:public-results", args=[campaign.code])
    page = client.get(address).text
    assert "86,3\u202f%" in page
    assert "Former l’accueil" in page
    assert "Former les agents" not in page

    action.text = "Recadrer Mme Durand (guichet 3)"
    history.save(action, by=referent, reason="Interne")
    assert client.get(address).text == page


def test_an_action_without_public_words_is_not_published(campaign, action, referent, client):
    client.force_login(referent)
    published(client, campaign, **{"action-0": " ", "finding-0": "L’attente est longue"})
    assert "L’attente est longue" not in client.get(reverse("surveys:public-results", args=[campaign.code])).text


def test_nothing_is_published_that_was_not_read(campaign, action, referent, client):
    client.force_login(referent)
    address = reverse("surveys:public-review", args=[campaign.code])
    page = client.post(address, {"action-0": "Jamais relu", "publier": "1", "lu": "0" * 64})
    assert "relisez-le avant de publier" in page.text
    assert PublicEdition.objects.count() == 0


def test_what_is_published_is_withdrawn_in_one_press_and_replaced_by_another(campaign, action, referent, client):
    client.force_login(referent)
    published(client, campaign, **{"action-0": "Un"})
    published(client, campaign, **{"action-0": "Deux"})
    address = reverse("surveys:public-results", args=[campaign.code])
    assert "Deux" in client.get(address).text
    assert PublicEdition.objects.filter(withdrawn_at=None).count() == 1
    client.post(reverse("surveys:public-withdraw", args=[campaign.code]))
    assert client.get(address).status_code == 404
    assert PublicEdition.objects.count() == 2


def test_a_poster_shows_the_reviewed_copy(campaign, action, referent, client):
    client.force_login(referent)
    published(client, campaign, **{"action-0": "Former l’accueil"})
    content = public_editions.shown(campaign)
    assert [one.text for one in content.actions] == ["Former l’accueil"]
    assert content.digest == PublicEdition.objects.get().digest


def test_the_page_costs_the_same_queries_whatever_was_produced(campaign, action, referent, client):
    produced(campaign, PublicationKind.SLIDES_PPTX, referent)
    address = reverse("surveys:publications", args=[campaign.code])
    with_one = query_count(client, address)
    produced(campaign, PublicationKind.SLIDES_ODP, referent)
    assert query_count(client, address) == with_one
