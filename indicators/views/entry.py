"""« Ma saisie »: the figures due of one's services for a month, saved cell by cell."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from itertools import groupby

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
from core.base.words import due_words
from core.pages import Page, PermissionRequired, in_place, saving
from core.pages.saving import SavingOutcome
from core.record import changesets
from indicators.enums import CampaignState, ValueState
from indicators.forms.cells import BLANK, EntryCell, entry_cells
from indicators.forms.entry import STATES, CellForm
from indicators.models import Assignment, Campaign, Reading, Value
from indicators.rules.months import FIRST_YEAR, months_over
from indicators.services import values
from indicators.services.campaigns import previous_month
from indicators.tables.grid import grid_row, place_of
from indicators.views.sites import edits_of
from organisations.models import Unit
from organisations.permissions import Permission

MOST = 120  # figures on one page; beyond, one service at a time


@dataclass(frozen=True)
class Service:
    """The figures due of one service."""

    unit: Unit
    site: Unit
    cells: Sequence[EntryCell]

    @property
    def entered(self) -> int:
        return sum(cell.is_entered for cell in self.cells)


class EntryPage(PermissionRequired, Page, View):
    """One column: what is due this month for all one’s services, last month and what is usual beside it."""

    permission = Permission.VALUE_ENTER
    template_name = "indicators/entry/entry.html"

    def get_title(self) -> str:
        return f"Ma saisie – {month_name(self.month)} {self.year}"

    def get(self, request, **kwargs):
        cells = entry_cells(self.shown, self.year, self.month)
        services = self.services(cells)
        return self.render(
            services=services,
            units=self.units if self.is_narrowed else [],
            first=next((cell.key for cell in cells if not cell.is_entered), None),
            entered=sum(cell.is_entered for cell in cells),
            due=len(cells),
            notes=self.notes(),
            next_service=self.next_service(),
            states=STATES,
            blank=BLANK,
            months=self.months,
            month_name=month_name(self.month),
            several_sites=len({service.site.pk for service in services}) > 1,
        )

    @cached_property
    def own(self):
        """What the person enters: at all their sites, or at the one asked for."""
        rows = Assignment.objects.enterable_by(self.request.user)
        return rows.filter(site__code=self.request.GET["site"]) if self.request.GET.get("site") else rows

    @cached_property
    def campaigns(self) -> list[Campaign]:
        """Months that are not closed at the sites of one's services, newest first, and the one shown."""
        rows = Campaign.objects.filter(site__in=self.own.values("site")).exclude(state=CampaignState.CLOSED)
        if "year" in self.kwargs:
            asked = Campaign.objects.filter(site__in=self.own.values("site"), **self.kwargs)
            rows = rows | asked
        return list(rows.select_related("site").order_by("-year", "-month", "site"))

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
    def units(self) -> list[Unit]:
        """The services of the person that have something due."""
        return list({row.unit_id: row.unit for row in self.due}.values())

    @cached_property
    def is_narrowed(self) -> bool:
        """Whether one service is shown at a time: one was asked for, or there are too many figures for one page."""
        return len(self.units) > 1 and ("service" in self.request.GET or len(self.due) > MOST)

    @cached_property
    def shown(self) -> list[Assignment]:
        """The figures of the page: all, else those of the service asked for, or of the first one lacking some."""
        if not self.is_narrowed:
            return self.due
        code = self.request.GET.get("service", "")
        unit = next((unit for unit in self.units if unit.code == code), None) or next(iter(self.lacking), self.units[0])
        return [row for row in self.due if row.unit_id == unit.pk]

    @cached_property
    def lacking(self) -> list[Unit]:
        """The services where something is missing."""
        rows = Value.objects.filter(year=self.year, month=self.month, unit__in=[unit.pk for unit in self.units])
        entered = set(rows.exclude(state=ValueState.MISSING).values_list("indicator_id", "unit_id"))
        missing = [row.unit for row in self.due if (row.indicator_id, row.unit_id) not in entered]
        return list({unit.pk: unit for unit in missing}.values())

    def next_service(self) -> Unit | None:
        """Where to go on once the service shown is done, where one is shown at a time."""
        shown = {row.unit_id for row in self.shown}
        return next((unit for unit in self.lacking if unit.pk not in shown), None) if self.is_narrowed else None

    @property
    def has_assignments(self) -> bool:
        return self.own.exists()

    def services(self, cells: list[EntryCell]) -> list[Service]:
        """The cells under their service: where something is missing first, then in the order of the services."""
        groups = groupby(cells, key=lambda cell: cell.assignment.unit)
        found = [(unit, list(rows)) for unit, rows in groups]
        services = [Service(unit, rows[0].assignment.site, rows) for unit, rows in found]
        return sorted(services, key=lambda one: one.entered == len(one.cells))

    def notes(self) -> list[dict]:
        """The month at each site whose figures are shown: by when it is due and how late, or that it is over."""
        sites, today = {row.site_id for row in self.shown}, timezone.localdate()
        rows = [row for row in self.campaigns if (row.year, row.month) == self._shown and row.site_id in sites]
        return [
            {
                "site": row.site,
                "state": row.state,
                "due_on": row.due_on,
                "is_late": row.due_on < today,
                "when": due_words(row.due_on, today),
            }
            for row in rows
        ]


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
        narrowed = f"?service={self.assignment.unit.code}" if "service" in self.request.GET else ""
        return f"{place}{narrowed}#saisie-{self.assignment.pk}"

    def get(self, request, **kwargs):
        cell = self.cell()
        if saving.is_scripted(request):
            version = cell.value.version if cell.value else 0
            parts = {f"etat-{cell.assignment.pk}": self.part("indicators/entry/_status.html", cell=cell)}
            return saving.answer(SavingOutcome.SAVED, cell.shown, fields={"version": str(version)}, parts=parts)
        if request.htmx:
            in_grid = request.htmx.target == "saisie"
            context = {"cell": cell, "in_grid": in_grid, "siblings": self.siblings(), "states": STATES}
            return TemplateResponse(request, "indicators/entry/_cell.html", context)
        return self.render(cell=cell, states=STATES)

    def post(self, request, **kwargs):
        cell = self.cell()
        cell.form = CellForm(request.POST, indicator=self.assignment.indicator)
        self.save(cell)
        if saving.is_scripted(request):
            return self.told(cell)
        if cell.saved_at is not None:
            return HttpResponseRedirect(self.entry_url)
        return self.render(cell=cell, states=STATES, status=409 if cell.conflict else 200)

    def cell(self) -> EntryCell:
        beside = not saving.is_scripted(self.request)
        return entry_cells([self.assignment], self.kwargs["year"], self.kwargs["month"], beside=beside)[0]

    @property
    def is_in_grid(self) -> bool:
        """Whether the figure stands in the panel of the grid: what is saved there is taken back there."""
        return self.request.POST.get("place") == "grid"

    def siblings(self) -> list[Assignment]:
        """The other services that enter the same indicator and that the person may enter for."""
        rows = Assignment.objects.enterable_by(self.request.user).overlapping(self.kwargs["year"])
        rows = rows.filter(indicator=self.assignment.indicator_id, site=self.assignment.site_id)
        return list(rows.exclude(pk=self.assignment.pk).select_related("unit").order_by("unit", "pk"))

    def save(self, cell: EntryCell) -> None:
        """Call the service; what it refuses or asks is kept on the cell."""
        if cell.form is None or not cell.form.is_valid():
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
            with changesets.opened() if self.is_in_grid else nullcontext() as self.act:
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
            more = {}
            if self.is_in_grid:
                parts |= self.grid_parts(cell.month)
                place = place_of(self.assignment.site_id, cell.year)
                if Value.history.filter(changeset=self.act).exists():  # the same figure again writes nothing
                    more = {"undo": in_place.signed(self.act, self.request.user, place)}
            fields = {"version": str(cell.value.version)}
            told = {"fields": fields, "parts": parts, "entered": cell.is_entered, "at": cell.saved_at}
            return saving.answer(SavingOutcome.SAVED, cell.shown, **told, **more)
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
        reading = Reading.objects.for_dashboard(assignment.site_id, year).get(indicator=assignment.indicator_id)
        edit = edits_of(self.request.user, assignment.site, year).get(assignment.indicator_id)
        ended = months_over(year, timezone.localdate())
        place = {"site_code": assignment.site.code, "year": year, "ended": ended, "shown": self.kwargs["month"]}
        return grid_row(reading, edit=edit, **place)


def refuse_odd_month(year: int, month: int) -> None:
    """404 for a month that is none, or that has not begun."""
    today = timezone.localdate()
    if not (year >= FIRST_YEAR and 1 <= month <= 12 and (year, month) <= (today.year, today.month)):
        raise Http404
