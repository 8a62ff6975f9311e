"""Filters of the forms received."""

import django_filters

from core.pages.filters import DayFilter, FilterSet
from surveys.enums import Channel

COUNTED, ASIDE = "compte", "ecarte"


class ResponseFilter(FilterSet):
    """By channel, first day, whether they count."""

    channel = django_filters.ChoiceFilter(label="Canal", choices=Channel.choices, empty_label="Tous")
    since = DayFilter(label="Rempli depuis le", field_name="answered_on", lookup_expr="gte")
    state = django_filters.ChoiceFilter(
        label="Résultats",
        method="filter_state",
        empty_label="Tous",
        choices=[(COUNTED, "Comptés"), (ASIDE, "Écartés")],
    )

    def filter_state(self, queryset, name, value):
        return queryset.filter(withdrawn_at__isnull=value == COUNTED)
