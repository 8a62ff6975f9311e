"""The file of a poster or of a deck."""

from collections.abc import Sequence
from datetime import date

from core.pages import decks
from core.pages.decks import Slide
from surveys.enums import PublicationKind
from surveys.publications import posters, slides
from surveys.results.content import SurveyContent


def render(content: SurveyContent, kind: str, *, today: date, years: Sequence[Slide] = ()) -> bytes:
    """What the file of that kind holds; `years` are the slides of a deck that compare it with the survey before."""
    match PublicationKind(kind):
        case PublicationKind.SLIDES_PPTX:
            return decks.pptx(slides.outline(content, today=today, years=years))
        case PublicationKind.SLIDES_ODP:
            return decks.odp(slides.outline(content, today=today, years=years))
        case PublicationKind.SLIDES_PDF:
            return decks.pdf(slides.outline(content, today=today, years=years))
        case _:
            return posters.poster_pdf(content, kind, today=today)[0]
