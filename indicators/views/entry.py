"""« Ma saisie »: the figures due of one's services for a month, saved cell by cell."""

from collections import Counter
from functools import partial

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View

from core.base.errors import Conflict, UserError
from core.base.months import month_name
from core.base.races import settled
from core.pages import Page, PermissionRequired, saving
from core.pages.saving import SavingOutcome
from indicators.enums import CampaignState, ValueState
from indicators.forms.cells import EntryCell, entry_cells
from indicators.forms.entry import CellForm
from indicators.models import Assignment, Campaign, Reading, Value
from indicators.rules.months import FIRST_YEAR, months_over
from indicators.services import values
from indicators.services.campaigns import previous_month
from indicators.tables.grid import grid_row
from organisations.permissions import Permission


class EntryPage(PermissionRequired, Page, View):
    """One column: what is due this month for one service, last month beside it."""

    permission = Permission.VALUE_ENTER
    template_name = "indicators/entry/entry.html"

    def get_title(self) -> str:
        return f"Ma saisie – {month_name(self.month)} {self.year}"

    def get(self, request, **kwargs):
        unit = self.unit()
        rows = [row for row in self.due if unit and row.unit_id == unit.pk]
        cells = entry_cells(rows, self.year, self.month)
        return self.render(
            cells=cells,
            unit=unit,
            units=self.progress(),
            lacking=next((other for other in self.lacking() if other != unit), None),
            entered=sum(cell.is_entered for cell in cells),
            campaign=self.campaign(unit),
            months=self.months,
            month_name=month_name(self.month),
        )

    @cached_property
    def own(self):
        return Assignment.objects.enterable_by(self.request.user)

    @cached_property
    def campaigns(self) -> list[Campaign]:
        """Months that are not closed at the sites of one's services, newest first, and the one shown."""
        rows = Campaign.objects.filter(site__in=self.own.values("site")).exclude(state=CampaignState.CLOSED)
        if "year" in self.kwargs:
            asked = Campaign.objects.filter(site__in=self.own.values("site"), **self.kwargs)
            rows = rows | asked
        return list(rows.order_by("-year", "-month", "site"))

    @cached_property
    def year(self) -> int:
        return self._shown[0]

    @cached_property
    def month(self) -> int:
        return self._shown[1]

    @cached_property
    def _shown(self) -> tuple[int, int]:
        if "year" in self.kwargs:
            refuse_odd_month(self.kwargs["year"], self.kwargs["month"])
            return self.kwargs["year"], self.kwargs["month"]
        latest = next((row for row in self.campaigns if row.state == CampaignState.OPEN), None)
        return (latest.year, latest.month) if latest else previous_month(timezone.localdate())

    @property
    def months(self) -> list[tuple[str, str, bool]]:
        """Months to offer: (name, address, is shown)."""
        keys = sorted({(row.year, row.month) for row in self.campaigns} | {self._shown}, reverse=True)
        return [
            (
                f"{month_name(month)} {year}",
                reverse("indicators:entry", args=[year, month]),
                (year, month) == self._shown,
            )
            for year, month in keys
        ]

    @cached_property
    def due(self) -> list[Assignment]:
        rows = self.own.due_in(self.year, self.month).select_related("indicator__engagement", "unit", "site")
        return list(rows.order_by("unit__position", "unit", "indicator__family__position", "indicator__position", "pk"))

    @cached_property
    def entered(self) -> set[tuple[int, int]]:
        rows = Value.objects.filter(year=self.year, month=self.month, unit__in={row.unit_id for row in self.due})
        return set(rows.exclude(state=ValueState.MISSING).values_list("indicator_id", "unit_id"))

    def progress(self) -> list[tuple]:
        """Services of the person: (unit, figures entered, figures due)."""
        due = Counter(row.unit_id for row in self.due)
        done = Counter(row.unit_id for row in self.due if (row.indicator_id, row.unit_id) in self.entered)
        units = {row.unit_id: row.unit for row in self.due}
        return [(unit, done[pk], due[pk]) for pk, unit in units.items()]

    def unit(self):
        """The service asked for, else the first where something is missing."""
        progress = self.progress()
        code = self.request.GET.get("service", "")
        asked = [unit for unit, _done, _due in progress if unit.code == code]
        return next(iter([*asked, *self.lacking(), *(unit for unit, _done, _due in progress)]), None)

    def lacking(self) -> list:
        """Services where something is missing."""
        return [unit for unit, done, due in self.progress() if done < due]

    def campaign(self, unit) -> Campaign | None:
        site_id = next((row.site_id for row in self.due if unit and row.unit_id == unit.pk), None)
        shown = [row for row in self.campaigns if (row.year, row.month) == self._shown]
        return next((row for row in shown if row.site_id == site_id), None)


