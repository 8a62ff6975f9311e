"""The year of quality at a site: what comes back each year, beside the year before; as a calendar too."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from core.base.agenda import Appointment, events_ics
from core.base.year import Milestone, YearlyEvent, same_day, yearly_events
from core.jobs import notices
from organisations.permissions import Permission
from reports.views.site_year import SiteYearPage


@dataclass(frozen=True)
class YearLine:
    """A yearly event: what the year before had, what this year has; the day to expect where it has nothing yet."""

    event: YearlyEvent
    before: list[Milestone]
    now: list[Milestone]
    expected_on: date | None
    plan_url: str

    def is_forgotten(self, on: date) -> bool:
        """Whether the day of the year before has passed with nothing planned."""
        return self.expected_on is not None and self.expected_on < on


class QualityYear(SiteYearPage):
    """What comes back each year, with the dates of the year and of the one before."""

    permission = Permission.REPORT_VIEW
    template_name = "reports/year.html"
    title = "Année qualité"
    years_ahead = 1

    def get(self, request):
        today = timezone.localdate()
        return self.render(
            before=self.year - 1,
            lines=[(line, line.is_forgotten(today)) for line in self.lines],
            today=today,
            calendar_url=f"{reverse('reports:year-calendar')}?site={self.site.code}&annee={self.year}",
        )

    @cached_property
    def lines(self) -> list[YearLine]:
        return [line for event in yearly_events.for_user(self.request.user) if (line := self._line(event))]

    def _line(self, event: YearlyEvent) -> YearLine | None:
        """Nothing for what neither year knows and this person does not plan."""
        user, first, last = self.request.user, date(self.year - 1, 1, 1), date(self.year, 12, 31)
        found = sorted(event.find(user, [self.site.pk], first, last), key=lambda one: one.on)
        before = [one for one in found if one.on.year < self.year]
        now = [one for one in found if one.on.year == self.year]
        may_plan = event.plan_url_name and user.can(event.plan_permission, self.site.pk)
        plan_url = reverse(event.plan_url_name) if may_plan else ""
        if not (found or plan_url):
            return None
        expected = same_day(before[0].on, self.year) if before and not now and event.plan_url_name else None
        return YearLine(event, before, now, expected, plan_url)


class QualityYearCalendar(QualityYear):
    """The same year for a calendar: its milestones, and what is still to be planned on the day of the year before."""

    def get(self, request):
        answer = HttpResponse(events_ics(self.appointments()), content_type="text/calendar; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="annee-qualite-{self.site.code}-{self.year}.ics"'
        answer["Cache-Control"] = "private, no-store"
        return answer

    def appointments(self) -> list[Appointment]:
        return [one for line in self.lines for one in self._of_line(line)]

    def _of_line(self, line: YearLine) -> list[Appointment]:
        uid = f"annee-{self.site.pk}-{self.year}-{line.event.code}"
        if line.expected_on:
            words = f"À prévoir : {line.event.label}"
            return [Appointment(f"{uid}-prevoir", words, line.expected_on, line.expected_on, str(self.site))]
        return [
            Appointment(f"{uid}-{i}", one.title, one.on, one.last, str(self.site), "", notices.absolute(one.url))
            for i, one in enumerate(line.now)
        ]
