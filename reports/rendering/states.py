"""« Mon année »: how far the bilan of a site and year is from complete, chapter by chapter, as it is printed."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.base.registries import MenuItem, menu, report_sections
from core.base.words import counted
from reports.models import AnnualReport, Chapter
from reports.rendering.sections import computed
from reports.rules.texts import plain_text

COMPLETE, TO_WRITE, NOTHING, LEFT_OUT = "complete", "incomplete", "nothing", "left_out"


@dataclass(frozen=True)
class ChapterState:
    """A chapter, whether it is printed, and where what it lacks is entered."""

    chapter: Chapter
    code: str
    has_text: bool
    source: MenuItem | None

    @property
    def lacks_words(self) -> bool:
        """Whether its figures are printed without a word of those who know them."""
        return self.code == COMPLETE and not self.has_text


def states_of(report: AnnualReport) -> list[ChapterState]:
    """Each chapter in its order; the figures are computed as for printing, nothing is drawn."""
    return [_state(chapter) for chapter in report.chapters.select_related("report__site")]


def summary(states: Sequence[ChapterState]) -> str:
    """« 9 chapitres sur 15 seront imprimés ; 3 sont à écrire, 3 n’ont aucune donnée. »"""
    codes = [state.code for state in states]
    printed, total = codes.count(COMPLETE), len(codes) - codes.count(LEFT_OUT)
    told = f"{counted(printed, 'chapitre')} sur {total} {'seront imprimés' if printed > 1 else 'sera imprimé'}"
    lacks = [
        f"{number} {many if number > 1 else one}"
        for code, one, many in (
            (TO_WRITE, "est à écrire", "sont à écrire"),
            (NOTHING, "n’a aucune donnée", "n’ont aucune donnée"),
        )
        if (number := codes.count(code))
    ]
    return f"{' ; '.join(filter(None, [told, ', '.join(lacks)]))}."


def _state(chapter: Chapter) -> ChapterState:
    has_text = bool(plain_text(chapter.own_text))
    section = report_sections.known.get(chapter.section)
    source = menu.known.get(section.source) if section else None
    if not chapter.is_included:
        code = LEFT_OUT
    elif has_text or computed(chapter):
        code = COMPLETE
    else:
        code = NOTHING if source else TO_WRITE
    return ChapterState(chapter, code, has_text, source)