class CellPage(PermissionRequired, Page, View):
    """One figure: its form alone (page or fragment), and its saving."""

    permission = Permission.VALUE_ENTER
    template_name = "indicators/entry/cell.html"

    @cached_property
    def assignment(self) -> Assignment:
        refuse_odd_month(self.kwargs["year"], self.kwargs["month"])
        rows = Assignment.objects.visible_to(self.request.user)
        rows = rows.select_related("indicator__engagement", "indicator__family", "unit", "site")
        return get_object_or_404(rows, pk=self.kwargs["assignment"])

    def get_scope_unit_id(self) -> int:
        return self.assignment.unit_id

    def get_title(self) -> str:
        return f"{self.assignment.indicator} – {month_name(self.kwargs['month'])} {self.kwargs['year']}"

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [("Ma saisie", self.entry_url), (self.get_title(), "")]

    @property
    def entry_url(self) -> str:
        place = reverse("indicators:entry", args=[self.kwargs["year"], self.kwargs["month"]])
        return f"{place}?service={self.assignment.unit.code}#saisie-{self.assignment.pk}"

    def get(self, request, **kwargs):
        cell = self.cell()
        if saving.is_scripted(request):
            version = cell.value.version if cell.value else 0
            parts = {f"etat-{cell.assignment.pk}": self.part("indicators/entry/_status.html", cell=cell)}
            return saving.answer(SavingOutcome.SAVED, cell.shown, fields={"version": str(version)}, parts=parts)
        if request.htmx:
            context = {"cell": cell, "in_grid": request.htmx.target == "saisie", "siblings": self.siblings()}
            return TemplateResponse(request, "indicators/entry/_cell.html", context)
        return self.render(cell=cell)

    def post(self, request, **kwargs):
        cell = self.cell()
        cell.form = CellForm(request.POST, indicator=self.assignment.indicator)
        self.save(cell)
        if saving.is_scripted(request):
            return self.told(cell)
        if cell.saved_at is not None:
            return HttpResponseRedirect(self.entry_url)
        return self.render(cell=cell, status=409 if cell.conflict else 200)

    def cell(self) -> EntryCell:
        return entry_cells([self.assignment], self.kwargs["year"], self.kwargs["month"])[0]

    def siblings(self) -> list[Assignment]:
        """The other services that enter the same indicator and that the person may enter for."""
        rows = Assignment.objects.enterable_by(self.request.user).overlapping(self.kwargs["year"])
        rows = rows.filter(indicator=self.assignment.indicator_id, site=self.assignment.site_id)
        return list(rows.exclude(pk=self.assignment.pk).select_related("unit").order_by("unit", "pk"))

    def save(self, cell: EntryCell) -> None:
        """Call the service; what it refuses or asks is kept on the cell."""
        if not cell.form.is_valid():
            return
        data = cell.form.cleaned_data
        place = values.EntryCell(
            self.assignment.indicator, self.assignment.unit_id, self.assignment.site_id, cell.year, cell.month
        )
        enter = partial(
            values.enter,
            place,
            cell.form.figure,
            by=self.request.user,
            version=next((seen for seen in (data["replaces"], data["version"]) if seen is not None), values.UNSEEN),
            confirmed=data["confirmed"],
            amendment_reason=data["amendment_reason"],
            reason="Saisie effacée" if data["erase"] else "",
        )
        try:
            cell.value = settled(enter)
            cell.saved_at = cell.value.entered_at
        except values.NeedsConfirmation as asked:
            cell.questions = asked.questions
        except Conflict as conflict:
            cell.conflict, cell.mine = conflict.current, cell.in_words(conflict.submitted)
        except UserError as error:
            cell.form.refuse(error)

    def told(self, cell: EntryCell) -> HttpResponse:
        """What became of the cell, with what changed around it: parts of the page by their identifier."""
        key = cell.assignment.pk
        parts = {f"etat-{key}": self.part("indicators/entry/_status.html", cell=cell)}
        if cell.saved_at is not None:
            parts[f"taux-{key}"] = self.part("indicators/entry/_rate.html", cell=cell)
            if self.request.POST.get("place") == "grid":
                parts |= self.grid_parts(cell.month)
            fields = {"version": str(cell.value.version)}
            return saving.answer(
                SavingOutcome.SAVED, cell.shown, fields=fields, parts=parts, entered=cell.is_entered, at=cell.saved_at
            )
        if cell.questions:
            return saving.answer(SavingOutcome.QUESTION, " ".join(cell.questions), parts=parts)
        if cell.conflict:
            return saving.answer(SavingOutcome.CONFLICT, "quelqu’un a saisi cette valeur entre-temps.", parts=parts)
        return saving.answer(SavingOutcome.REFUSED, " ".join(cell.errors), parts=parts, field=cell.error_field)

    def part(self, template: str, **context) -> str:
        return render_to_string(template, context, self.request)

    def grid_parts(self, month: int) -> dict[str, str]:
        """The month, the reading and the count of the row of the grid."""
        row = self.grid_row()
        return {
            f"c{row.pk}-{month}": self.part("indicators/grid/_edit_cell.html", row=row, cell=row.cells[month - 1]),
            f"r{row.pk}": self.part("indicators/grid/_year_cell.html", row=row),
            f"d{row.pk}": self.part("indicators/grid/_done_cell.html", row=row),
        }

    def grid_row(self):
        assignment, year = self.assignment, self.kwargs["year"]
        rows = Reading.objects.for_dashboard(assignment.site_id, year)
        reading = rows.get(indicator=assignment.indicator_id)
        edit = f"{reverse('indicators:entry')}{year}/{{month}}/{assignment.pk}/"
        return grid_row(
            reading,
            site_code=assignment.site.code,
            year=year,
            ended=months_over(year, timezone.localdate()),
            shown=self.kwargs["month"],
            edit=edit,
        )


def refuse_odd_month(year: int, month: int) -> None:
    """404 for a month that is none, or that has not begun."""
    today = timezone.localdate()
    if not (year >= FIRST_YEAR and 1 <= month <= 12 and (year, month) <= (today.year, today.month)):
        raise Http404
