"""The images of the written parts: kept as we encode them, under a name that nobody chose."""

from html import escape
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse

from core.base.digests import digest_of_chunks
from core.base.errors import UserError
from reports.models import AnnualReport, Chapter, ReportImage
from reports.rules import images
from reports.services import annual_reports

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
MOST_IMAGES = 80  # of a report


def add(report: AnnualReport, *, file: UploadedFile, by) -> ReportImage:
    """Keep an image of a report, encoded again. UserError on one too heavy, or that is no image."""
    return _keep(report, _encoded(file), by=by)


def illustrate(chapter: Chapter, *, file: UploadedFile, alternative: str, by) -> ReportImage:
    """Keep an image and show it at the end of a chapter as it then stands, with what stands for it."""
    made = _encoded(file)  # the longest part, before anything is locked
    with transaction.atomic():
        image = _keep(chapter.report, made, by=by)
        chapter.refresh_from_db(from_queryset=Chapter.objects.select_for_update())
        tag = f'<p><img src="{address_of(image)}" alt="{escape(alternative.strip())}"></p>'
        annual_reports.write_chapter(chapter, title=chapter.title, text=chapter.text + tag, by=by)
    return image


def _encoded(file: UploadedFile) -> images.Encoded:
    most = min(MOST_BYTES, settings.UPLOAD_MAX_BYTES)
    if (size := file.size or 0) > most:
        told = f"{size / MEGABYTE:.0f} Mo, {most // MEGABYTE} Mo au plus"
        raise UserError(f"L’image est trop lourde ({told}) : réduisez-la, puis recommencez.", field="file")
    return images.encoded(file.read())


@transaction.atomic
def _keep(report: AnnualReport, made: images.Encoded, *, by) -> ReportImage:
    AnnualReport.objects.select_for_update().get(pk=report.pk)
    if ReportImage.objects.filter(report=report).count() >= MOST_IMAGES:
        raise UserError(f"Un bilan porte au plus {MOST_IMAGES} images.", field="file")
    name = f"{uuid4().hex}.{made.extension}"
    return ReportImage.objects.create(
        report=report,
        file=ContentFile(made.content, name=name),
        name=name,
        width=made.width,
        height=made.height,
        digest=digest_of_chunks([made.content]),
        added_by=by,
    )


def address_of(image: ReportImage) -> str:
    """Where the image is served, and by which a text shows it."""
    return reverse("reports:image", args=[image.pk])
