"""Filters of the lists of campaigns and places."""

import django_filters

from core.pages.filters import FilterSet, SearchFilter
from surveys.enums import CampaignState, Kind
from surveys.filters.questionnaires import sites_of


class CampaignFilter(FilterSet):
    """By words, nature, state, site and year."""

    q = SearchFilter(fields=["title", "terms", "investigator"])
    kind = django_filters.ChoiceFilter(label="Nature", choices=Kind.choices, empty_label="Toutes")
    state = django_filters.ChoiceFilter(label="État", choices=CampaignState.choices, empty_label="Tous")
    site = django_filters.ModelChoiceFilter(
        label="Site", queryset=lambda request: sites_of(request.user), empty_label="Tous"
    )
    year = django_filters.NumberFilter(label="Année", field_name="starts_on", lookup_expr="year", min_value=2000)


class PlaceFilter(FilterSet):
    """By words and site."""

    q = SearchFilter(fields=["name", "name_en", "site__name"])
    site = django_filters.ModelChoiceFilter(
        label="Site", queryset=lambda request: sites_of(request.user), empty_label="Tous"
    )
