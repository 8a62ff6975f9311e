"""Filters of the referential lists."""

from collections.abc import Iterable

import django_filters
from django.utils import timezone

from core.pages.filters import FilterSet
from organisations.models import Unit
from organisations.permissions import Permission
from referential.models import Engagement, Referential


class PerimeterFilter(FilterSet):
    """Perimeters of one site, of one version, in force or past."""

    site = django_filters.ModelChoiceFilter(label="Site", queryset=lambda request: _sites(request.user))
    referential = django_filters.ModelChoiceFilter(
        label="Référentiel", field_name="module__referential", queryset=Referential.objects.all()
    )
    in_force = django_filters.ChoiceFilter(
        label="Période", choices=[("today", "En vigueur aujourd’hui")], empty_label="Toutes", method="filter_in_force"
    )

    def filter_in_force(self, queryset, name, value):
        return queryset.in_force(timezone.localdate())


def _sites(user):
    return Unit.objects.sites().filter(pk__in=user.access.units_with(Permission.REFERENTIAL_VIEW))


def by_referential(engagements: Iterable[Engagement]) -> dict[str, list[tuple[Engagement, str]]]:
    """The engagements of each referential: « E3 » is in three of them."""
    groups: dict[str, list[tuple[Engagement, str]]] = {}
    for engagement in engagements:
        groups.setdefault(str(engagement.module.referential), []).append((engagement, str(engagement)))
    return groups
