"""Filters of the list of cases: by state, nature, channel, service, words, person."""

import django_filters
from django.utils import timezone

from complaints.enums import Channel, Nature
from complaints.models import Complaint
from core.pages.filters import DayFilter, FilterSet
from core.record import identities
from organisations.models import Unit
from organisations.permissions import Permission

OPEN, LATE, TRANSMITTED, WAITING, CLOSED = "ouverts", "en-retard", "transmis", "usager", "clos"
STATES = (
    (OPEN, "En cours"),
    (LATE, "En retard"),
    (WAITING, "Usager attendu"),
    (TRANSMITTED, "Transmis, copie non reçue"),
    (CLOSED, "Clos"),
)


def sites_of(user):
    """The sites whose cases the person reads."""
    return Unit.objects.sites().filter(pk__in=user.sites_with(Permission.COMPLAINT_VIEW)).order_by("position", "pk")


def units_of(user):
    """The sites whose balance the person reads, then the services in which a role was given."""
    given = user.access.roots_with(Permission.COMPLAINT_VIEW)
    services = Unit.objects.filter(pk__in=given).exclude(pk__in=sites_of(user)).order_by("position", "pk")
    return [*sites_of(user), *services]


class CaseFilter(FilterSet):
    """The search takes a reference, or the whole address or name of a person, whom it does not show."""

    q = django_filters.CharFilter(label="Référence, courriel ou nom complet", method="filter_words", max_length=200)
    state = django_filters.ChoiceFilter(label="État", choices=STATES, method="filter_state", empty_label="Tous")
    kind = django_filters.ChoiceFilter(label="Nature", choices=Nature.choices, empty_label="Toutes")
    channel = django_filters.ChoiceFilter(label="Canal", choices=Channel.choices, empty_label="Tous")
    in_scope = django_filters.ChoiceFilter(
        label="Champ", choices=(("True", "Dans le champ"), ("False", "Hors champ")), empty_label="Tous"
    )
    site = django_filters.ModelChoiceFilter(
        label="Site", queryset=lambda request: sites_of(request.user), empty_label="Tous"
    )
    since = DayFilter(field_name="received_on", lookup_expr="gte", label="Reçues depuis le")
    until = DayFilter(field_name="received_on", lookup_expr="lte", label="Jusqu’au")

    def filter_words(self, queryset, name, value):
        words = value.replace("\0", "").strip()
        found = [*Complaint.objects.filter(reference=words.upper()).values_list("pk", flat=True)]
        if self.request.user.can(Permission.COMPLAINT_IDENTITY):
            people = identities.find(email=words) if "@" in words else identities.find(name=words)
            found += Complaint.objects.filter(identity__in=people.order_by()).values_list("pk", flat=True)
        return queryset.filter(pk__in=found)  # read by their indexes: « or » would read all the cases

    def filter_state(self, queryset, name, value):
        today = timezone.localdate()
        if value == CLOSED:
            return queryset.filter(closed_on__isnull=False)
        if value == LATE:
            return queryset.open().filter(due_on__lt=today)
        if value == TRANSMITTED:
            return queryset.transmitted_without_copy()
        if value == WAITING:
            return queryset.open().filter(suspensions__replied_on__isnull=True, suspensions__isnull=False)
        return queryset.open()
