"""Last year's words as a draft of this year's: taken in one gesture, printed only once edited or confirmed."""

from django.db import transaction

from core.base.errors import UserError
from core.record import history
from reports.models import AnnualReport, Chapter


def before(report: AnnualReport) -> AnnualReport | None:
    """The report of the same site, the year before."""
    return AnnualReport.objects.filter(site_id=report.site_id, year=report.year - 1).first()


def to_take(report: AnnualReport) -> list[Chapter]:
    """The chapters without words whose like had some the year before, those words in them; nothing is saved."""
    last = before(report)
    if last is None:
        return []
    texts = {_key(chapter): chapter.own_text for chapter in last.chapters.all()}
    taken = []
    for chapter in report.chapters.all():
        if not chapter.text and (text := texts.get(_key(chapter))):
            chapter.text, chapter.taken_from = text, last.year
            taken.append(chapter)
    return taken


@transaction.atomic
def take_last_year(report: AnnualReport, *, by) -> list[Chapter]:
    """Take the words of the year before where there are none yet. UserError when there is nothing to take."""
    AnnualReport.objects.select_for_update().get(pk=report.pk)
    taken = to_take(report)
    if not taken:
        raise UserError(f"Il n’y a rien à reprendre de {report.year - 1} : aucun texte, ou vos chapitres sont écrits.")
    reason = f"Textes repris du bilan {report.year - 1}"
    history.bulk_update(taken, ["text", "taken_from"], by=by, reason=reason)
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
