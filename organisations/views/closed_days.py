"""Closed days of a site, and the small tool that counts a delay."""

from django.http import Http404
from django.views import View

from core.base.errors import UserError
from core.importing.forms import UploadForm
from core.importing.pages import UploadPage
from core.models import HolidayZone
from core.pages import SIGNED_IN, AddPage, Page, PermissionRequired
from core.pages.page import link
from core.pages.section import Add, Parent, Remove, Section
from core.services.calendars import calendar_of_zone
from core.time.working_days import CONVENTION
from organisations.calendars import calendar_of
from organisations.forms.units import ClosedDayForm, DelayForm
from organisations.imports.closed_days import ClosedDaysFile
from organisations.models import ClosedDay, ClosedDayImport, Unit
from organisations.permissions import Permission
from organisations.services import closed_days
from organisations.views.units import LIST, OnUnit


class OnSite(OnUnit):
    """A page about a unit that is a site; others have no closed days."""

    queryset = Unit.objects.sites().select_related("parent__parent", "holiday_zone")


class ClosedDayList(OnSite):
    """The tab « Jours de fermeture » of a site."""

    permission = Permission.UNIT_VIEW
    template_name = "organisations/closed_days.html"

    def get(self, request, *args, **kwargs):
        may_edit = self.allows(Permission.UNIT_EDIT)
        ways = (("Ajouter une fermeture", "closed-day-add"), ("Importer un fichier", "closed-days-import-upload"))
        code, button = self.object.code, {"icon": "", "kind": "", "method": "get"}
        shown = [button | {"label": label, "url": link(f"organisations:{name}", code)} for label, name in ways]
        actions = shown if may_edit else []
        days = self.object.closed_days.order_by("-date")
        return self.render(days=days, may_edit=may_edit, actions=actions, convention=CONVENTION)


class ClosedDaysUpload(OnSite, UploadPage):
    kind = ClosedDaysFile
    form_class = UploadForm

    def new_record(self, form):
        return ClosedDayImport(site=self.object)

    def latest(self):
        return ClosedDayImport.objects.filter(site=self.object)

    def get_cancel_url(self):
        return link("organisations:closed-days", self.object.code)


class ClosedDayAdd(AddPage):
    def get_success_message(self, saved):
        return f"{len(saved)} jours de fermeture ajoutés." if len(saved) > 1 else "Un jour de fermeture ajouté."


class ClosedDays(Section):
    name, path, permission = "organisations:closed-day", "fermetures/<int:pk>", Permission.UNIT_EDIT
    queryset = ClosedDay.objects.select_related("site")
    parent = Parent("site", OnSite.queryset, "organisations:closed-days", lookup="code", way=LIST)

    add = Add(
        "unites/<slug:code>/fermetures/ajouter",
        ClosedDayForm,
        closed_days.close_site,
        page=ClosedDayAdd,
        title="Ajouter une fermeture",
        intro="Un jour, ou une période dont seuls les jours ouvrés sont fermés : "
        "week-ends et jours fériés sont laissés.",
    )
    remove = Remove(
        closed_days.reopen_day,
        at="rouvrir",
        reason="optional",
        is_danger=False,
        title="Rouvrir ce jour",
        question="Rouvrir « {0.site} » le {0.date:%d/%m/%Y} ?",
        button_label="Rouvrir ce jour",
        success_message="Ce jour compte de nouveau.",
    )


class Delay(PermissionRequired, Page, View):
    """« Calculer un délai »: a due date in a zone or at a site, explained day by day; by GET, to be kept as a link."""

    permission = SIGNED_IN
    template_name = "organisations/delay.html"
    title = "Calculer un délai"

    def get(self, request):
        zones, sites = self.get_zones(), self.get_sites()
        places = [("", "Choisir"), ("Sites", self.choices("site", sites)), ("Zones", self.choices("zone", zones))]
        asked = "start" in request.GET
        form = DelayForm(request.GET if asked else None, places=places)
        return self.render(form=form, convention=CONVENTION, explained=self.explain(form) if asked else None)

    def get_zones(self):
        return HolidayZone.objects.order_by("name")

    def get_sites(self):
        return Unit.objects.visible_to(self.request.user).sites().order_by("name")

    def choices(self, prefix, rows):
        return [(f"{prefix}:{row.code}", str(row)) for row in rows]

    def explain(self, form):
        if not form.is_valid():
            return None
        try:
            return self.calendar(form.cleaned_data["zone"]).explain(
                form.cleaned_data["start"], form.cleaned_data["days"]
            )
        except UserError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
            return None

    def calendar(self, place: str):
        kind, code = place.split(":", 1)
        row = (self.get_sites() if kind == "site" else self.get_zones()).filter(code=code).first()
        if row is None:
            raise Http404
        return calendar_of(row) if kind == "site" else calendar_of_zone(row)
