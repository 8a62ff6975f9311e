"""What the indicators put on the home page of each role."""

from collections.abc import Iterator

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from core.base.figures import format_figure, format_target
from core.base.home import (
    FirstStep,
    QueueSource,
    StatePart,
    Todo,
    Told,
    Urgency,
    first_steps,
    home_queue,
    home_state,
    once,
)
from core.base.months import month_name, of_month
from core.base.registries import CardContent, CardRow, HomeCard, home_cards
from core.base.words import counted
from indicators.completeness import Completeness, completeness_of
from indicators.enums import CampaignState, ValueState
from indicators.models import Assignment, Campaign, Reading, Value
from indicators.rules.months import Month, month_shown
from indicators.rules.readings import trend
from indicators.services.campaigns import people_lacking
from indicators.tables.dashboard import TREND_NAMES
from organisations.permissions import Permission

FIGURES = 6
MOST_NAMED = 2
WORSE = "worse"
NO_FIGURE = CardRow(
    "Aucun chiffre pour le moment", detail="Le référent qualité ouvre le premier mois de saisie, ou importe une grille."
)


def to_enter(request) -> Iterator[Todo]:
    """The figures due of one’s own services; the référent qualité chases those of the others instead."""
    access = request.user.access
    if access.can(Permission.CAMPAIGN_STEER):
        return
    units = access.units_with(Permission.VALUE_ENTER)
    campaigns = Campaign.objects.open().filter(site__site_assignments__unit_id__among=units).distinct()
    counts = completeness_of(campaigns.select_related("site").order_by("year", "month"), unit_ids=units)
    for count in counts:
        if count.missing:
            campaign = count.campaign
            url = reverse("indicators:entry", args=[campaign.year, campaign.month])
            what = f"{_month(campaign)}\u202f: {count.entered} {_done(count.entered)} sur {count.due}"
            yield Todo(what, url, str(campaign.site), due=campaign.due_on, action="Saisir")
    if not counts and not Assignment.objects.filter(unit_id__among=units).exists():
        what = "Aucun indicateur n’est encore affecté à vos services\u202f: c’est le référent qualité qui les affecte"
        yield Todo(what, urgency=Urgency.LATER)


def _done(number: int) -> str:
    return "valeurs saisies" if number > 1 else "valeur saisie"


def _month(campaign: Campaign) -> str:
    return f"{month_name(campaign.month).capitalize()} {campaign.year}"


def to_steer(request) -> Iterator[Todo]:
    """Months in which figures are missing, those complete and not validated, those validated and not closed."""
    units = request.user.access.units_with(Permission.CAMPAIGN_STEER)
    rows = Campaign.objects.filter(site_id__among=units).exclude(state=CampaignState.CLOSED)
    counts = completeness_of(rows.select_related("site").order_by("year", "month", "site"))
    people = people_lacking(counts, on=timezone.localdate())
    for count in counts:
        if count.campaign.state == CampaignState.VALIDATED:
            yield _to_close(count.campaign)
        elif count.missing:
            yield _to_chase(count, people[count.campaign.pk])
        elif count.due:
            yield _to_validate(count.campaign)


def _to_close(campaign: Campaign) -> Todo:
    page, act = (reverse(f"indicators:{name}", args=[campaign.pk]) for name in ("campaign", "campaign-close"))
    what, since = f"{_month(campaign)} est validé", timezone.localdate(campaign.validated_at)
    close = f"Clore {month_name(campaign.month)}"
    return Todo(what, page, str(campaign.site), since=since, action=close, action_url=act, posts=True)


def _to_chase(count: Completeness, people: int) -> Todo:
    campaign = count.campaign
    page, act = (reverse(f"indicators:{name}", args=[campaign.pk]) for name in ("campaign", "campaign-chase"))
    months = f"{of_month(campaign.month)} {campaign.year}"
    what = f"{counted(count.missing, f'valeur {months} manque', f'valeurs {months} manquent')}, sur {count.due}"
    if not people:
        return Todo(f"{what}, et personne ne les saisit", page, str(campaign.site), due=campaign.due_on, action="Voir")
    chase = f"Relancer {counted(people, 'personne')}"
    return Todo(what, page, str(campaign.site), due=campaign.due_on, action=chase, action_url=act)


def _to_validate(campaign: Campaign) -> Todo:
    page, act = (reverse(f"indicators:{name}", args=[campaign.pk]) for name in ("campaign", "campaign-validate"))
    validate = f"Valider {month_name(campaign.month)}"
    what = f"{_month(campaign)} est complet"
    return Todo(what, page, str(campaign.site), action=validate, action_url=act, urgency=Urgency.NOW)


def figures(request) -> CardContent | None:
    """The figures that ask for attention: targets missed, then what worsens, then the other targets, at all sites.

    Who steers the months works from the queue and the dashboards instead.
    """
    if request.user.can(Permission.CAMPAIGN_STEER):
        return None
    readings = _readings(request)
    if not readings:
        return CardContent(rows=[NO_FIGURE]) if request.user.can(Permission.REPORT_VIEW) else None
    shown = sorted(readings, key=lambda reading: (reading.target_met is not False, _trend(reading) != WORSE,
                                                  reading.target_value is None))[:FIGURES]  # fmt: skip
    several = len({reading.site_id for reading in readings}) > 1
    places = {reading.site_id: reading for reading in readings}
    return CardContent(
        template="indicators/panels/home_figures.html",
        context={
            "figures": [_figure(reading, several) for reading in shown],
            "places": [(str(one.site), one.year, _dashboard(one)) for one in places.values()],
        },
    )


