"""The annual report: opened with its chapters, written chapter by chapter, rendered as editions."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Max

from core import jobs
from core.base.errors import UserError
from core.base.registries import report_sections
from core.jobs.results import ResultFile
from core.models import Job
from core.record import history
from organisations.models import Unit
from reports.enums import Document
from reports.models import AnnualReport, Chapter, Edition, FigureNote, FrozenChapter
from reports.rules.texts import LONGEST_NOTE, LONGEST_TEXT, clean_note, clean_text
from reports.services import papers, typed

EARLIEST_YEAR, LATEST_YEAR = 2005, 2100
# Written chapters of a « bilan qualité » (bilan 2022 de l'Isère); computed ones come from the registry.
WRITTEN_CHAPTERS = (
    ("Les actions engagées", 100),
    ("L’accueil et la signalétique", 200),
)
BEFORE_ANNEXES = ("", "services-publics-plus")  # the sections after the last of which a new chapter comes


@transaction.atomic
def open_report(*, site: Unit, year: int, by) -> AnnualReport:
    """Open the report of a site and year with its usual chapters; the one already open is returned as it is."""
    report = AnnualReport.objects.filter(site=site, year=year).first()
    if report is not None:
        return report
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise UserError(f"L’année va de {EARLIEST_YEAR} à {LATEST_YEAR}.", field="year")
    report = AnnualReport(site=site, year=year)
    history.save(report, by=by)
    chapters = [Chapter(report=report, title=title, position=position) for title, position in WRITTEN_CHAPTERS]
    chapters += [
        Chapter(report=report, section=section.code, title=section.title, position=section.position)
        for section in report_sections
    ]
    history.bulk_create(chapters, by=by)
    return report


@transaction.atomic
def describe(report: AnnualReport, *, title: str, signatory: str, by) -> AnnualReport:
    """Change what the cover prints."""
    report.title, report.signatory = title, signatory
    history.save(report, by=by)
    return report


@transaction.atomic
def write_chapter(chapter: Chapter, *, title: str, text: str, by) -> Chapter:
    """Save the title and the written part of a chapter, cleaned of what a report may not hold."""
    if not title.strip():
        raise UserError("Donnez un titre au chapitre.", field="title")
    if len(text) > LONGEST_TEXT:
        raise UserError(f"Le texte est trop long ({len(text)} signes, {LONGEST_TEXT} au plus).", field="text")
    written = clean_text(text)
    if written != chapter.text:
        chapter.taken_from = None
    chapter.title, chapter.text = title.strip(), written
    history.save(chapter, by=by)
    typed.drop(chapter, by=by)
    return chapter


@transaction.atomic
def comment(chapter: Chapter, *, figure: str, label: str, text: str, by) -> FigureNote:
    """Say something beside a table or a chart of a chapter; nothing, to take back what was said."""
    if len(text) > LONGEST_NOTE:
        raise UserError(f"Le commentaire est trop long ({len(text)} signes, {LONGEST_NOTE} au plus).", field="text")
    note = FigureNote.objects.filter(chapter=chapter, figure=figure).first()
    note = note or FigureNote(chapter=chapter, figure=figure)
    note.label, note.text, note.taken_from = label[:300], clean_note(text), None
    history.save(note, by=by)
    typed.drop(chapter, figure=figure, by=by)
    return note


@transaction.atomic
def add_chapter(report: AnnualReport, *, title: str, by) -> Chapter:
    """Add a written chapter before the annexes."""
    if not title.strip():
        raise UserError("Donnez un titre au chapitre.", field="title")
    last = report.chapters.filter(section__in=BEFORE_ANNEXES).aggregate(last=Max("position"))["last"] or 0
    chapter = Chapter(report=report, title=title.strip(), position=last + 1)
    history.save(chapter, by=by)
    return chapter


@transaction.atomic
def include(chapter: Chapter, *, included: bool, by) -> Chapter:
    """Print the chapter, or leave it out; its text is kept."""
    chapter.is_included = included
    history.save(chapter, by=by)
    return chapter


@transaction.atomic
def move(chapter: Chapter, *, up: bool, by) -> Chapter:
    """Exchange the chapter with its neighbour above or below; the others keep their place and their history."""
    chapters = list(chapter.report.chapters.select_for_update().order_by("position", "pk"))
    index = next(i for i, other in enumerate(chapters) if other.pk == chapter.pk)
    other = index - 1 if up else index + 1
    if not 0 <= other < len(chapters):
        return chapter
    places = _strictly_rising([row.position for row in chapters])
    chapters[index], chapters[other] = chapters[other], chapters[index]
    moved = [(row, place) for row, place in zip(chapters, places, strict=True) if row.position != place]
    for row, place in moved:
        row.position = place
    history.bulk_update([row for row, _ in moved], ["position"], by=by, reason="Ordre des chapitres")
    return chapter


def _strictly_rising(places: list[int]) -> list[int]:
    """The same places, two that were equal set one apart."""
    rising: list[int] = []
    for place in places:
        rising.append(max(place, rising[-1] + 1) if rising else place)
    return rising


def request_edition(report: AnnualReport, *, by) -> Job:
    """Ask for the PDF in the background; the one already asked for is returned."""
    return jobs.enqueue(
        "render_report",
        by=by,
        label=f"Bilan qualité {report.year} – {report.site}",
        parameters={"report_id": report.pk},
        key=f"render_report:{report.pk}",
    )


@transaction.atomic
def keep_edition(
    report: AnnualReport,
    *,
    job: Job,
    pages: int,
    file: ResultFile,
    chapters: Sequence[FrozenChapter] = (),
    files: Mapping[str, bytes] | None = None,
    final: bytes | None = None,
) -> Edition:
    """Keep the rendered file of a job, a draft, as the next edition of the report, with its own digest, its chapters as
    they were printed, its other formats (by extension), and the PDF that it will be once sealed."""
    AnnualReport.objects.select_for_update().get(pk=report.pk)
    last = report.editions.aggregate(last=Max("number"))["last"] or 0
    kept = {"file": file.stored_name, "name": file.name, "digest": file.digest}
    edition = Edition.objects.create(report=report, number=last + 1, job=job, pages=pages, **kept)
    for chapter in chapters:
        chapter.edition = edition
    FrozenChapter.objects.bulk_create(chapters)
    stem = file.name.rpartition(".")[0]
    for extension, content in (files or {}).items():
        name = f"{stem}.{extension}"
        papers.keep(report, document=Document.BILAN, name=name, content=content, by=job.requested_by, edition=edition)
    if final:
        papers.keep(
            report, document=Document.FINAL, name=file.name, content=final, by=job.requested_by, edition=edition
        )
    return edition
