"""The file of a poster or of a deck."""

from datetime import date

from core.pages import decks
from surveys.enums import PublicationKind
from surveys.publications import posters, slides
from surveys.results.content import SurveyContent


def render(content: SurveyContent, kind: str, *, today: date) -> bytes:
    """What the file of that kind holds."""
    match PublicationKind(kind):
        case PublicationKind.SLIDES_PPTX:
            return decks.pptx(slides.outline(content, today=today))
        case PublicationKind.SLIDES_ODP:
            return decks.odp(slides.outline(content, today=today))
        case PublicationKind.SLIDES_PDF:
            return decks.pdf(slides.outline(content, today=today))
        case _:
            return posters.poster_pdf(content, kind, today=today)[0]
