"""The images of a report, read from where they are kept to be printed; those of its site only, as they were kept."""

from core.base.digests import digest_of_chunks
from reports.models import AnnualReport, ReportImage
from reports.rules import images
from reports.rules.images import Source

KINDS = {"png": "png", "jpg": "jpeg"}


def printed(html: str, report: AnnualReport) -> str:
    """The text with its images in it; an image of another site, lost or replaced is told as missing."""
    numbers = images.numbers_in(html)
    if not numbers and "<img" not in html:
        return html
    kept = ReportImage.objects.filter(report__site_id=report.site_id).in_bulk(numbers)
    return images.with_sources(html, lambda number: _source(kept.get(number)))


def _source(image: ReportImage | None) -> Source | None:
    if image is None:
        return None
    try:
        with image.file.open("rb") as file:
            content = file.read()
    except FileNotFoundError:
        return None
    if digest_of_chunks([content]) != image.digest:
        return None
    return Source(content, KINDS[image.name.rpartition(".")[2]], image.width, image.height)
