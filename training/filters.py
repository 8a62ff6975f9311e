"""Filters of the lists of training."""

import django_filters

from core.pages.filters import DayFilter, FilterSet, SearchFilter

FIRST, AGAIN = "premieres", "renouvellements"


class AgentFilter(FilterSet):
    q = SearchFilter(fields=["last_name", "first_name", "number", "unit__name"])


class CourseFilter(FilterSet):
    q = SearchFilter(fields=["name", "provider"])


class SessionFilter(FilterSet):
    q = SearchFilter(fields=["course__name", "place"])
    since = DayFilter(field_name="ends_on", lookup_expr="gte", label="Depuis le")
    until = DayFilter(field_name="starts_on", lookup_expr="lte", label="Jusqu’au")


class AgreementFilter(FilterSet):
    q = SearchFilter(fields=["service", "tutor__last_name", "tutee__last_name"])
    on = DayFilter(method="covering", label="En cours le")
    renewal = django_filters.ChoiceFilter(
        method="of_rank",
        choices=((FIRST, "Premières conventions"), (AGAIN, "Renouvellements")),
        empty_label="Toutes",
        label="Conventions",
    )

    def of_rank(self, rows, name, value):
        return rows.filter(renews__isnull=value == FIRST)

    def covering(self, rows, name, value):
        return rows.covering(value)
