"""A small site over holidays and units, declared with the pages of the core, for their tests."""

import django_filters
from django import forms
from django.db import transaction
from django.urls import include, path
from django.utils.html import format_html

from core.base.errors import UserError
from core.models import Holiday, HolidayZone
from core.pages import CreatePage, DetailPage, HistoryPage, ListPage, PageAction, UpdatePage, VerbPage
from core.pages.filters import DayFilter, FilterSet, SearchFilter
from core.pages.forms import DateField, Form, ModelForm
from core.pages.section import Add, Ask, Change, Detail, Fill, History, Listing, Own, Parent, Press, Remove, Section
from core.pages.tables import Column, FigureColumn, LinkColumn, Table
from core.record import history
from indicators.models import PastResult
from organisations.models import Unit
from organisations.permissions import Permission


@transaction.atomic
def save_holiday(holiday, *, by, reason=""):
    if holiday.label == "Carnaval":
        raise UserError("Le carnaval n’est pas un jour férié.", field="label")
    if holiday.label == "Lundi":
        raise UserError("Un lundi ne suffit pas.", field="weekday")
    history.save(holiday, by=by, reason=reason)
    return holiday


@transaction.atomic
def remove_holiday(holiday, *, by, reason):
    if holiday.label == "Noël":
        raise UserError("Noël ne se supprime pas.")
    history.delete(holiday, by=by, reason=reason)


class HolidayTable(Table):
    label = LinkColumn(url_name="essai:holiday")
    date = Column()
    zone = Column()

    class Meta(Table.Meta):
        model = Holiday
        fields = ("label", "date", "zone")


class HolidayFilters(FilterSet):
    search = SearchFilter(fields=["label", "zone__name"])
    zone = django_filters.ModelChoiceFilter(queryset=HolidayZone.objects.all(), label="Zone")
    since = DayFilter(field_name="date", lookup_expr="gte", label="Depuis le")


class HolidayForm(ModelForm):
    date = DateField(label="Date")

    class Meta:
        model = Holiday
        fields = ("zone", "date", "label")


class OfHolidays:
    queryset = Holiday.objects.select_related("zone")
    is_global = True
    permission = Permission.CALENDAR_EDIT
    breadcrumbs = (("Jours fériés", "essai:holidays"),)
    detail_url_name = "essai:holiday"
    history_url_name = "essai:holiday-history"


class Holidays(OfHolidays, ListPage):
    breadcrumbs = ()
    table_class = HolidayTable
    filterset_class = HolidayFilters
    create_url_name = "essai:holiday-create"
    create_permission = Permission.CALENDAR_EDIT
    create_label = "Ajouter un jour férié"
    empty_title = "Aucun jour férié n’est enregistré."
    empty_text = "Ajoutez le premier, ou chargez ceux d’une zone."


class HolidayDetail(OfHolidays, DetailPage):
    facts = ("label", "date", "zone")
    actions = (
        PageAction("Modifier", "essai:holiday-update", Permission.CALENDAR_EDIT),
        PageAction("Supprimer", "essai:holiday-remove", "a_right_nobody_holds"),
    )


class HolidayCreate(OfHolidays, CreatePage):
    title = "Nouveau jour férié"
    form_class = HolidayForm
    list_url_name = "essai:holidays"

    def save_verb(self, form):
        return save_holiday(form.instance, by=self.request.user)


class HolidayUpdate(OfHolidays, UpdatePage):
    form_class = HolidayForm

    def save_verb(self, form):
        return save_holiday(form.instance, by=self.request.user, reason="Correction")


class HolidayRemove(OfHolidays, VerbPage):
    title = "Supprimer ce jour férié"
    reason = "required"
    is_danger = True
    consequences = ("Les délais comptés depuis cette date ne changent pas.",)
    success_message = "Le jour férié est supprimé."
    success_url_name = "essai:holidays"

    def verb(self, obj, *, reason):
        remove_holiday(obj, by=self.request.user, reason=reason)


class HolidayRemoveNow(HolidayRemove):
    reason = "no"
    is_direct = True

    def verb(self, obj, *, reason):
        remove_holiday(obj, by=self.request.user, reason="")


class HolidayHistory(OfHolidays, HistoryPage):
    permission = Permission.HISTORY_VIEW


class OfUnits:
    queryset = Unit.objects.select_related("parent")
    permission = Permission.UNIT_VIEW
    detail_url_name = "essai:unit"
    history_url_name = "essai:unit-history"
    lookup_field = "code"


class UnitTable(Table):
    name = LinkColumn(url_name="essai:unit", key="code")
    kind = Column()
    position = FigureColumn(accessor="position", measure="days")

    class Meta(Table.Meta):
        model = Unit
        fields = ("name", "kind", "position")


class Units(OfUnits, ListPage):
    table_class = UnitTable


class UnitDetail(OfUnits, DetailPage):
    facts = ("name", "kind", "active_until")
    actions = (PageAction("Modifier", "essai:unit-update", Permission.UNIT_EDIT),)


class UnitForm(Form):
    name = forms.CharField(label="Nom")


class UnitUpdate(OfUnits, UpdatePage):
    permission = Permission.UNIT_EDIT
    form_class = UnitForm

    def get_initial(self):
        return {"name": self.object.name}

    def save_verb(self, form):
        self.object.name = form.cleaned_data["name"]
        history.save(self.object, by=self.request.user)


class UnitNamed:
    """The form of a unit begins with its name."""

    def get_initial(self):
        return {"name": self.object.name}


