"""The deck of a campaign for the CLU: one outline, written as PPTX or ODP."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from surveys.publications.content import Content, Line

ROWS_A_SLIDE = 8
BULLETS_A_SLIDE = 6


@dataclass(frozen=True)
class Slide:
    """A title with bullets, a table or bars; `bars` are drawn, and told in words by `description`."""

    title: str
    bullets: Sequence[str] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    bars: Sequence[Line] = ()

    @property
    def description(self) -> str:
        return "\u00a0; ".join(f"{line.criterion} : {line.percent}" for line in self.bars)


def outline(content: Content, *, today: date) -> list[Slide]:
    """The slides in order; the first one is the cover (its bullets are the subtitle)."""
    slides = [
        Slide(
            content.title,
            [content.site, content.dates[:1].upper() + content.dates[1:], f"Mis à jour le {today:%d/%m/%Y}"],
        ),
        Slide("La campagne", _about(content)),
    ]
    if content.shown:
        slides.append(Slide("Résultat par critère", bars=content.shown))
    rows = [(line.criterion, line.percent, line.base) for line in content.lines]
    slides += [
        Slide(title, head=("Critère", _rate_head(content), "Base"), rows=chunk)
        for title, chunk in _pages("Les chiffres", rows, ROWS_A_SLIDE)
    ]
    actions = [(action.finding, action.text, action.status, action.deadline) for action in content.actions]
    if actions:
        slides += [
            Slide(title, head=("Constat", "Action", "Statut", "Échéance"), rows=chunk)
            for title, chunk in _pages("Le plan d’actions qui suit", actions, BULLETS_A_SLIDE)
        ]
    else:
        slides.append(Slide("Le plan d’actions qui suit", ["Aucune action n’est encore décidée."]))
    if content.feedbacks:
        rows = list(content.feedbacks)
        slides += [
            Slide(title, head=("Vous l’avez demandé", "Nous l’avons fait"), rows=chunk)
            for title, chunk in _pages("Vous l’avez demandé, nous l’avons fait", rows, BULLETS_A_SLIDE)
        ]
    return slides


def pptx(slides: Sequence[Slide]) -> bytes:
    """The deck for PowerPoint; the chart is a real one, that can be restyled."""
    from surveys.publications.pptx_deck import PptxDeck

    return _written(PptxDeck(), slides)


def odp(slides: Sequence[Slide]) -> bytes:
    """The deck for Impress."""
    from surveys.publications.odp_deck import OdpDeck

    return _written(OdpDeck(), slides)


def _written(deck, slides: Sequence[Slide]) -> bytes:
    cover, *others = slides
    deck.cover(cover)
    for slide in others:
        deck.add(slide)
    target = io.BytesIO()
    deck.save(target)
    return target.getvalue()


def _about(content: Content) -> list[str]:
    what = "Global" if content.is_mystery else "Satisfaction globale"
    lines = [
        f"{content.returns_words} {content.dates}",
        f"{what} : {content.overall} ({content.rate_label})",
        f"Satisfaction nette : {content.net}" if content.net else "",
        f"Menée par : {content.investigator}" if content.investigator else "",
        content.terms,
        "Chaque critère a sa propre base : ni les blancs ni les « non concerné » ne comptent.",
    ]
    if content.withheld:
        names = ", ".join(line.criterion.lower() for line in content.withheld)
        lines.append(f"Trop peu de réponses pour un pourcentage : {names}")
    return [line for line in lines if line]


def _rate_head(content: Content) -> str:
    return "Critère respecté" if content.is_mystery else "Satisfaits"


def _pages(title: str, rows: list, size: int) -> list[tuple[str, list]]:
    chunks = [rows[start : start + size] for start in range(0, len(rows), size)]
    if len(chunks) == 1:
        return [(title, chunks[0])]
    return [(f"{title} ({number}/{len(chunks)})", chunk) for number, chunk in enumerate(chunks, start=1)]
