"""Points of collection, their addresses and codes."""

import pytest
from django.urls import reverse

from core.models import Job
from surveys.models import CollectionPoint
from tests.surveys.factories import CollectionPointFactory, PlaceFactory
from tests.surveys.views.campaigns.conftest import url

pytestmark = pytest.mark.django_db


def test_a_point_is_added_with_its_place_and_shows_its_address_and_code(client, rq, campaign, settings):
    settings.SITE_URL = "https://qualite.example.fr"
    hall = PlaceFactory(site=campaign.site, name="Hall")
    PlaceFactory(name="Ailleurs")
    form = client.get(url("point-create", "enquete-2026")).context_data["form"]
    assert [code for code, _ in form.fields["channel"].choices] == ["web", "qr", "tablet"]
    assert list(form.fields["place"].queryset) == [hall]
    client.post(
        url("point-create", "enquete-2026"),
        {"channel": "qr", "place": hall.pk, "label": "Affiche du hall", "language": "fr"},
    )
    point = CollectionPoint.objects.get()
    page = client.get(url("campaign", "enquete-2026")).text
    assert f"https://qualite.example.fr/avis/{point.code[:3]}-{point.code[3:]}" in page
    assert "<title>QR code de Affiche du hall</title>" in page
    assert "Affiche A4 (PDF)" in page


def test_the_words_of_a_point_change_and_it_goes_out_of_service_and_back(client, rq, campaign):
    point = CollectionPointFactory(campaign=campaign, channel="qr")
    client.post(url("point-edit", point.pk), {"label": "Guichet 3", "language": "en"})
    client.post(url("point-disable", point.pk), {"reason": "Affiche retirée"})
    point.refresh_from_db()
    assert (point.label, point.language, point.is_active) == ("Guichet 3", "en", False)
    page = client.get(url("campaign", "enquete-2026")).text
    assert "Hors service" in page
    assert "QR code de Guichet 3" not in page
    client.post(url("point-enable", point.pk))
    point.refresh_from_db()
    assert point.is_active
    assert "Affiche retirée" in client.get(url("point-history", point.pk)).text


def test_the_code_is_downloaded_as_a_file_and_the_poster_asked_of_the_worker(client, rq, campaign):
    point = CollectionPointFactory(campaign=campaign, channel="qr")
    response = client.get(url("point-qr", point.pk))
    assert (response["Content-Type"], b"<svg" in response.content) == ("image/svg+xml", True)
    assert "attachment" in response["Content-Disposition"]
    asked = client.post(url("point-poster", point.pk))
    assert asked.url == reverse("core:job", args=[Job.objects.get().uuid])


def test_a_link_or_a_tablet_has_neither_code_nor_poster(client, rq, campaign):
    for channel in ("web", "tablet"):
        point = CollectionPointFactory(campaign=campaign, channel=channel)
        assert client.get(url("point-qr", point.pk)).status_code == 404
        assert client.post(url("point-poster", point.pk)).status_code == 404


def test_the_paper_form_is_asked_in_a_language_that_exists(client, rq, campaign):
    asked = client.post(url("paper-form", "enquete-2026", "en"))
    assert asked.url == reverse("core:job", args=[Job.objects.get().uuid])
    assert client.post(url("paper-form", "enquete-2026", "de")).status_code == 404
