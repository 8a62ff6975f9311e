"""The images of an edition: kept once, shown by their address to its readers, in the files that leave the house."""

import pytest
from django.urls import reverse

from core import jobs
from organisations.enums import Role
from reports.models import Edition, FrozenChapter, ReportImage
from reports.services import annual_reports, editions, images, proofs
from tests.organisations.factories import SousPrefectureFactory, user_with
from tests.reports.factories import ProofreadingFactory, PublicationFactory, ReportImageFactory, png
from tests.reports.services.test_images import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    """An edition with one image in a chapter."""
    site = SousPrefectureFactory()
    by = user_with(Role.QUALITY_REFERENT, site)
    report = annual_reports.open_report(site=site, year=2020, by=by)
    chapter = report.chapters.get(title="Les actions engagées")
    for other in report.chapters.exclude(pk=chapter.pk):
        annual_reports.include(other, included=False, by=by)
    images.illustrate(chapter, file=sent(png()), alternative="Le hall", by=by)
    jobs.run_now(annual_reports.request_edition(report, by=by))
    return Edition.objects.get()


def content_of(image) -> bytes:
    with image.file.open() as file:
        return file.read()


def test_it_is_kept_once_and_every_file_that_leaves_has_it_in_it(edition):
    image = ReportImage.objects.get()
    bodies = "".join(FrozenChapter.objects.values_list("body", flat=True))
    assert (f'src="/bilans/images/{image.pk}/"' in bodies, "data:image" in bodies) == (True, False)
    with edition.files.get(name__endswith=".html").file.open() as file:
        html = file.read().decode()
    assert ("data:image/png" in html, "/bilans/images/" in html) == (True, False)
    with edition.file.open() as file:
        assert b"/Image" in file.read()


def test_its_seal_tells_an_image_replaced_and_one_sealed_before_still_verifies(edition):
    editions.validate(edition, by=None)
    edition.refresh_from_db()
    editions.seal(edition, by=None)
    edition.refresh_from_db()
    assert editions.digest(edition) == edition.sealed.digest
    other = ReportImageFactory(report=edition.report)
    body = FrozenChapter.objects.get(body__contains="/bilans/images/").body
    image = ReportImage.objects.get(pk=min(ReportImage.objects.values_list("pk", flat=True)))
    assert set(editions.images_of(edition)) == {image}
    FrozenChapter(edition=edition, position=90, title="Glissé", body=body.replace(str(image.pk), str(other.pk))).save()
    assert editions.digest(edition) != edition.sealed.digest


def test_its_readers_open_it_at_an_address_of_theirs_and_no_other(client, edition):
    image, site = ReportImage.objects.get(), edition.report.site
    publication = PublicationFactory(edition=edition, roles="|head_of_service|")
    head = user_with(Role.HEAD_OF_SERVICE, site)
    client.force_login(head)
    address = f"/bilans/publies/{publication.pk}/images/{image.pk}/"
    page = client.get(reverse("reports:publication", args=[publication.pk])).text
    assert (f'<img loading="lazy" src="{address}"' in page, "data:image" in page) == (True, False)
    answer = client.get(address)
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, content_of(image))
    assert client.get(reverse("reports:image", args=[image.pk])).status_code in {403, 404}
    other = ReportImageFactory(report=edition.report)
    assert client.get(address.replace(f"/{image.pk}/", f"/{other.pk}/")).status_code == 404


def test_who_reads_a_proof_sees_it_while_the_link_is_open(client, edition):
    image, proof = ReportImage.objects.get(), ProofreadingFactory(edition=edition)
    link = "/" + proofs.link_of(proof).split("/", 3)[3]
    address = f"{link}images/{image.pk}/"
    assert f'src="{address}"' in client.get(link).text
    assert b"".join(client.get(address).streaming_content) == content_of(image)
    assert client.get(f"{link}images/{image.pk + 1}/").status_code == 404
    proofs.end(proof, by=None)
    assert client.get(address).status_code == 404
    assert client.get(f"{link[:-3]}xx/images/{image.pk}/").status_code == 404
