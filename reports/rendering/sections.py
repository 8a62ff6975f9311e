"""The computed part of a chapter: what its section says, each figure with its code, its rows and its comment."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse

from core.base.registries import ReportSection, report_sections
from organisations.models import Unit
from organisations.views.places import Target
from reports.models import Chapter
from reports.rules import figures
from reports.rules.texts import clean_note, plain_text


def computed(chapter: Chapter) -> dict[str, Any]:
    """What the computed part of a chapter is printed from.

    Empty where the app of the section is gone, or where the section says `is_empty` in its context.
    """
    if not chapter.section or chapter.section not in report_sections:
        return {}
    context = dict(report_sections.get(chapter.section).context(chapter.report.site, chapter.report.year))
    return {} if context.get("is_empty") else context


def part(chapter: Chapter, context: dict[str, Any]) -> str:
    """The HTML of a computed part from its context; empty where there is none."""
    if not context:
        return ""
    section, site, year = report_sections.get(chapter.section), chapter.report.site, chapter.report.year
    html = render_to_string(section.template, {"site": site, "year": year, **context}) if section.template else ""
    rows = rows_of(section, site, year, context)
    notes = {note.figure: note.own_text for note in chapter.notes.all()}

    def told(code: str) -> str:
        text = clean_note(notes.get(code, ""))
        return f'<div class="figure-note">{text}</div>' if text else ""

    marked = figures.marked(html, rows=rows, told=told)
    return marked + _origin(section, site, year) if plain_text(marked) else ""


def figures_of(chapter: Chapter) -> list[figures.PrintedFigure]:
    """The tables and charts that a chapter prints today."""
    return list(figures.figures_of(part(chapter, computed(chapter))))


def rows_of(section: ReportSection, site: Unit, year: int, context: Mapping[str, Any]) -> str:
    """The list that the figures of a section come from, narrowed to the site and the year as far as it can be.

    Its context may say another, by `rows_at`.
    """
    if not section.source or "rows_at" in context:
        return str(context.get("rows_at", ""))
    with suppress(NoReverseMatch):
        return reverse(section.source, kwargs={"site": site.code, "year": year})
    url = Target.of(reverse(section.source)).url(site, year)
    asked = section.asked.format(year=year)
    return f"{url}{'&' if '?' in url else '?'}{asked}" if asked else url


def rows_of_chapter(chapter: Chapter, context: Mapping[str, Any]) -> str:
    """The same, of a chapter; empty where it has no computed part."""
    if not context:
        return ""
    return rows_of(report_sections.get(chapter.section), chapter.report.site, chapter.report.year, context)


def _origin(section: ReportSection, site: Unit, year: int) -> str:
    if not section.origin:
        return ""
    return render_to_string("reports/print/_origin.html", {"origin": section.origin, "site": site, "year": year})
