"""How long the data of people are kept: two years after the closing unless a site says otherwise; then erased.

No legal term is known: the shipped one is « à confirmer ». A case is warned of a month before, and erased a month after
its term; its dates and its figures stay.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from complaints.enums import Nature
from complaints.models import Complaint, RetentionTerm
from complaints.services import people
from core.base.registries import RetentionRule, retention_rules

SHIPPED_MONTHS = 24
GRACE = timedelta(days=30)
WARNING = timedelta(days=30)
LABEL = "Réclamations : noms, textes et pièces jointes"
TERM = "deux ans après la clôture, à confirmer ; un mois de grâce"
REASON = "Terme de conservation"


def past_term(on: date, terms: Iterable[RetentionTerm] | None = None) -> QuerySet[Complaint]:
    """The closed cases whose term is past, by kind and site, with a person still known and no second look open."""
    known = Complaint.objects.filter(identity__isnull=False, identity__erased_at__isnull=True, closed_on__isnull=False)
    known = known.exclude(second_looks__in=Complaint.objects.open())
    own = _terms(on, _known(on) if terms is None else terms)
    told = Q(pk__in=())
    for (site_id, kind), months in own.items():
        told |= Q(site_id=site_id, kind=kind, closed_on__lt=_before(on, months))
    rest = Q(closed_on__lt=_before(on, SHIPPED_MONTHS))
    for site_id, kind in own:
        rest &= ~Q(site_id=site_id, kind=kind)
    return known.filter(told | rest)


def due(on: date) -> QuerySet[Complaint]:
    """Those to erase: past their term and the grace."""
    return past_term(on - GRACE)


def warned(on: date) -> QuerySet[Complaint]:
    """Those whose term comes within a month, or is past and in grace."""
    terms = _known(on + WARNING)
    return past_term(on + WARNING, terms).exclude(pk__in=past_term(on - GRACE, terms).values("pk"))


def erase(rows: QuerySet[Complaint], *, by: Any = None) -> int:
    """Erase the people of the cases; the cases stay."""
    return people.erase_cases(rows, by=by, reason=REASON)


def _known(on: date) -> list[RetentionTerm]:
    """The terms decided until a day, the first one first."""
    return list(RetentionTerm.objects.filter(valid_from__lte=on, kind__in=Nature.values).order_by("valid_from"))


def _terms(on: date, known: Iterable[RetentionTerm]) -> dict[tuple[int, str], int]:
    """(site, kind) → months, of the term in force."""
    return {(row.site_id, row.kind): row.months for row in known if row.valid_from <= on}


def _before(on: date, months: int) -> date:
    """The day so many months before another; the last of its month where there is none."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(year, month + 1, min(on.day, last))


def soon(user: Any) -> int:
    """How many cases that the person sees come to their term."""
    rows: Any = warned(timezone.localdate())
    return rows.visible_to(user).count()


def register() -> None:
    retention_rules.register(RetentionRule("complainants", LABEL, TERM, due, erase, 60))
