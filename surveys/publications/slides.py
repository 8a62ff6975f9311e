"""The deck of a campaign for the CLU: one outline, written as PPTX or ODP."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from core.figures import NARROW
from core.typography import NO_BREAK
from surveys.publications.content import Content, Line

ROWS_A_SLIDE = 8
ACTIONS_A_SLIDE = 4
REPLIES_A_SLIDE = 5
ACTION_HEAD = ("Critère", "Action", "Statut", "Échéance")


@dataclass(frozen=True)
class Slide:
    """A title with bullets, figures, a table or bars; `bars` are drawn, and told in words by `description`.

    `figures` are (big figure, what it counts, its margin); `notes` are for whoever speaks; `foot` is on every page.
    """

    title: str
    bullets: Sequence[str] = ()
    figures: Sequence[tuple[str, str, str]] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    bars: Sequence[Line] = ()
    notes: str = ""
    foot: str = ""

    @property
    def shares(self) -> Sequence[int]:
        """The widths of the columns of the table: figures are narrow, actions wide."""
        if len(self.head) == len(ACTION_HEAD):
            return (5, 9, 3, 4) if self.head == ACTION_HEAD else (8, 4, 4, 3)
        return (1,) * len(self.head)

    @property
    def description(self) -> str:
        return "\u00a0; ".join(f"{bar.criterion} : {bar.percent} ({bar.base}, {bar.interval})" for bar in self.bars)


def outline(content: Content, *, today: date) -> list[Slide]:
    """The slides in order; the first one is the cover (its bullets are the subtitle)."""
    slides = [
        _cover(content, today), _essentials(content), *_bars(content), *_figures(content), *_extremes(content),
        *_actions(content), *_replies(content),
    ]  # fmt: skip
    foot = f"{content.site} – mis à jour le {today:%d/%m/%Y}"
    return [
        replace(slide, foot=f"{foot} – {number}/{len(slides)}" if number > 1 else "")
        for number, slide in enumerate(slides, start=1)
    ]


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


def _cover(content: Content, today: date) -> Slide:
    subtitle = [content.site, content.dates[:1].upper() + content.dates[1:], f"Mis à jour le {today:%d/%m/%Y}"]
    return Slide(content.title, subtitle, notes=f"{content.title}, {content.site}. {content.terms}".strip())


def _essentials(content: Content) -> Slide:
    """Three figures at most, and how the survey was made."""
    number, noun = content.returns_words.split(" ", 1)
    figures = [(content.overall, content.rate_label, content.overall_interval), (number, noun, "")]
    if content.net:
        points, noun = content.net.split(NARROW)
        figures.append((points, f"{noun} de satisfaction nette (satisfaits moins insatisfaits)", ""))
    bullets = [
        f"Menée par : {content.investigator}" if content.investigator else "",
        content.terms,
        f"Trop peu de réponses pour un pourcentage : {_listed(content.withheld)}" if content.withheld else "",
    ]
    said = f"{content.overall} {content.rate_label}"
    margin = f" ({content.overall_interval})" if content.overall_interval else ""
    return Slide(
        "L’essentiel",
        [text for text in bullets if text],
        figures=figures,
        notes=f"{content.returns_words} {content.dates}. Tous critères réunis : {said}{margin}.",
    )


def _bars(content: Content) -> list[Slide]:
    notes = f"{content.caption} Le trait noir est la marge d’erreur à 95 %."
    return [
        Slide(title, bars=chunk, notes=f"{notes} {_spoken(chunk)}")
        for title, chunk in _pages("Résultat par critère", list(content.shown), ROWS_A_SLIDE)
    ]


def _figures(content: Content) -> list[Slide]:
    head = ("Critère", "Respecté" if content.is_mystery else "Satisfaits", "Sur", "Marge")
    notes = f"{content.caption} Chaque critère a sa propre base ; la marge est celle à 95 %."
    rows = [(line.criterion, line.percent, line.base or "trop peu", line.interval or "–") for line in content.lines]
    return [
        Slide(title, head=head, rows=chunk, notes=notes) for title, chunk in _pages("Les chiffres", rows, ROWS_A_SLIDE)
    ]


def _extremes(content: Content) -> list[Slide]:
    """What goes well beside what is to be mended, where there are enough criteria to tell."""
    best, worst = content.strongest, content.weakest
    if not best or not worst:
        return []
    rows = [
        (_short(best[rank]) if rank < len(best) else "", _short(worst[rank]) if rank < len(worst) else "")
        for rank in range(max(len(best), len(worst)))
    ]
    notes = "Deux critères dont les marges se recouvrent ne se classent pas l’un par rapport à l’autre."
    return [Slide("Points forts, points à améliorer", head=("Points forts", "À améliorer"), rows=rows, notes=notes)]


def _actions(content: Content) -> list[Slide]:
    title = "Le plan d’actions qui suit"
    rows = [(action.criterion, action.text, action.status, action.deadline) for action in content.actions]
    if not rows:
        return [Slide(title, ["Le plan d’actions qui suit cette enquête est en préparation."])]
    notes = f"{len(rows)} action{'s' if len(rows) > 1 else ''} décidée{'s' if len(rows) > 1 else ''}"
    notes += f", dont {content.done} réalisée{'s' if content.done > 1 else ''}." if content.done else "."
    pages = _pages(title, rows, ACTIONS_A_SLIDE)
    return [Slide(name, head=ACTION_HEAD, rows=chunk, notes=notes) for name, chunk in pages]


def _replies(content: Content) -> list[Slide]:
    title = "Vous l’avez demandé, nous l’avons fait"
    head = ("Vous l’avez demandé", "Nous l’avons fait")
    notes = "Les demandes viennent des commentaires libres de l’enquête."
    pages = _pages(title, list(content.feedbacks), REPLIES_A_SLIDE)
    return [Slide(name, head=head, rows=chunk, notes=notes) for name, chunk in pages]


def _short(line: Line) -> str:
    return f"{line.criterion} : {line.percent} ({line.base.replace(' ', NO_BREAK)})"


def _spoken(lines: Sequence[Line]) -> str:
    return f"{' ; '.join(_short(line) for line in lines)}."


def _listed(lines: Sequence[Line]) -> str:
    return ", ".join(line.criterion[:1].lower() + line.criterion[1:] for line in lines)


def _pages(title: str, rows: list, size: int) -> list[tuple[str, list]]:
    """Pages as even as can be: nine rows are five and four, not eight and one."""
    if not rows:
        return []
    number = -(-len(rows) // size)
    bounds = [round(rank * len(rows) / number) for rank in range(number + 1)]
    chunks = [rows[start:end] for start, end in pairwise(bounds)]
    if number == 1:
        return [(title, chunks[0])]
    return [(f"{title} ({rank}/{number})", chunk) for rank, chunk in enumerate(chunks, start=1)]
