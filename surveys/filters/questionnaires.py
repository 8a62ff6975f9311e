"""Filters of the list of questionnaires."""

import django_filters
from django.db.models import Q

from core.pages.filters import FilterSet, SearchFilter
from organisations.models import Unit
from organisations.permissions import Permission
from surveys.enums import Kind

DRAFT, FROZEN, COMMON = "en-preparation", "figee", "commun"


class QuestionnaireFilter(FilterSet):
    """By words, nature, site, and whether it still changes."""

    q = SearchFilter(fields=["title", "questions__label"])
    kind = django_filters.ChoiceFilter(label="Nature", choices=Kind.choices, empty_label="Toutes")
    site = django_filters.ModelChoiceFilter(
        label="Pour le site", queryset=lambda request: sites_of(request.user), method="filter_site", empty_label="Tous"
    )
    state = django_filters.ChoiceFilter(
        label="État",
        method="filter_state",
        empty_label="Tous",
        choices=[(DRAFT, "En préparation"), (FROZEN, "Figées"), (COMMON, "Modèles communs")],
    )

    def filter_queryset(self, queryset):
        return super().filter_queryset(queryset).distinct()

    def filter_site(self, queryset, name, site):
        return queryset.filter(Q(site=site) | Q(site__isnull=True))

    def filter_state(self, queryset, name, value):
        if value == COMMON:
            return queryset.filter(site__isnull=True)
        return queryset.filter(frozen_at__isnull=value == DRAFT)


def sites_of(user):
    """The sites whose surveys the person reads."""
    return Unit.objects.sites().filter(pk__in=user.sites_with(Permission.SURVEY_VIEW)).order_by("position", "pk")
