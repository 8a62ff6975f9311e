"""What is typed and not saved yet: kept for its author alone, on any device, until it is saved or given up."""

from django.db import transaction

from core.base.errors import UserError
from reports.models import Chapter, WrittenDraft
from reports.rules.texts import LONGEST_TEXT, clean_text

LONGEST_TITLE, LONGEST_VERSION = 200, 20


@transaction.atomic
def keep(chapter: Chapter, *, figure: str = "", title: str = "", text: str, version: str, by) -> WrittenDraft:
    """Keep what somebody types in a chapter or beside a figure, in place of what they had typed before."""
    if len(text) > LONGEST_TEXT:
        raise UserError(f"Le texte est trop long ({len(text)} signes, {LONGEST_TEXT} au plus).")
    made, _is_new = WrittenDraft.objects.update_or_create(
        chapter=chapter,
        figure=figure,
        author=by,
        defaults={
            "title": title[:LONGEST_TITLE],
            "text": clean_text(text),
            "version": version if version.isdecimal() and len(version) <= LONGEST_VERSION else "",
        },
    )
    return made


def drop(chapter: Chapter, *, figure: str = "", by) -> None:
    """Forget what somebody typed there: it is saved, or given up."""
    if by is not None:
        WrittenDraft.objects.filter(chapter=chapter, figure=figure, author=by).delete()


def of(chapter: Chapter, *, figure: str = "", by) -> WrittenDraft | None:
    """What that person typed there and has not saved."""
    return WrittenDraft.objects.filter(chapter=chapter, figure=figure, author=by).first()
