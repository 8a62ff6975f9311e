"""Filters of organisations."""

import django_filters

from core.pages.choices import GroupedFilter
from core.pages.filters import FilterSet, SearchFilter
from organisations.enums import Role
from organisations.forms.choices import by_site
from organisations.models import Unit
from organisations.permissions import Permission


class AccountFilter(FilterSet):
    """People by name, unit, role, state of the account."""

    search = SearchFilter(fields=["first_name", "last_name", "email"], label="Nom ou adresse")
    unit = GroupedFilter(
        groups=by_site,
        label="Unité",
        field_name="memberships__unit",
        queryset=lambda request: _units(request.user),
        distinct=True,
        empty_label="Toutes",
    )
    role = django_filters.ChoiceFilter(
        label="Rôle", field_name="memberships__role", choices=Role.choices, empty_label="Tous", distinct=True
    )
    is_active = django_filters.ChoiceFilter(
        label="Compte", choices=[("true", "Ouvert"), ("false", "Fermé")], empty_label="Tous", method="filter_active"
    )

    def filter_active(self, queryset, name, value):
        return queryset.filter(is_active=value == "true")


def _units(user):
    return Unit.objects.filter(pk__among=user.access.units_with(Permission.ACCOUNT_VIEW))
