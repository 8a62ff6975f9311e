"""The computed part of a chapter: what its section says, each figure with its code, its rows and its comment."""

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
    notes = {note.figure: note.text for note in chapter.notes.all()}

    def told(code: str) -> str:
        text = clean_note(notes.get(code, ""))
        return f'<div class="figure-note">{text}</div>' if text else ""

    marked = figures.marked(html, rows=rows_of(section, site, year), told=told)
    return marked + _origin(section, site, year) if plain_text(marked) else ""


def figures_of(chapter: Chapter) -> list[figures.PrintedFigure]:
    """The tables and charts that a chapter prints today."""
    return list(figures.figures_of(part(chapter, computed(chapter))))


def rows_of(section: ReportSection, site: Unit, year: int) -> str:
    """The list that the figures of a section come from, narrowed to the site and the year as far as it can be."""
    if not section.source:
        return ""
    with suppress(NoReverseMatch):
        return reverse(section.source, kwargs={"site": site.code, "year": year})
    url = Target.of(reverse(section.source)).url(site, year)
    asked = section.asked.format(year=year)
    return f"{url}{'&' if '?' in url else '?'}{asked}" if asked else url


def _origin(section: ReportSection, site: Unit, year: int) -> str:
    if not section.origin:
        return ""
    return render_to_string("reports/print/_origin.html", {"origin": section.origin, "site": site, "year": year})
