"""What a corrected edition changes, printed at its end: against the last one that was sealed."""

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from core.base.typography import typeset, typeset_html
from reports.enums import Step
from reports.models import AnnualReport, Edition, FrozenChapter
from reports.rendering.report import PrintedChapter
from reports.rules import differences


def of(report: AnnualReport, chapters: Sequence[FrozenChapter]) -> PrintedChapter | None:
    """The chapter that says what changed; None for a first edition, or where nothing did."""
    sealed = Edition.objects.filter(report=report, steps__step=Step.SEALED).order_by("-number").first()
    if sealed is None:
        return None
    changed = differences.between(list(sealed.chapters.all()), list(chapters))
    if not changed:
        return None
    day = timezone.localtime(sealed.created_at).date()
    body = render_to_string("reports/print/_differences.html", {"changed": changed})
    return PrintedChapter(
        chapter_id=0,
        number=None,
        anchor="corrections",
        title=typeset(f"Ce qui change depuis l’édition {sealed.number} du {day:%d/%m/%Y}"),
        body=mark_safe(typeset_html(body)),  # noqa: S308 - the escaped output of a template
        subheadings=(),
        is_landscape=False,
        brief=(),
        key_figures=(),
    )
