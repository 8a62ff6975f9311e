"""The chapter « bilan des suggestions et réclamations » of the report: its sentences are computed, bases named."""

from collections.abc import Mapping

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.http import urlencode

from complaints import synthesis
from complaints.enums import JUDGED, Channel
from complaints.models import Complaint
from complaints.results import Balance
from complaints.rules.figures import Rate
from core.base import registries
from core.base.figures import RATE, format_figure, format_number
from organisations.models import Unit

LESSONS = 5
BRIEF = 5  # sentences of the two-page plaquette


def chapter(site: Unit, year: int) -> Mapping:
    """What the year says; empty where nothing was received, counted, nor ever registered before."""
    told = synthesis.shown(site, year)
    found = told["balance"]
    is_silent = not (found.received or found.oral_tally)
    is_empty = is_silent and not Complaint.objects.filter(site=site, received_on__year__lt=year).exists()
    channels = [] if is_silent else by_channel(site, year)
    said = [] if is_silent else sentences(site, year, told)
    return {
        "told": told,
        "by_channel": [(words, _rows(site, year, channel)) for words, channel in channels],
        "sentences": said,
        "is_empty": is_empty,
        "brief": [told["summary"], *[*(words for words, _channel in channels), *said][:BRIEF]],
        "key_figures": _key_figures(found),
    }


def _key_figures(found: Balance) -> list[registries.KeyFigure]:
    label = "demandes reçues" if found.received > 1 else "demande reçue"
    told = [registries.KeyFigure(format_number(found.received), label, f"{found.in_scope} dans le champ")]
    if found.answered.rate is not None:
        base = f"{found.answered.count} sur {found.answered.base}, {synthesis.interval_words(found.answered)}"
        rate = format_figure(found.answered.rate, RATE)
        told.append(registries.KeyFigure(rate, "de réponses dans le délai", base))
    return told


def by_channel(site: Unit, year: int) -> list[tuple[str, Channel]]:
    """Each with its base: « 11 des 80 courriels (13,75 %) portent sur l’accueil et l’organisation du service »."""
    rows = Complaint.objects.filter(site=site).first_looks().of_year(year).order_by()
    inside = Count("pk", filter=Q(in_scope=True, kind__in=JUDGED))
    said = []
    for code, number, own in rows.values_list("channel").annotate(n=Count("pk"), own=inside).order_by("-n"):
        if own:
            channel, share = Channel(code), format_figure(own / number, RATE, 2)
            verb = "portent" if own > 1 else "porte"
            words = f"{own} des {number} {channel.many} ({share}) {verb}"
            if number == 1:
                words = f"La seule demande reçue {channel.how} porte"
            said.append((f"{words} sur l’accueil et l’organisation du service.", channel))
    return said


def sentences(site: Unit, year: int, told: Mapping) -> list[str]:
    """What is out of scope, the two clocks with their bases, what is not known, what was learnt."""
    found, said = told["balance"], []
    rows = Complaint.objects.filter(site=site, in_scope=True, kind__in=JUDGED)
    inside = rows.first_looks().of_year(year).count()
    if inside < found.received:
        said.append(_others(found.received - inside, inside))
    said.append(_clock("Accusé de réception dans le délai", found.acknowledged))
    said.append(_clock("Réponse sur le fond dans le délai", found.answered))
    unknown = found.answered.base - told["answered_cases"]
    if unknown > 0:
        said.append(f"Pour {unknown} des {found.answered.base} demandes, aucune réponse n’est connue à ce jour.")
    said += _lessons(site, year)
    return said


def _rows(site: Unit, year: int, channel: Channel) -> str:
    asked = {"site": site.pk, "since": f"{year}-01-01", "until": f"{year}-12-31", "channel": str(channel)}
    return f"{reverse('complaints:cases')}?{urlencode(asked)}"


def _others(number: int, inside: int) -> str:
    """« Les 71 autres sont hors champ, ou des demandes d’information ou des félicitations. »"""
    if number == 1:
        name = "L’autre" if inside else "La demande reçue"
        return f"{name} est hors champ, ou une demande d’information ou une félicitation."
    name = f"Les {number} autres" if inside else f"Les {number} demandes reçues"
    return f"{name} sont hors champ, ou des demandes d’information ou des félicitations."


def _clock(label: str, rate: Rate) -> str:
    if rate.rate is None:
        return f"{label} : sans objet ({rate.base} demande{'s' if rate.base > 1 else ''} à juger)."
    return f"{label} : {synthesis.rate_words(rate)}, {synthesis.interval_words(rate)}."


def _lessons(site: Unit, year: int) -> list[str]:
    """What was learnt, as it was written at the closing."""
    rows = Complaint.objects.filter(site=site).of_year(year).exclude(lesson="").order_by("-closed_on", "-pk")
    return [f"Ce qui en est appris : {lesson}" for lesson in rows.values_list("lesson", flat=True)[:LESSONS]]


def register() -> None:
    """Register the chapter."""
    registries.report_sections.register(
        registries.ReportSection(
            code="complaints",
            title="Le bilan des suggestions et réclamations",
            position=400,
            context=chapter,
            template="complaints/report/chapter.html",
            source="complaints:cases",
            origin="registre des suggestions et réclamations",
            asked="since={year}-01-01&until={year}-12-31",
        )
    )
