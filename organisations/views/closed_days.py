"""Closed days of a site, and the small tool that counts a delay."""

from django.http import Http404
from django.views import View

from core.errors import UserError
from core.models import HolidayZone
from core.pages import SIGNED_IN, FormPage, Page, PermissionRequired, VerbPage
from core.pages.page import link
from core.services.calendars import calendar_of_zone
from core.working_days import CONVENTION
from organisations.calendars import calendar_of
from organisations.forms.units import ClosedDayForm, DelayForm
from organisations.models import ClosedDay, Unit
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
        add = {"label": "Ajouter une fermeture", "url": link("organisations:closed-day-add", self.object.code)}
        actions = [add | {"icon": "", "kind": "", "method": "get"}] if may_edit else []
        days = self.object.closed_days.order_by("-date")
        return self.render(days=days, may_edit=may_edit, actions=actions, convention=CONVENTION)


class ClosedDayAdd(OnSite, FormPage):
    permission = Permission.UNIT_EDIT
    form_class = ClosedDayForm
    template_name = "core/form.html"
    title = "Ajouter une fermeture"
    intro = "Un jour, ou une période dont seuls les jours ouvrés sont fermés : week-ends et jours fériés sont laissés."

    def get_title(self):
        return self.title

    def save_verb(self, form):
        return closed_days.close_site(self.object, by=self.request.user, **form.cleaned_data)

    def get_success_message(self, saved):
        return f"{len(saved)} jours de fermeture ajoutés." if len(saved) > 1 else "Un jour de fermeture ajouté."

    def get_success_url(self, saved):
        return self.get_cancel_url()

    def get_cancel_url(self):
        return link("organisations:closed-days", self.object.code)


class ClosedDayRemove(VerbPage):
    permission = Permission.UNIT_EDIT
    queryset = ClosedDay.objects.select_related("site")
    breadcrumbs = LIST
    title = "Rouvrir ce jour"
    button_label = "Rouvrir ce jour"
    reason = "optional"
    success_message = "Ce jour compte de nouveau."

    def unit_id_of(self, obj):
        return obj.site_id

    def get_question(self):
        return f"Rouvrir « {self.object.site} » le {self.object.date:%d/%m/%Y} ?"

    def verb(self, obj, *, reason):
        closed_days.reopen_day(obj, by=self.request.user, reason=reason)

    def get_object_url(self):
        return link("organisations:closed-days", self.object.site.code)


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
