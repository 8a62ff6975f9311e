"""Which service enters what, set up at once: a box for each indicator and service of a site, under one date."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View

from core.base.errors import UserError
from core.base.races import settled
from core.base.words import counted
from core.pages import Page, PermissionRequired
from indicators.forms.catalogue import StartForm
from indicators.models import Assignment, Indicator
from indicators.services import assignments
from indicators.views.sites import site_or_404, sites_of
from organisations.models import Unit
from organisations.permissions import Permission
from organisations.places import kept


@dataclass(frozen=True)
class Box:
    """An indicator, or a whole family, for a service."""

    name: str
    label: str
    is_held: bool = False


@dataclass(frozen=True)
class BoxRow:
    """An indicator with its boxes."""

    label: str
    boxes: list[Box]


@dataclass(frozen=True)
class BoxFamily:
    """A family: its boxes tick the whole of it; `proposed` is the service that enters most of it already."""

    name: str
    boxes: list[Box]
    rows: list[BoxRow]
    proposed: str


class AssignmentTableHome(PermissionRequired, View):
    """The table of the site kept in the header, else of one's first site."""

    permission = Permission.INDICATOR_EDIT

    def get(self, request):
        units = request.user.access.units_with(self.permission)
        codes = list(sites_of(request.user).filter(pk__in=units).values_list("code", flat=True))
        if not codes:
            return redirect("indicators:catalogue")
        code = kept(request).code
        return redirect("indicators:assignment-table", code if code in codes else codes[0])


class AssignmentTable(PermissionRequired, Page, View):
    """Indicators × services of a site: what is ticked is entered by that service from the date on."""

    permission = Permission.INDICATOR_EDIT
    template_name = "indicators/catalogue/assignments.html"
    breadcrumbs = (("Indicateurs", "indicators:catalogue"),)

    @cached_property
    def site(self) -> Unit:
        return site_or_404(self.request.user, self.kwargs["site"])

    def get_scope_unit_id(self) -> int:
        return self.site.pk

    def get_title(self) -> str:
        return "Qui saisit quoi"

    @cached_property
    def services(self) -> list[Unit]:
        """The site and its services of today."""
        rows = Unit.objects.filter(pk__in=Unit.objects.ids_below(self.site.pk)).active(timezone.localdate())
        return sorted(rows, key=lambda unit: (unit.pk != self.site.pk, unit.position, unit.code))

    @cached_property
    def indicators(self) -> list[Indicator]:
        """The common catalogue and that of one's own préfecture, as the grid orders them."""
        lineage = [unit.pk for unit in self.site.ancestors(include_self=True)]
        rows = Indicator.objects.filter(is_active=True, collector="").select_related("family")
        rows = rows.filter(owner__isnull=True) | rows.filter(owner__in=lineage)
        return list(rows.order_by("family__position", "family__name", "position", "pk"))

    @cached_property
    def held(self) -> set[tuple[int, int]]:
        """What is entered already, today or later."""
        rows = Assignment.objects.filter(site=self.site).exclude(valid_until__lt=timezone.localdate())
        return set(rows.values_list("indicator_id", "unit_id"))

    def get(self, request, **kwargs):
        return self.show(StartForm(initial={"valid_from": timezone.localdate().replace(month=1, day=1)}))

    def post(self, request, **kwargs):
        form = StartForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            made = settled(lambda: assignments.assign_many(self.ticked(), by=request.user, **form.cleaned_data))
        except UserError as error:
            form.add_error(None, error.message)
            return self.show(form)
        told = counted(len(made), "affectation enregistrée", "affectations enregistrées")
        messages.success(request, f"{told}." if made else "Rien de nouveau n’était coché.")
        return HttpResponseRedirect(reverse("indicators:assignment-table", args=[self.site.code]))

    def ticked(self) -> list[tuple[Indicator, Unit]]:
        """The pairs ticked that are not entered yet; the box of a family is for what nobody enters."""
        taken = {indicator for indicator, _unit in self.held}
        asked = self.request.POST
        return [
            (one, unit)
            for one in self.indicators
            for unit in self.services
            if (one.pk, unit.pk) not in self.held
            and (f"i{one.pk}-{unit.pk}" in asked or (one.pk not in taken and f"f{one.family_id}-{unit.pk}" in asked))
        ]

    def show(self, form):
        return self.render(form=form, families=self.families(), services=self.services)

    def families(self) -> list[BoxFamily]:
        found: dict[int, list[Indicator]] = {}
        for indicator in self.indicators:
            found.setdefault(indicator.family_id, []).append(indicator)
        return [self.family(pk, rows) for pk, rows in found.items()]

    def family(self, pk: int, indicators: list[Indicator]) -> BoxFamily:
        name = indicators[0].family.name
        count = {unit.pk: sum((one.pk, unit.pk) in self.held for one in indicators) for unit in self.services}
        best = max(self.services, key=lambda unit: count[unit.pk])
        is_whole = all(any((one.pk, unit.pk) in self.held for unit in self.services) for one in indicators)
        boxes = [Box(f"f{pk}-{unit.pk}", f"Toute la famille {name}, {unit.name}") for unit in self.services]
        rows = [BoxRow(one.label, [self.box(one, unit) for unit in self.services]) for one in indicators]
        return BoxFamily(name, boxes, rows, best.name if count[best.pk] and not is_whole else "")

    def box(self, indicator: Indicator, unit: Unit) -> Box:
        is_held = (indicator.pk, unit.pk) in self.held
        return Box(f"i{indicator.pk}-{unit.pk}", f"{indicator.label}, {unit.name}", is_held)
