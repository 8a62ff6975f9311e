"""Complaints of the year up to the meeting: how many, in scope, on time; a rate on 0 or 1 case is « sans objet »."""

from datetime import date

from django.urls import reverse

from clu.publications.part import Asked, Part, text_bullets
from complaints.models import Complaint, Tally
from complaints.results import Balance, balance_of
from complaints.rules.figures import Rate
from core.base.figures import DAYS, RATE, format_figure
from core.pages.decks import Slide
from core.pages.decks.paging import fitted, fitted_bullets

HEAD, WIDTHS = ("Réclamations et suggestions", "Année", "N-1"), (10, 5, 5)
BACK = 1


def complaints(asked: Asked) -> Part:
    """The register of the year beside that of N-1; what somebody wrote comes first."""
    bullets = text_bullets(asked.item)
    told = [Slide(title, page, notes=asked.title) for title, page in fitted_bullets(asked.title, bullets)]
    if not Complaint.objects.filter(site=asked.site, received_on__lte=asked.on).exists():
        return Part(told) if told else asked.nothing("Réclamations et suggestions", url=reverse("complaints:cases"))
    now, before = _balance(asked, asked.year), _balance(asked, asked.year - BACK)
    head = (HEAD[0], str(asked.year), str(asked.year - BACK))
    rows = [(words, *pair) for words, *pair in zip(LABELS, _cells(now), _cells(before), strict=True)]
    notes = f"{now.received} reçues en {asked.year} au jour de la réunion, dont {now.in_scope} dans le champ."
    title = f"{asked.title} : les chiffres" if told else asked.title
    slides = [
        Slide(name, head=head, rows=page, widths=WIDTHS, notes=notes) for name, page in fitted(title, rows, WIDTHS)
    ]
    return Part([*told, *slides])


LABELS = (
    "Reçues",
    "Dans le champ (accueil et service rendu)",
    "Hors du champ",
    "Orales, comptées à l’accueil",
    "Accusé de réception dans le délai",
    "Réponse dans le délai",
    "Délai moyen de réponse",
)


def _cells(balance: Balance) -> list[str]:
    return [
        str(balance.received),
        str(balance.in_scope),
        str(balance.out_of_scope),
        str(balance.oral_tally),
        _rate(balance.acknowledged),
        _rate(balance.answered),
        format_figure(balance.mean_delay, DAYS),
    ]


def _rate(rate: Rate) -> str:
    """« 95 % (19 sur 20) », « sans objet (1 cas) »."""
    base = f"{rate.count} sur {rate.base}" if rate.rate is not None else f"{rate.base} cas"
    return f"{format_figure(rate.rate, RATE)} ({base})"


def _balance(asked: Asked, year: int) -> Balance:
    last = min(asked.on, date(year, 12, 31))
    cases = Complaint.objects.filter(site=asked.site).of_year(year).filter(received_on__lte=last)
    return balance_of(cases, Tally.objects.filter(site=asked.site).of_year(year), on=last)
