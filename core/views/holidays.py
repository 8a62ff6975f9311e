"""« Calendrier »: the public holidays of a zone and year, and their correction."""

from django import forms
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views import View

from core.forms import DateField, ModelForm
from core.models import Holiday, HolidayZone
from core.pages import SIGNED_IN, CreatePage, HistoryPage, Page, PermissionRequired, UpdatePage, VerbPage
from core.pages.detail import ObjectPage
from core.pages.page import link
from core.services import calendars

EDIT = "calendar_edit"
CALENDAR = [("Calendrier", "core:holidays")]


class HolidayForm(ModelForm):
    """A public holiday of a zone."""

    date = DateField(label="Date")
    reason = forms.CharField(
        label="Raison",
        required=False,
        max_length=500,
        help_text="Un texte officiel, par exemple. Gardée dans l’historique.",
    )

    class Meta:
        model = Holiday
        fields = ("date", "label")


class HolidayCalendar(PermissionRequired, Page, View):
    """The holidays of one zone and year; each zone and year has its address."""

    permission = SIGNED_IN
    template_name = "core/holiday_calendar.html"
    title = "Calendrier"

    def get(self, request):
        zones = list(HolidayZone.objects.order_by("name"))
        zone = self.pick(zones, request.GET.get("zone", "metropole"))
        years = sorted({day.year for day in zone.holidays.values_list("date", flat=True)}) if zone else []
        year = self.pick_year(years, request.GET.get("annee", ""))
        return self.render(
            zones=zones,
            zone=zone,
            years=years,
            year=year,
            holidays=zone.holidays.filter(date__year=year) if zone else [],
            may_edit=request.user.can(EDIT),
        )

    def pick(self, zones, code):
        return next((zone for zone in zones if zone.code == code), zones[0] if zones else None)

    def pick_year(self, years, asked):
        return int(asked) if asked in map(str, years) else timezone.localdate().year


class OnHoliday(ObjectPage):
    """A page about one public holiday, which every site of the zone shares."""

    permission = EDIT
    queryset = Holiday.objects.select_related("zone")
    is_global = True
    breadcrumbs = CALENDAR

    def get_object_url(self):
        return calendar_url(self.object)

    def get_tabs(self):
        return []


class HolidayAdd(CreatePage):
    permission = EDIT
    form_class = HolidayForm
    title = "Ajouter un jour férié"
    breadcrumbs = CALENDAR
    button_label = "Ajouter"

    @property
    def zone(self):
        return get_object_or_404(HolidayZone, code=self.kwargs["zone"])

    @property
    def intro(self):
        return f"Zone : {self.zone}. Les délais des sites de cette zone en tiennent compte aussitôt."

    def save_verb(self, form):
        return calendars.add_holiday(self.zone, by=self.request.user, **form.cleaned_data)

    def get_success_url(self, saved):
        return calendar_url(saved)

    def get_cancel_url(self):
        return f"{link('core:holidays')}?zone={self.kwargs['zone']}"


class HolidayEdit(OnHoliday, UpdatePage):
    form_class = HolidayForm

    def save_verb(self, form):
        return calendars.change_holiday(self.object, by=self.request.user, **form.cleaned_data)

    def get_success_url(self, saved):
        return calendar_url(saved)


class HolidayRemove(OnHoliday, VerbPage):
    reason = "required"
    button_label = "Retirer"
    is_danger = True
    success_message = "Ce jour compte de nouveau comme un jour ouvré."

    def get_question(self):
        return f"Retirer « {self.object.label} » du {self.object.date:%d/%m/%Y} ({self.object.zone}) ?"

    def verb(self, obj, *, reason):
        calendars.remove_holiday(obj, by=self.request.user, reason=reason)


class HolidayHistory(OnHoliday, HistoryPage):
    permission = SIGNED_IN


def calendar_url(holiday: Holiday) -> str:
    return f"{link('core:holidays')}?zone={holiday.zone.code}&annee={holiday.date.year}"
