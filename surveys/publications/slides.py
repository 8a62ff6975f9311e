"""The deck of a campaign for the CLU: one outline, written as PPTX, ODP or PDF."""

from collections.abc import Sequence
from datetime import date

from core.base.figures import NARROW
from core.base.typography import NO_BREAK
from core.pages.decks import Bar, Slide, numbered
from core.pages.decks.paging import even
from surveys.results.content import SurveyContent

ROWS_A_SLIDE = 8
ACTIONS_A_SLIDE = 4
REPLIES_A_SLIDE = 5
FIGURE_WIDTHS, ACTION_WIDTHS = (8, 4, 4, 3), (5, 9, 3, 4)  # figures are narrow, actions wide
ACTION_HEAD = ("Critère", "Action", "Statut", "Échéance")


def outline(content: SurveyContent, *, today: date, years: Sequence[Slide] = ()) -> list[Slide]:
    """The slides in order; the first one is the cover (its bullets are the subtitle). `years`: those of N-1."""
    slides = [_cover(content, today), *results(content), *years, *_actions(content), *_replies(content)]
    return numbered(slides, f"{content.site} – mis à jour le {today:%d/%m/%Y}")


def results(content: SurveyContent) -> list[Slide]:
    """What the survey found, without its cover nor what follows it."""
    return [_essentials(content), *_bars(content), *_figures(content), *_extremes(content)]


def _cover(content: SurveyContent, today: date) -> Slide:
    subtitle = [content.site, content.dates[:1].upper() + content.dates[1:], f"Mis à jour le {today:%d/%m/%Y}"]
    return Slide(content.title, subtitle, notes=f"{content.title}, {content.site}. {content.terms}".strip())


def _essentials(content: SurveyContent) -> Slide:
    """Three figures at most, and how the survey was made."""
    number, noun = content.returns_words.split(" ", 1)
    figures = [(content.overall, content.rate_label, content.overall_interval), (number, noun, "")]
    if content.net:
        points, noun = content.net.split(NARROW)
        figures.append((points, f"{noun} de satisfaction nette (satisfaits moins insatisfaits)", ""))
    bullets = [
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


def _bars(content: SurveyContent) -> list[Slide]:
    notes = f"{content.caption} Le trait noir est la marge d’erreur à 95 %."
    return [
        Slide(title, bars=chunk, notes=f"{notes} {_spoken(chunk)}")
        for title, chunk in even("Résultat par critère", list(content.shown), ROWS_A_SLIDE)
    ]


def _figures(content: SurveyContent) -> list[Slide]:
    head = ("Critère", "Respecté" if content.is_mystery else "Satisfaits", "Sur", "Marge")
    notes = f"{content.caption} Chaque critère a sa propre base ; la marge est celle à 95 %."
    rows = [(line.criterion, line.percent, line.base or "trop peu", line.interval or "–") for line in content.lines]
    return [
        Slide(title, head=head, rows=chunk, widths=FIGURE_WIDTHS, notes=notes)
        for title, chunk in even("Les chiffres", rows, ROWS_A_SLIDE)
    ]


def _extremes(content: SurveyContent) -> list[Slide]:
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


def _actions(content: SurveyContent) -> list[Slide]:
    title = "Le plan d’actions qui suit"
    rows = [(action.criterion, action.text, action.status, action.deadline) for action in content.actions]
    if not rows:
        return [Slide(title, ["Le plan d’actions qui suit cette enquête est en préparation."])]
    notes = f"{len(rows)} action{'s' if len(rows) > 1 else ''} décidée{'s' if len(rows) > 1 else ''}"
    notes += f", dont {content.done} réalisée{'s' if content.done > 1 else ''}." if content.done else "."
    pages = even(title, rows, ACTIONS_A_SLIDE)
    return [Slide(name, head=ACTION_HEAD, rows=chunk, widths=ACTION_WIDTHS, notes=notes) for name, chunk in pages]


def _replies(content: SurveyContent) -> list[Slide]:
    title = "Vous l’avez demandé, nous l’avons fait"
    head = ("Vous l’avez demandé", "Nous l’avons fait")
    notes = "Les demandes viennent des commentaires libres de l’enquête."
    pages = even(title, list(content.feedbacks), REPLIES_A_SLIDE)
    return [Slide(name, head=head, rows=chunk, notes=notes) for name, chunk in pages]


def _short(line: Bar) -> str:
    return f"{line.criterion} : {line.percent} ({line.base.replace(' ', NO_BREAK)})"


def _spoken(lines: Sequence[Bar]) -> str:
    return f"{' ; '.join(_short(line) for line in lines)}."


def _listed(lines: Sequence[Bar]) -> str:
    return ", ".join(line.criterion[:1].lower() + line.criterion[1:] for line in lines)
