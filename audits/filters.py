"""Filters of the lists of audits, compliance and documents."""

from datetime import date

import django_filters
from django.utils import timezone

from audits.enums import AuditKind, ComplianceState, DocumentKind
from audits.forms.choices import sites_seen
from core.pages.filters import FilterSet, SearchFilter
from organisations.permissions import Permission


def _sites(permission: Permission):
    return lambda request: sites_seen(request.user, permission)


class LabelFilter(FilterSet):
    """By site."""

    site = django_filters.ModelChoiceFilter(label="Site", queryset=_sites(Permission.AUDIT_VIEW), empty_label="Tous")


class AuditFilter(LabelFilter):
    """By words, nature, site and year."""

    q = SearchFilter(fields=["body", "auditors", "conclusion"])
    kind = django_filters.ChoiceFilter(label="Nature", choices=AuditKind.choices, empty_label="Toutes")
    year = django_filters.NumberFilter(label="Année", field_name="starts_on", lookup_expr="year", min_value=2000)


class ComplianceFilter(LabelFilter):
    """By words, state and site; what was said last unless « all » is asked."""

    q = SearchFilter(fields=["reason", "engagement__title", "engagement__code"])
    state = django_filters.ChoiceFilter(label="Conformité", choices=ComplianceState.choices, empty_label="Toutes")


class DocumentFilter(FilterSet):
    """By words, nature, site; those in use unless the withdrawn ones are asked for."""

    q = SearchFilter(fields=["title", "place", "comment", "owner_words"])
    kind = django_filters.ChoiceFilter(label="Nature", choices=DocumentKind.choices, empty_label="Toutes")
    site = django_filters.ModelChoiceFilter(label="Site", queryset=_sites(Permission.DOCUMENT_VIEW), empty_label="Tous")
    withdrawn = django_filters.ChoiceFilter(
        label="Usage", choices=[("oui", "Retirés")], empty_label="En usage", method="by_use"
    )

    @property
    def qs(self):
        found = super().qs
        is_asked = bool(self.form.cleaned_data.get("withdrawn")) if self.is_bound and self.is_valid() else False
        return found if is_asked else found.in_use(timezone.localdate())

    def by_use(self, queryset, name, value):
        return queryset.filter(withdrawn_on__lte=date.max)
