"""Filters of the plans and of the actions over all plans."""

from collections.abc import Iterable

import django_filters
from django.db.models import Exists, Max, Min, OuterRef, Q
from django.utils import timezone

from actions.enums import PENDING, SETTLED, STALE_KEY, Origin, Status
from actions.models import Action, ActionResponsible, Finding, FindingEngagement, Plan
from actions.rules.digests import STALE_AFTER
from actions.rules.quarters import Quarter, quarters_between
from core.base.french import folded, sort_key
from core.pages.choices import GroupedFilter
from core.pages.filters import FilterSet, SearchFilter
from organisations.forms.choices import told_apart
from organisations.models import Unit, User
from organisations.permissions import Permission
from referential.enums import Theme
from referential.filters import by_referential
from referential.models import Engagement

PENDING_KEY, SETTLED_KEY, LATE_KEY = "en-attente", "soldees", "en-retard"
STATUSES = [
    (
        "À suivre",
        [
            (PENDING_KEY, "À réaliser (toutes)"),
            (LATE_KEY, "En retard"),
            (STALE_KEY, "En retard de plus d’un an"),
            (SETTLED_KEY, "Soldées (toutes)"),
        ],
    ),
    ("Statut", Status.choices),
]
MORE = ("site", "plan", "origin", "engagement", "theme")  # folded away until they are asked for
UNKNOWN = "sans-jour"
UNIT, PERSON, WORDS, NOBODY = "u", "p", "m", "sans"


def _sites(request):
    units = request.user.access.units_with(Permission.ACTION_VIEW)
    return Unit.objects.sites().filter(pk__in=units).order_by("position", "pk")


class PlanFilter(FilterSet):
    """By words, origin, site, and whether something is still to be done."""

    q = SearchFilter(fields=["title", "comment", "site__name"])
    origin = django_filters.ChoiceFilter(label="Origine", choices=Origin.choices, empty_label="Toutes")
    site = django_filters.ModelChoiceFilter(label="Site", queryset=_sites, empty_label="Tous")
    state = django_filters.ChoiceFilter(
        label="Avancement",
        method="filter_state",
        empty_label="Tous",
        choices=[(PENDING_KEY, "Actions à réaliser"), (LATE_KEY, "Actions en retard"), (SETTLED_KEY, "Tout est soldé")],
    )

    def filter_state(self, queryset, name, value):
        actions = Action.objects.visible_to(self.request.user).filter(finding__plan=OuterRef("pk"))
        if value == LATE_KEY:
            return queryset.filter(Exists(actions.overdue(timezone.localdate())))
        pending = Exists(actions.pending())
        return queryset.filter(pending) if value == PENDING_KEY else queryset.filter(~pending & Exists(actions))


