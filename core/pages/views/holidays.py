"""« Calendrier »: the public holidays of a zone and year, and their correction."""

from django import forms
from django.utils import timezone
from django.views import View

from core.models import Holiday, HolidayZone
from core.pages import SIGNED_IN, AddPage, Page, PermissionRequired
from core.pages.forms import DateField, ModelForm
from core.pages.page import link
from core.pages.section import Add, Ask, Change, History, Parent, Section
from core.services import calendars

EDIT = "calendar_edit"


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


class HolidayAdd(AddPage):
    is_global = True

    @property
    def intro(self):
        return f"Zone : {self.object}. Les délais des sites de cette zone en tiennent compte aussitôt."


class OfZone(Parent):
    """The calendar shows one zone at a time."""

    def url(self, parent: HolidayZone) -> str:
        return f"{link(self.url_name)}?zone={parent.code}"


class Holidays(Section):
    """Public holidays, which every site of the zone shares."""

    name, path, permission, is_global = "core:holiday", "calendrier/jours/<int:pk>", EDIT, True
    queryset = Holiday.objects.select_related("zone")
    parent = OfZone("zone", HolidayZone.objects.all(), "core:holidays", lookup="code", label="Calendrier")
    anchor = "&annee={0.date.year}"

    add = Add(
        "calendrier/<slug:code>/ajouter",
        HolidayForm,
        calendars.add_holiday,
        page=HolidayAdd,
        title="Ajouter un jour férié",
    )
    edit = Change(HolidayForm, calendars.change_holiday)
    remove = Ask(
        "retirer",
        calendars.remove_holiday,
        reason="required",
        is_danger=True,
        question="Retirer « {0.label} » du {0.date:%d/%m/%Y} ({0.zone}) ?",
        button_label="Retirer",
        success_message="Ce jour compte de nouveau comme un jour ouvré.",
    )
    history = History(permission=SIGNED_IN)
