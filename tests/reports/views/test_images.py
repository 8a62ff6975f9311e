"""An image enters a chapter: by its own page, or where the script of the editor puts it; served to readers alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from organisations.enums import Role
from reports.models import ReportImage
from tests.organisations.factories import SousPrefectureFactory, user_with
from tests.reports.factories import AnnualReportFactory, ChapterFactory, png

pytestmark = pytest.mark.django_db
SCRIPTED = {"X-Saving": "1", "Accept": "application/json"}


@pytest.fixture
def chapter(client):
    site = SousPrefectureFactory()
    client.force_login(user_with(Role.QUALITY_REFERENT, site))
    return ChapterFactory(report=AnnualReportFactory(site=site), text="<p>Avant.</p>")


def send(client, chapter, content=None, words="La borne du hall", **options):
    data = {"file": SimpleUploadedFile("hall.png", png() if content is None else content), "alternative": words}
    return client.post(reverse("reports:chapter-image", args=[chapter.pk]), data, **options)


def test_without_script_the_image_is_put_at_the_end_of_the_text(client, chapter):
    page = send(client, chapter, follow=True)
    chapter.refresh_from_db()
    assert chapter.text.endswith(
        f'<img src="/bilans/images/{ReportImage.objects.get().pk}/" alt="La borne du hall"></p>'
    )
    assert "L’image est ajoutée à la fin du texte" in page.text


def test_by_script_the_answer_says_where_the_image_is_and_the_text_is_left_to_who_types_it(client, chapter):
    answer = send(client, chapter, headers=SCRIPTED).json()
    image = ReportImage.objects.get()
    assert (answer["outcome"], answer["url"]) == ("saved", f"/bilans/images/{image.pk}/")
    chapter.refresh_from_db()
    assert chapter.text == "<p>Avant.</p>"
    served = client.get(answer["url"])
    with image.file.open() as kept:
        assert (served["Content-Type"], b"".join(served.streaming_content)) == ("image/png", kept.read())
    assert "default-src 'none'" in served["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("content", "words", "reason"),
    [(b"<svg/>", "un plan", "n’est pas une image lisible"), (None, " ", "obligatoire")],
)
def test_a_refusal_is_told_in_place(client, chapter, content, words, reason):
    answer = send(client, chapter, content, words, headers=SCRIPTED)
    assert (answer.status_code, answer.json()["outcome"]) == (422, "refused")
    assert reason in answer.json()["sentence"]
    assert not ReportImage.objects.exists()
