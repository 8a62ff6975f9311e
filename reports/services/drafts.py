"""Last year's words as a draft of this year's: taken in one gesture, printed only once edited or confirmed."""

from collections.abc import Iterator

from django.db import transaction

from core.base.errors import UserError
from core.record import history
from reports.models import AnnualReport, Chapter, FigureNote


def before(report: AnnualReport) -> AnnualReport | None:
    """The report of the same site, the year before."""
    return AnnualReport.objects.filter(site_id=report.site_id, year=report.year - 1).first()


def to_take(report: AnnualReport) -> list[Chapter | FigureNote]:
    """The chapters without words whose like had some the year before, those words in them, and the comments of figures
    that nobody commented yet; nothing is saved."""
    last = before(report)
    if last is None:
        return []
    former = {_key(chapter): chapter for chapter in last.chapters.prefetch_related("notes")}
    taken: list[Chapter | FigureNote] = []
    for chapter in report.chapters.prefetch_related("notes"):
        if _key(chapter) in former:
            taken += _of_chapter(chapter, former[_key(chapter)], last.year)
    return taken


def _of_chapter(chapter: Chapter, former: Chapter, year: int) -> Iterator[Chapter | FigureNote]:
    if not chapter.text and former.own_text:
        chapter.text, chapter.taken_from = former.own_text, year
        yield chapter
    said = {note.figure for note in chapter.notes.all()}
    for note in former.notes.all():
        if note.own_text and note.figure not in said:
            yield FigureNote(chapter=chapter, figure=note.figure, label=note.label, text=note.own_text, taken_from=year)


@transaction.atomic
def take_last_year(report: AnnualReport, *, by) -> list[Chapter | FigureNote]:
    """Take the words of the year before where there are none yet. UserError when there is nothing to take."""
    AnnualReport.objects.select_for_update().get(pk=report.pk)
    taken = to_take(report)
    if not taken:
        raise UserError(f"Il n’y a rien à reprendre de {report.year - 1} : aucun texte, ou vos chapitres sont écrits.")
    reason = f"Textes repris du bilan {report.year - 1}"
    chapters = [one for one in taken if isinstance(one, Chapter)]
    history.bulk_update(chapters, ["text", "taken_from"], by=by, reason=reason)
    history.bulk_create([one for one in taken if isinstance(one, FigureNote)], by=by, reason=reason)
    return taken


@transaction.atomic
def confirm(chapter: Chapter, *, by) -> Chapter:
    """Say that the words taken hold for this year too: they are printed from now on."""
    if chapter.taken_from:
        reason = f"Texte de {chapter.taken_from} confirmé"
        chapter.taken_from = None
        history.save(chapter, by=by, reason=reason)
    return chapter


def _key(chapter: Chapter) -> str:
    return chapter.section or chapter.title.casefold()
