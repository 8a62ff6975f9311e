"""Images kept for a report, and printed in its written parts."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.base.errors import UserError
from core.record import history
from reports.models import Chapter
from reports.rendering.report import printed_chapter
from reports.rendering.whole import report_html
from reports.rules import images as encoding
from reports.services import annual_reports, images
from tests.organisations.factories import UserFactory
from tests.reports.factories import AnnualReportFactory, ChapterFactory, ReportImageFactory, png

pytestmark = pytest.mark.django_db


def sent(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("../photo du hall.png", content)


def test_an_image_enters_a_chapter_with_the_words_that_stand_for_it():
    chapter = ChapterFactory(text="<p>Avant.</p>")
    by = UserFactory()
    image = images.illustrate(chapter, file=sent(png()), alternative=" La borne « neuve » ", by=by)
    assert re.fullmatch(r"[0-9a-f]{32}\.png", image.name)
    assert (image.width, image.height, image.added_by) == (4, 3, by)
    assert chapter.text == f'<p>Avant.</p><p><img src="/bilans/images/{image.pk}/" alt="La borne « neuve »"></p>'
    address = f"/bilans/images/{image.pk}/"
    body = printed_chapter(chapter).body
    assert f'<img src="{address}" alt="La borne « neuve »" width="4" height="3">' in body
    html = report_html(chapter.report)
    assert re.search(r'<img src="data:image/png;base64,[\w+/=]+" alt="La borne « neuve »"', html)
    assert address not in html


def test_an_image_is_added_to_what_the_chapter_says_by_then(monkeypatch):
    """What somebody writes while the image is encoded stays, and their page is told of the new version."""
    chapter, by = ChapterFactory(text="<p>Avant.</p>"), UserFactory()
    encode = encoding.encoded
    seen = []

    def meanwhile(content):
        other = Chapter.objects.get(pk=chapter.pk)
        annual_reports.write_chapter(other, title=other.title, text="<p>Pendant.</p>", by=by)
        seen.append(history.version_of(other))
        return encode(content)

    monkeypatch.setattr(encoding, "encoded", meanwhile)
    images.illustrate(chapter, file=sent(png()), alternative="Le hall", by=by)

    stored = Chapter.objects.get(pk=chapter.pk)
    assert stored.text.startswith('<p>Pendant.</p><p><img src="/bilans/images/')
    assert history.version_of(stored) != seen[0]


def test_an_image_too_heavy_is_refused_unread():
    file = sent(b"\0")
    file.size = 50 * 1024 * 1024
    with pytest.raises(UserError, match=r"50 Mo, 10 Mo au plus"):
        images.add(AnnualReportFactory(), file=file, by=UserFactory())


def test_a_report_holds_so_many_images_and_no_more(monkeypatch):
    monkeypatch.setattr(images, "MOST_IMAGES", 1)
    report = ReportImageFactory().report
    with pytest.raises(UserError, match="au plus 1 images"):
        images.add(report, file=sent(png()), by=UserFactory())


def test_the_image_of_another_site_is_never_printed():
    image = ReportImageFactory()
    chapter = ChapterFactory(text=f'<p>t <img src="/bilans/images/{image.pk}/" alt="a"></p>')
    body = printed_chapter(chapter).body
    assert ("Image absente du serveur" in body, "<img" in body) == (True, False)
    chapter = ChapterFactory(report__site=image.report.site, report__year=2021, text=chapter.text)
    assert "<img" in printed_chapter(chapter).body


@pytest.mark.parametrize("damage", ["gone", "replaced"])
def test_an_image_lost_or_replaced_is_told_and_not_shown(damage):
    image = ReportImageFactory()
    if damage == "gone":
        image.file.storage.delete(image.file.name)
    else:
        with image.file.storage.open(image.file.name, "wb") as file:
            file.write(png(colour="red"))
    chapter = ChapterFactory(report=image.report, text=f'<p><img src="/bilans/images/{image.pk}/" alt="a"></p>')
    assert "Image absente" in printed_chapter(chapter).body
    assert "<img" not in printed_chapter(chapter).body
