"""The dates of cases: computed at each change, computed again when a closed day or a rule is added."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from complaints.calendars import rules_of
from complaints.models import Complaint
from complaints.rules import delays
from complaints.rules.delays import Rule
from complaints.rules.facts import CLOCKS, dates_of, facts_of, moved, take
from core.base.errors import UserError
from core.base.registries import CalendarListener, calendar_listeners
from core.jobs import JobContext, enqueue, job_kind
from core.record import history
from core.time.working_days import WorkingCalendar
from organisations.calendars import calendar_of
from organisations.models import Unit

RECOMPUTE = "recompute_complaints"


def settle(
    cases: Iterable[Complaint],
    *,
    calendar: WorkingCalendar,
    rules: Iterable[Rule],
    on: date | None = None,
) -> list[Complaint]:
    """Give the cases of a site, read `with_waits`, their dates as they stand; those of which one moved."""
    today, kept = on or timezone.localdate(), tuple(rules)
    return [case for case in cases if take(case, delays.clocks(facts_of(case), calendar, on=today, rules=kept))]


def settle_one(case: Complaint) -> None:
    """Give a case its dates, from the calendar of its site."""
    settle([case], calendar=calendar_of(case.site), rules=rules_of(case.site))


@transaction.atomic
def recompute(site: Unit, *, by=None, reason: str = "Calendrier ou règle modifié") -> int:
    """Compute the dates of the open cases of a site again; a closed one keeps those it was judged by.

    Each case whose date moved says so in its history. How many there are.
    """
    if site.holiday_zone_id is None:
        return 0
    calendar, rules = calendar_of(site), rules_of(site)
    cases = list(Complaint.objects.filter(site=site).open().with_waits().select_for_update(of=("self",)).order_by("pk"))
    before = {case.pk: dates_of(case) for case in cases}
    changed = _settled_where_known(cases, calendar, rules)
    by_words: dict[str, list[Complaint]] = {}
    for case in changed:
        by_words.setdefault(moved(before[case.pk], dates_of(case)), []).append(case)
    for words, rows in by_words.items():
        history.bulk_update(rows, CLOCKS, by=by, reason=f"{reason}. {words}".strip(". "))
    return len(changed)


def recompute_all(*, reason: str = "Calendrier du site modifié") -> int:
    """Compute the dates of the open cases of every site again; how many moved."""
    sites = Unit.objects.filter(pk__in=Complaint.objects.open().order_by().values("site_id")).order_by("pk")
    return sum(recompute(site, reason=reason) for site in sites)


def ask_recompute() -> None:
    """Have the open cases computed again in the background, if there are any; one request at a time."""
    if Complaint.objects.open().exists():
        enqueue(RECOMPUTE, by=None, key=RECOMPUTE)


@job_kind(RECOMPUTE, label="Délais des réclamations recalculés", is_routine=True)
def run_recompute(job: JobContext) -> dict:
    """The body of the job."""
    return {"moved": recompute_all()}


def register() -> None:
    """Hear when a calendar changes."""
    calendar_listeners.register(CalendarListener("complaints", ask_recompute))


def _settled_where_known(cases: list[Complaint], calendar: WorkingCalendar, rules: tuple[Rule, ...]) -> list[Complaint]:
    """The cases whose dates moved; one whose year has no holidays yet keeps its dates."""
    changed = []
    for case in cases:
        try:
            changed += settle([case], calendar=calendar, rules=rules)
        except UserError:
            continue
    return changed