class UnitHistory(OfUnits, HistoryPage):
    permission = Permission.HISTORY_VIEW


class ZonePage(DetailPage):
    """What the days of the section below belong to."""

    permission = Permission.CALENDAR_EDIT
    queryset = HolidayZone.objects.all()
    is_global = True
    lookup_field = "code"
    facts = ("name",)


class DayForm(ModelForm):
    date = DateField(label="Date")

    class Meta:
        model = Holiday
        fields = ("date", "label")

    def __init__(self, *args, zone, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["label"].help_text = f"En {zone}"


class NameForm(Form):
    label = forms.CharField(label="Nom")


@transaction.atomic
def add_day(zone, *, by, **fields):
    return save_holiday(Holiday(zone=zone, **fields), by=by)


@transaction.atomic
def change_day(day, *, by, **fields):
    for name, value in fields.items():
        setattr(day, name, value)
    return save_holiday(day, by=by)


@transaction.atomic
def cry_out(day, *, by, reason=""):
    day.label = day.label.upper()
    history.save(day, by=by, reason=reason)


class DayLabel(DetailPage):
    """A page of the section that is a class of its own."""

    permission = Permission.CALENDAR_EDIT
    facts = ("label",)

    def get_title(self):
        return "Libellé"


class Days(Section):
    """What belongs to something else, and has no page of its own."""

    name, path, permission, is_global = "essai:day", "zones/jours/<int:pk>/", Permission.CALENDAR_EDIT, True
    queryset = Holiday.objects.select_related("zone")
    parent = Parent("zone", HolidayZone.objects.all(), "essai:zone", lookup="code", way=[("Jours", "essai:holidays")])
    anchor = "#jour-{0.pk}"

    create = Add("zones/<slug:code>/jours/nouveau/", DayForm, add_day, takes="zone", title="Ajouter un jour")
    edit = Change(DayForm, change_day, takes="zone")
    rename = Fill("renommer", NameForm, change_day, title="Renommer « {0.label} »", crumb="Renommer")
    shout = Ask("crier", cry_out, reason="optional", title="Crier", question="Crier « {0.label} » ?")
    shout_now = Press("crier-aussitot", cry_out, success_message="C’est crié.")
    remove = Remove(remove_holiday, reason="required", title="Supprimer ce jour", success_message="Supprimé.")
    label = Own("libelle", DayLabel)
    history = History()


@transaction.atomic
def rename_unit(unit, *, by, name):
    unit.name = name
    history.save(unit, by=by)


class Places(Section):
    """What has a list, and a page for each."""

    name, path, permission = "essai:place", "lieux/<slug:code>", Permission.UNIT_EDIT
    queryset = Unit.objects.select_related("parent")

    listing = Listing("lieux", table_class=UnitTable, title="Lieux")
    create = Add("lieux/nouveau", UnitForm, lambda *, by, name: Unit.objects.get(name=name), title="Ajouter un lieu")
    detail = Detail(facts=("name",))
    edit = Change(UnitForm, rename_unit, page=UnitNamed)
    history = History()


class ResultTable(Table):
    indicator = Column()
    year = Column()
    site = Column()
    value = FigureColumn(accessor="value", measure_from="indicator__measure")

    class Meta(Table.Meta):
        model = PastResult
        fields = ("indicator", "year", "site", "value")
        attrs = {"caption": "Résultats repris"}

    def render_year(self, value):
        return format_html("<b>Année</b> {}", value)

    def value_site(self, record):
        return record.site.code


class Results(ListPage):
    queryset = PastResult.objects.select_related("indicator", "site")
    is_global = True
    permission = Permission.INDICATOR_VIEW
    table_class = ResultTable
    noun = ("résultat", "résultats")


class Unnamed(ListPage):
    """Forgets its permission."""

    queryset = Holiday.objects.all()
    table_class = HolidayTable


class Unscoped(Unnamed):
    """Forgets its scope."""

    permission = Permission.CALENDAR_EDIT


pages = [
    path("jours", Holidays.as_view(), name="holidays"),
    path("jours/nouveau", HolidayCreate.as_view(), name="holiday-create"),
    path("jours/<int:pk>", HolidayDetail.as_view(), name="holiday"),
    path("jours/<int:pk>/modifier", HolidayUpdate.as_view(), name="holiday-update"),
    path("jours/<int:pk>/supprimer", HolidayRemove.as_view(), name="holiday-remove"),
    path("jours/<int:pk>/supprimer-aussitot", HolidayRemoveNow.as_view(), name="holiday-remove-now"),
    path("jours/<int:pk>/historique", HolidayHistory.as_view(), name="holiday-history"),
    path("unites", Units.as_view(), name="units"),
    path("unites/<slug:code>", UnitDetail.as_view(), name="unit"),
    path("unites/<slug:code>/modifier", UnitUpdate.as_view(), name="unit-update"),
    path("unites/<slug:code>/historique", UnitHistory.as_view(), name="unit-history"),
    path("resultats", Results.as_view(), name="results"),
    path("zones/<slug:code>", ZonePage.as_view(), name="zone"),
    *Days.urls(),
    *Places.urls(),
    path("sans-droit", Unnamed.as_view(), name="unnamed"),
    path("sans-perimetre", Unscoped.as_view(), name="unscoped"),
]
urlpatterns = [
    path("essai/", include((pages, "essai"))),
    path("", include("core.urls")),
    path("", include("organisations.urls")),
]
