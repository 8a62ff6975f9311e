"""What the indicators put on the home page of each role."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from core.base.figures import format_figure, format_target
from core.base.months import month_name
from core.base.registries import CardContent, CardRow, HomeCard, home_cards
from indicators.completeness import Completeness, completeness_of
from indicators.enums import CampaignState
from indicators.models import Campaign, Reading
from indicators.rules.months import Month, month_shown
from indicators.rules.readings import trend
from indicators.tables.dashboard import TREND_NAMES
from organisations.models import Unit
from organisations.permissions import Permission

MOST_ROWS = 6
FIGURES = 12
TREND_WORDS = {
    trend: (arrow, f"{TREND_NAMES[trend]} sur les mois d’avant")
    for trend, arrow in (("better", "up"), ("worse", "down"), ("stable", "flat"), ("up", "up"), ("down", "down"))
}


def to_enter(request) -> CardContent | None:
    """The figures due of one’s own services; the référent qualité reads « Valeurs manquantes » instead."""
    access = request.user.access
    if access.can(Permission.CAMPAIGN_STEER):
        return None
    unit_ids = access.units_with(Permission.VALUE_ENTER)
    campaigns = Campaign.objects.open().filter(site__site_assignments__unit_id__in=unit_ids).distinct()
    counts = completeness_of(campaigns.select_related("site").order_by("year", "month"), unit_ids=unit_ids)
    rows = [_entry_row(count) for count in counts if count.due]
    return CardContent(rows=rows, more_url=reverse("indicators:entry"), more_label="Ma saisie")


def _entry_row(count: Completeness) -> CardRow:
    campaign = count.campaign
    month = f"{month_name(campaign.month).capitalize()} {campaign.year}"
    url = reverse("indicators:entry", args=[campaign.year, campaign.month])
    if not count.missing:
        return CardRow(month, url, f"{_values(count.due)}, merci.", "Complet", "success")
    words = f"{count.entered} sur {count.due} faites, à rendre le {campaign.due_on:%d/%m/%Y}"
    return CardRow(month, url, words, *_lateness(campaign))


def _values(number: int) -> str:
    return f"{number} valeur{'s' if number > 1 else ''} saisie{'s' if number > 1 else ''}"


def _lateness(campaign: Campaign) -> tuple[str, str]:
    late = campaign.due_on < timezone.localdate()
    return ("En retard", "error") if late else ("À saisir", "new")


def to_steer(request) -> CardContent | None:
    """Months complete and waiting to be validated, months validated and waiting to be closed."""
    campaigns = _steered(request).exclude(state=CampaignState.CLOSED)
    counts = completeness_of(campaigns)
    rows = []
    for count in counts:
        campaign = count.campaign
        url = reverse("indicators:campaign", args=[campaign.pk])
        label = f"{month_name(campaign.month).capitalize()} {campaign.year}, {campaign.site}"
        if campaign.state == CampaignState.VALIDATED:
            rows.append(
                CardRow(
                    label, url, f"Validé le {timezone.localtime(campaign.validated_at):%d/%m/%Y}", "À clore", "info"
                )
            )
        elif not count.missing:
            rows.append(CardRow(label, url, _values(count.due), "À valider", "new"))
    return CardContent(rows=rows[:MOST_ROWS]) if rows else None


def lacking(request) -> CardContent | None:
    """Open months in which figures are missing, the oldest first."""
    counts = [count for count in completeness_of(_steered(request).open()) if count.missing]
    rows = [
        CardRow(
            f"{month_name(c.campaign.month).capitalize()} {c.campaign.year}, {c.campaign.site}",
            reverse("indicators:campaign", args=[c.campaign.pk]),
            f"{c.missing} valeur{'s' if c.missing > 1 else ''} sur {c.due}, à rendre le {c.campaign.due_on:%d/%m/%Y}",
            *_lateness(c.campaign),
        )
        for c in counts
    ]
    return CardContent(rows=rows[:MOST_ROWS])


def _steered(request):
    units = request.user.access.units_with(Permission.CAMPAIGN_STEER)
    return Campaign.objects.filter(site_id__in=units).select_related("site").order_by("year", "month", "site")


def to_look_at(request) -> CardContent | None:
    """Figures of the year that contradict themselves: a month out of character, read again before a meeting."""
    readings = _readings(request, Permission.CAMPAIGN_STEER).exclude(warnings=[]).select_related("indicator", "site")
    rows = [
        _suspicious_row(reading, Month.from_json(reading.months[warning["month"] - 1]))
        for reading in readings
        for warning in reading.warnings
        if warning["code"] == "suspicious_month"
    ]
    return CardContent(rows=rows[:MOST_ROWS]) if rows else None


def _suspicious_row(reading: Reading, month: Month) -> CardRow:
    indicator = reading.indicator
    value = format_figure(month.value, indicator.measure)
    detail = f"{value} en {month_name(month.month)} {reading.year}, loin des autres mois ({reading.site})"
    url = reverse("indicators:why", args=[indicator.code, reading.site.code, reading.year])
    return CardRow(indicator.label, url, detail, "À vérifier", "warning")


def figures(request) -> CardContent | None:
    """The figures that matter at one’s first site, for the last year measured: those with a target first."""
    sites = _sites(request)
    if not sites:
        return None
    site = sites[0]
    year = Reading.objects.filter(site=site, measured_months__gt=0).order_by("-year").values_list("year", flat=True)[:1]
    readings = Reading.objects.filter(site=site, year__in=year, measured_months__gt=0)
    readings = readings.select_related("indicator__family", "site").order_by(
        "indicator__family__position", "indicator__position", "indicator_id"
    )
    shown = sorted(readings, key=lambda reading: reading.target_value is None)[:FIGURES]
    place = (shown[0].year, month_shown(shown[0].year, timezone.localdate()))
    return CardContent(
        template="indicators/panels/home_figures.html",
        context={
            "site": site,
            "year": shown[0].year,
            "tiles": [_tile(reading) for reading in shown],
            "others": [(str(other), reverse("indicators:dashboard", args=[other.code, *place])) for other in sites[1:]],
        },
        more_url=reverse("indicators:dashboard", args=[site.code, *place]),
        more_label="Tout le tableau de bord",
    )


def _tile(reading: Reading) -> dict:
    indicator = reading.indicator
    months = [Month.from_json(row) for row in reading.months]
    arrow, words = TREND_WORDS.get(trend(months, indicator.direction), ("", ""))
    has_target = reading.target_value is not None
    return {
        "label": indicator.label,
        "value": format_figure(reading.value, indicator.measure),
        "target": "cible " + format_target(reading.target_direction, reading.target_value, indicator.measure)
        if has_target
        else "",
        "state": {True: "reached", False: "missed", None: "no_target"}[reading.target_met],
        "trend": arrow,
        "trend_text": words,
        "url": reverse("indicators:why", args=[indicator.code, reading.site.code, reading.year]),
    }


def _sites(request) -> list[Unit]:
    """The sites with something measured that one may read."""
    units = request.user.access.units_with(Permission.INDICATOR_VIEW)
    measured = Reading.objects.filter(site=OuterRef("pk"), measured_months__gt=0)
    return list(Unit.objects.sites().filter(Exists(measured), pk__in=units).order_by("position", "pk"))


def _readings(request, permission: Permission):
    """Readings of this year and the one before at the sites where the permission is held."""
    this_year = timezone.localdate().year
    units = request.user.access.units_with(permission)
    return Reading.objects.filter(site_id__in=units, year__gte=this_year - 1).order_by("-year", "site", "indicator")


def register() -> None:
    """Register the cards with the home page."""
    for position, (code, title, permission, render, zone) in enumerate(
        (
            ("to-enter", "À saisir", Permission.VALUE_ENTER, to_enter, "todo"),
            ("to-steer", "Mois à valider ou à clore", Permission.CAMPAIGN_STEER, to_steer, "todo"),
            ("lacking", "Valeurs manquantes", Permission.CAMPAIGN_STEER, lacking, "missing"),
            ("to-look-at", "Valeurs à vérifier", Permission.CAMPAIGN_STEER, to_look_at, "missing"),
            ("figures", "Les chiffres qui comptent", Permission.INDICATOR_VIEW, figures, "state"),
        )
    ):
        home_cards.register(HomeCard(code, title, permission, render, position=position * 10, zone=zone))