def _figure(reading: Reading, several: bool) -> dict[str, str]:
    """A figure of the band, with all that it says in words."""
    indicator = reading.indicator
    told = [str(reading.site) if several else ""]
    if reading.target_value is not None:
        told.append("cible " + format_target(reading.target_direction, reading.target_value, indicator.measure))
        told.append("atteinte" if reading.target_met else "non atteinte")
    told.append(TREND_NAMES.get(_trend(reading), "").lower())
    return {
        "label": indicator.label,
        "value": format_figure(reading.value, indicator.measure),
        "detail": ", ".join(filter(None, told)),
        "url": reverse("indicators:why", args=[indicator.code, reading.site.code, reading.year]),
    }


def state(request) -> Iterator[Told]:
    """« 5 cibles sur 7 atteintes en 2026 », and what worsens."""
    readings = _readings(request)
    judged = [reading for reading in readings if reading.target_met is not None]
    if not judged:
        return
    met, year = sum(bool(one.target_met) for one in judged), max(one.year for one in judged)
    words = f"{counted(met, 'cible')} sur {len(judged)} {'atteintes' if met > 1 else 'atteinte'} en {year}"
    worse = _worsening(readings)
    told = f"{sum(_trend(one) == WORSE for one in readings)} en recul" if worse else ""
    url = _dashboard(judged[0])
    yield Told(
        f"Cibles atteintes en {year}", f"{met} sur {len(judged)}", told, url, f"{words} ({worse})" if worse else words
    )


def _worsening(readings: list[Reading]) -> str:
    """« se dégradent : A, B et 2 autres »; empty when nothing worsens."""
    labels = list(dict.fromkeys(reading.indicator.label for reading in readings if _trend(reading) == WORSE))
    if not labels:
        return ""
    named = [f"« {label} »" for label in labels[:MOST_NAMED]]
    others = len(labels) - len(named)
    named += [f"{others} autre{'s' if others > 1 else ''}"] if others else []
    start = "se dégradent" if len(labels) > 1 else "se dégrade"
    return f"{start}\u202f: {', '.join(named[:-1])} et {named[-1]}" if len(named) > 1 else f"{start}\u202f: {named[0]}"


def _trend(reading: Reading) -> str:
    return trend([Month.from_json(row) for row in reading.months], reading.indicator.direction)


def _dashboard(reading: Reading) -> str:
    month = month_shown(reading.year, timezone.localdate())
    return reverse("indicators:dashboard", args=[reading.site.code, reading.year, month])


def _readings(request) -> list[Reading]:
    """The last year measured of each site that one reads, in the order of the dashboard; read once a request."""
    units = request.user.access.units_with(Permission.INDICATOR_VIEW)
    measured = Reading.objects.filter(site=OuterRef("site"), measured_months__gt=0).order_by("-year")
    rows = Reading.objects.filter(
        site_id__among=units, year=Subquery(measured.values("year")[:1]), measured_months__gt=0
    )
    rows = rows.select_related("indicator", "site").order_by(
        "site__position", "site", "indicator__family__position", "indicator__position", "indicator_id"
    )
    return once(request, "readings", lambda: list(rows))


def _assigned(units):
    return Assignment.objects.filter(site__among=units)


def _opened(units):
    return Campaign.objects.filter(site__among=units)


def _measured(units):
    return Value.objects.filter(site__among=units).exclude(state=ValueState.MISSING)


STEPS = (
    ("assigned", "Affecter les indicateurs aux services", "Sans affectation, aucun mois ne s’ouvre.",
     Permission.INDICATOR_EDIT, "indicators:catalogue", "Affecter", _assigned),
    ("opened", "Ouvrir le premier mois", "Les services trouvent alors ce qu’ils ont à saisir.",
     Permission.CAMPAIGN_STEER, "indicators:campaigns", "Ouvrir un mois", _opened),
    ("measured", "Importer la grille de l’année, ou saisir un premier chiffre", "Votre tableau de bord tel qu’il est.",
     Permission.VALUE_IMPORT, "indicators:import-upload", "Importer une grille", _measured),
)  # fmt: skip


def register() -> None:
    """Register the lines, how things stand, the card and the first steps with the home page."""
    for position, (code, title, detail, permission, url_name, action, done) in enumerate(STEPS, start=4):
        step = code, title, detail, permission, "le référent qualité", url_name, action, done
        first_steps.register(FirstStep(*step, position=position * 10))
    home_queue.register(QueueSource("to-enter", Permission.VALUE_ENTER, to_enter, 10))
    home_queue.register(QueueSource("to-steer", Permission.CAMPAIGN_STEER, to_steer, 20))
    home_state.register(StatePart("targets", Permission.INDICATOR_VIEW, state, 10))
    home_cards.register(
        HomeCard("figures", "Les chiffres qui comptent", Permission.INDICATOR_VIEW, figures, 10, "state")
    )
