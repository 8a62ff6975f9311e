"""What the indicators add to the page of an action, and to the file of an engagement."""

from collections import defaultdict
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from actions.models import Action
from actions.registries import Panel, action_panels
from core.base.figures import format_figure, format_target
from core.base.months import month_name
from core.base.registries import CardContent
from core.pages.charts import sparkline
from indicators import effects
from indicators.models import Assignment, Indicator, Reading
from organisations.models import Unit
from organisations.permissions import Permission
from referential.registries import Dossier, FilePart, file_parts


def expected_effects(request, action: Action) -> CardContent | None:
    """The indicators that the action should move, with what was read before and after it was done."""
    site = action.finding.plan.site
    lines = effects.of_action(request.user, action)
    can_edit = request.user.can(Permission.ACTION_EDIT, site.pk)
    if not lines and not can_edit:
        return None
    return CardContent(
        template="indicators/panels/action_effects.html",
        context={
            "rows": [(line, _curve(request.user, line, site)) for line in lines],
            "action": action,
            "can_edit": can_edit,
            "can_read_history": request.user.can(Permission.HISTORY_VIEW, site.pk),
        },
    )


def _curve(user, line: effects.EffectLine, site) -> str:
    """The curve of the last year measured, for those who read the indicators of the site."""
    if not line.series or not user.can(Permission.INDICATOR_VIEW, site.pk):
        return ""
    return reverse("indicators:why", args=[line.indicator.code, site.code, _year_of(line)])


def _year_of(line: effects.EffectLine) -> int:
    """The year in which the action was done, where it was measured; else the last one measured."""
    years = {year for year, _month, _value in line.series}
    done_on = line.action.done_on or timezone.localdate()
    return done_on.year if done_on.year in years else max(years)


def of_engagement(dossier: Dossier) -> CardContent:
    """The indicators of the engagement: the last year measured at the site, target, N-1, curve, who enters."""
    user, site = dossier.user, dossier.site
    measured = Reading.objects.visible_to(user).filter(site=site, year__lte=dossier.on.year, measured_months__gt=0)
    last = {one.indicator_id: one for one in measured.filter(indicator__engagement__in=dossier.keys).order_by("year")}
    units: dict[int, list[str]] = defaultdict(list)
    for one in Assignment.objects.filter(site=site).in_force(dossier.on).select_related("unit").order_by("unit__code"):
        units[one.indicator_id].append(one.unit.sigle or one.unit.name)
    indicators = Indicator.objects.visible_to(user).filter(engagement__in=dossier.keys).distinct()
    rows = [
        _figures(one, site, last.get(one.pk), units[one.pk])
        for one in indicators.order_by("family", "position", "pk")
        if one.is_active or one.pk in last
    ]
    return CardContent(template="indicators/panels/engagement.html", context={"rows": rows})


def _figures(indicator: Indicator, site: Unit, reading: Reading | None, units: list[str]) -> dict:
    """A line: what was read last, and the page where the whole year is."""
    enters = f"saisi par {', '.join(units)}" if units else "personne ne le saisit"
    if reading is None:
        url = reverse("indicators:indicator", args=[indicator.code])
        return {
            "label": indicator.label,
            "url": url,
            "told": f"jamais mesuré à ce site\u202f; {enters}",
            "state": "",
            "curve": "",
        }
    measure = indicator.measure
    points = [(month_name(month["month"]), _number(month["value"])) for month in reading.months]
    last = next(((name, value) for name, value in reversed(points) if value is not None), None)
    told = [f"{format_figure(reading.value, measure)} en {reading.year}"]
    if last:
        told.append(f"{last[0]}\u202f: {format_figure(last[1], measure)}")
    if reading.target_value is not None:
        told.append(f"cible\u202f: {format_target(reading.target_direction, reading.target_value, measure)}")
    if reading.previous_value is not None:
        told.append(f"N-1\u202f: {format_figure(reading.previous_value, measure)}")
    return {
        "label": indicator.label,
        "url": reverse("indicators:why", args=[indicator.code, site.code, reading.year]),
        "told": "\u202f; ".join([*told, enters]),
        "state": {True: "reached", False: "missed", None: "no_target"}[reading.target_met],
        "curve": sparkline(points, measure=measure, title=indicator.label, target=reading.target_value),
    }


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def register() -> None:
    """Register the panels."""
    file_parts.register(
        FilePart(
            "indicators",
            "Indicateurs",
            of_engagement,
            "Aucun indicateur ne mesure cet engagement.",
            20,
            Permission.INDICATOR_VIEW,
        )
    )
    action_panels.register(Panel("effects", "Indicateurs visés", expected_effects, 50, Permission.ACTION_VIEW))
