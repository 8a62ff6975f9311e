"""The table of the catalogue."""

from django.utils.html import format_html

from core.base.figures import format_target
from core.pages.tables import Column, LinkColumn, Table
from indicators.enums import Measure
from indicators.models import Indicator

LONG = {"td": {"class": "qp-wrap"}}
SHORT = {"td": {"class": "qp-wrap qp-wrap--short"}}
SHORT_UNITS = {Measure.RATE: "%", Measure.DAYS: "jours ouvrés", Measure.COUNT: "nombre"}


class IndicatorTable(Table):
    """An indicator a row; `targets_now` and `followed_now` are prefetched by the page."""

    label = LinkColumn(url_name="indicators:indicator", key="code", attrs=LONG)
    family = Column(attrs=SHORT)
    engagement = Column(accessor="engagement__short", verbose_name="Engagement", order_by=("engagement__position",))
    target = Column(accessor="targets_now", verbose_name="Cible", orderable=False, empty_values=(), attrs=SHORT)
    followed = Column(accessor="followed_now", verbose_name="Saisi par", orderable=False, empty_values=(), attrs=SHORT)
    state = Column(accessor="is_active", verbose_name="État", empty_values=())

    class Meta(Table.Meta):
        model = Indicator
        fields = ("label", "family", "engagement", "measure", "target", "followed", "state")
        attrs = {"caption": "Indicateurs"}

    def render_measure(self, record):
        return SHORT_UNITS[record.measure]

    def render_target(self, value):
        return targets_in_words(value)

    def render_followed(self, value):
        return followed_in_words(value)

    def render_state(self, record):
        return format_html('<p class="fr-badge fr-badge--sm fr-badge--{}">{}</p>', *_state(record))


def targets_in_words(targets) -> str:
    """« ≥ 95 % », then the targets that sites have of their own."""
    words = [_target(target) for target in targets if target.site_id is None]
    words += [f"{target.site} : {_target(target)}" for target in targets if target.site_id is not None]
    return " ; ".join(words) or "sans cible"


def followed_in_words(assignments) -> str:
    sites = {assignment.site_id for assignment in assignments}
    units = {assignment.unit_id for assignment in assignments}
    if not units:
        return "personne"
    if len(units) == 1:
        return str(assignments[0].unit)
    services = f"{len(units)} services"
    return services if len(sites) == 1 else f"{services} de {len(sites)} sites"


def _target(target) -> str:
    return format_target(target.direction, target.value, target.indicator.measure)


def _state(indicator) -> tuple[str, str]:
    if not indicator.is_active:
        return "warning", "non suivi"
    return ("success", "suivi") if indicator.followed_now else ("info", "à affecter")
