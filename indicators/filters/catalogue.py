"""Filters of the catalogue."""

import django_filters
from django.db.models import Exists, OuterRef
from django.utils import timezone

from core.pages.choices import GroupedFilter
from core.pages.filters import FilterSet, SearchFilter
from indicators.enums import Measure
from indicators.models import Assignment, Family
from organisations.forms.choices import by_site
from organisations.models import Unit
from organisations.permissions import Permission
from referential.filters import by_referential
from referential.models import Engagement

FOLLOWED, UNASSIGNED, STOPPED = "suivi", "a-affecter", "non-suivi"


class IndicatorFilter(FilterSet):
    """By words, family, engagement, unit of measure, service, and whether it is followed."""

    q = SearchFilter(fields=["label", "definition", "family__name"])
    family = django_filters.ModelChoiceFilter(label="Famille", queryset=Family.objects.all(), empty_label="Toutes")
    engagement = GroupedFilter(
        label="Engagement",
        groups=by_referential,
        queryset=Engagement.objects.for_list()
        .filter(indicators__isnull=False)
        .order_by("module", "position")
        .distinct(),
        empty_label="Tous",
    )
    measure = django_filters.ChoiceFilter(label="Unité", choices=Measure.choices, empty_label="Toutes")
    unit = GroupedFilter(
        label="Saisi par",
        queryset=lambda request: _units(request.user),
        method="filter_unit",
        empty_label="Tous",
        groups=by_site,
    )
    state = django_filters.ChoiceFilter(
        label="Suivi",
        method="filter_state",
        empty_label="Tous",
        choices=[(FOLLOWED, "Suivis"), (UNASSIGNED, "À affecter"), (STOPPED, "Non suivis")],
    )

    def filter_unit(self, queryset, name, unit):
        below = Unit.objects.ids_below(unit.pk)
        return queryset.filter(Exists(self._assignments().filter(unit_id__in=below)))

    def filter_state(self, queryset, name, value):
        if value == STOPPED:
            return queryset.filter(is_active=False)
        followed = Exists(self._assignments())
        return queryset.filter(followed if value == FOLLOWED else ~followed, is_active=True)

    def _assignments(self):
        rows = Assignment.objects.visible_to(self.request.user).in_force(timezone.localdate())
        return rows.filter(indicator=OuterRef("pk"))


def _units(user):
    return Unit.objects.filter(pk__in=user.access.units_with(Permission.INDICATOR_VIEW))