class ActionFilter(FilterSet):
    """By words, site, plan, origin, engagement, theme, responsible, status or lateness, quarter of the deadline."""

    q = SearchFilter(fields=["text", "finding__text", "comment", "finding__plan__title", "finding__section"])
    site = django_filters.ModelChoiceFilter(
        label="Site", queryset=_sites, field_name="finding__plan__site", empty_label="Tous"
    )
    plan = django_filters.ModelChoiceFilter(
        label="Plan",
        queryset=lambda request: Plan.objects.visible_to(request.user),
        field_name="finding__plan",
        empty_label="Tous",
    )
    origin = django_filters.ChoiceFilter(
        label="Origine", field_name="finding__plan__origin", choices=Origin.choices, empty_label="Toutes"
    )
    engagement = GroupedFilter(
        label="Engagement",
        queryset=lambda request: _engagements(request.user),
        method="filter_engagement",
        empty_label="Tous",
        groups=by_referential,
    )
    theme = django_filters.ChoiceFilter(
        label="Thème", field_name="finding__theme", choices=Theme.choices, empty_label="Tous"
    )
    responsible = django_filters.ChoiceFilter(
        label="Responsable", method="filter_responsible", choices=[], empty_label="Tous"
    )
    status = django_filters.ChoiceFilter(label="Statut", method="filter_status", choices=STATUSES, empty_label="Tous")
    quarter = django_filters.ChoiceFilter(label="Échéance", method="filter_quarter", choices=[], empty_label="Toutes")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        user = self.request.user
        self.filters["responsible"].extra["choices"] = _responsibles(user)
        self.filters["quarter"].extra["choices"] = _quarters(user)

    @property
    def has_more(self) -> bool:
        """Whether one of the filters that are folded away is set."""
        return any(self.data.get(name) for name in MORE) if self.is_bound else False

    @property
    def first_fields(self) -> list:
        return [self.form[name] for name in self.filters if name not in MORE]

    @property
    def more_fields(self) -> list:
        return [self.form[name] for name in MORE]

    def filter_engagement(self, queryset, name, engagement):
        links = FindingEngagement.objects.filter(finding=OuterRef("finding"))
        return queryset.filter(Exists(links.filter(Q(engagement=engagement) | Q(engagement__parent=engagement))))

    def filter_responsible(self, queryset, name, value):
        rows = ActionResponsible.objects.filter(action=OuterRef("pk"))
        kind, _, key = value.partition("-")
        if kind == NOBODY:
            return queryset.filter(~Exists(rows))
        if kind == UNIT:
            return queryset.filter(Exists(rows.filter(unit_id__in=Unit.objects.ids_below(int(key)))))
        lookup = {"user_id": int(key)} if kind == PERSON else {"unit": None, "user": None, "words__folded": folded(key)}
        return queryset.filter(Exists(rows.filter(**lookup)))

    def filter_status(self, queryset, name, value):
        if value == LATE_KEY:
            return queryset.overdue(timezone.localdate())
        if value == STALE_KEY:
            return queryset.overdue(timezone.localdate() - STALE_AFTER)
        groups = {PENDING_KEY: PENDING, SETTLED_KEY: SETTLED}
        return queryset.filter(status__in=groups.get(value, [value]))

    def filter_quarter(self, queryset, name, value):
        if value == UNKNOWN:
            return queryset.filter(deadline_latest=None)
        quarter = Quarter.parse(value)
        return queryset.filter(deadline_latest__range=(quarter.first_day, quarter.last_day))


def _engagements(user):
    findings = Finding.objects.visible_to(user)
    used = FindingEngagement.objects.filter(finding__in=findings, engagement=OuterRef("pk"))
    return Engagement.objects.for_list().filter(Exists(used)).order_by("module__position", "module", "position", "pk")


def _responsibles(user) -> list:
    """Units, people and words that answer for the actions one sees, grouped."""
    rows = ActionResponsible.objects.visible_to(user).order_by()
    units = Unit.objects.filter(pk__in=rows.filter(unit__isnull=False).values("unit"))
    people = User.objects.filter(pk__in=rows.filter(unit=None, user__isnull=False).values("user"))
    words = rows.filter(unit=None, user=None).order_by("pk").values_list("words", flat=True)
    spellings = {folded(word): word for word in reversed(words)}  # the first of each, whatever its capitals
    return [
        ("Services", _sorted((f"{UNIT}-{pk}", label) for pk, label in told_apart(units).items())),
        ("Personnes", _sorted((f"{PERSON}-{person.pk}", str(person)) for person in people)),
        ("Autres", [*_sorted((f"{WORDS}-{word}", word) for word in spellings.values()), (NOBODY, "Sans responsable")]),
    ]


def _sorted(options: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(options, key=lambda option: sort_key(option[1]))


def _quarters(user) -> list[tuple[str, str]]:
    """The quarters between the first and the last deadline one sees, the latest first; then those without a day."""
    found = Action.objects.visible_to(user).aggregate(first=Min("deadline_latest"), last=Max("deadline_latest"))
    quarters = quarters_between(found["first"], found["last"]) if found["first"] else []
    return [*((str(quarter), quarter.label) for quarter in reversed(quarters)), (UNKNOWN, "Sans jour connu")]
