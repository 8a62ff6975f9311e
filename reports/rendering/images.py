"""The images of a report, read from where they are kept; those of its site only, as they were kept.

A chapter shows them by their address, in its own page as in an edition; what leaves the house (PDF, page that stands
alone, open document) has them in it.
"""

from collections.abc import Callable

from core.base.digests import digest_of_chunks
from reports.models import AnnualReport, ReportImage
from reports.rules import images
from reports.rules.images import ImageSource

KINDS = {"png": "png", "jpg": "jpeg"}


def addressed(html: str, report: AnnualReport) -> str:
    """The text with its images at their addresses; one of another site, lost or replaced is told as missing."""
    return _with(html, report, images.addressed)


def embedded(html: str, report: AnnualReport) -> str:
    """The text with its images in it."""
    return _with(html, report, images.embedded)


def _with(html: str, report: AnnualReport, show: Callable[[str, Callable[[int], ImageSource | None]], str]) -> str:
    numbers = images.numbers_in(html)
    if not numbers and "<img" not in html:
        return html
    kept = ReportImage.objects.filter(report__site_id=report.site_id).in_bulk(numbers)
    return show(html, lambda number: _source(kept.get(number)))


def _source(image: ReportImage | None) -> ImageSource | None:
    if image is None:
        return None
    try:
        with image.file.open("rb") as file:
            content = file.read()
    except FileNotFoundError:
        return None
    if digest_of_chunks([content]) != image.digest:
        return None
    return ImageSource(content, KINDS[image.name.rpartition(".")[2]], image.width, image.height)
