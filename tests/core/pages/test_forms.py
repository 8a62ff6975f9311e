"""Fields as people type them, and forms that never save."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from core.base import registries
from core.base.words import in_words, words_of
from core.models import Holiday
from core.pages.filters import DayFilter, FilterSet, SearchFilter
from core.pages.forms import DateField, FigureField, Form, FuzzyDateField, ModelForm, ReasonForm
from core.time.fuzzy_dates import FuzzyDate, Kind
from organisations.enums import UnitKind
from organisations.models import Unit
from tests.core.factories import HolidayFactory


class SampleForm(Form):
    """A rate and a day."""

    rate = FigureField(label="Taux", measure="rate", required=False)
    day = DateField(label="Jour", required=False)


class HolidayForm(ModelForm):
    """A holiday."""

    class Meta:
        model = Holiday
        fields = ("label",)


@pytest.mark.parametrize(("typed", "value"), [("98,7", Decimal("0.987")), ("98,7 %", Decimal("0.987")), ("", None)])
def test_a_rate_is_typed_as_a_percentage_and_kept_as_a_ratio(typed, value):
    form = SampleForm({"rate": typed})
    assert form.is_valid()
    assert form.cleaned_data["rate"] == value


def test_a_figure_that_cannot_be_read_is_refused_in_french():
    assert SampleForm({"rate": "beaucoup"}).errors["rate"] == [
        "« beaucoup » n’est pas un nombre : écrivez par exemple « 98,7 % »."
    ]


def test_a_figure_is_shown_as_it_would_be_typed():
    html = str(SampleForm(initial={"rate": Decimal("0.986842")})["rate"])
    assert 'value="98,6842\u202f%"' in html
    assert 'inputmode="decimal"' in html


@pytest.mark.parametrize("typed", ["2020-05-01", "01/05/2020", "1/5/20"])
def test_a_day_is_typed_in_french_or_chosen(typed):
    form = SampleForm({"day": typed})
    assert form.is_valid()
    assert form.cleaned_data["day"] == date(2020, 5, 1)


def test_a_form_knows_who_fills_it_and_shares_its_renderer():
    first, second = SampleForm(user="Ana"), SampleForm()
    assert (first.user, second.user) == ("Ana", None)
    assert first.renderer is second.renderer


def test_a_model_form_never_saves():
    with pytest.raises(NotImplementedError, match="its page calls a service"):
        HolidayForm({"label": "Noël"}).save()


@pytest.mark.parametrize(("required", "is_valid"), [(True, False), (False, True)])
def test_a_reason_may_be_compulsory(required, is_valid):
    assert ReasonForm({"reason": " "}, required=required).is_valid() is is_valid


class HolidayFilters(FilterSet):
    """A search and two days."""

    search = SearchFilter(fields=["label"])
    since = DayFilter(field_name="date", lookup_expr="gte", label="Depuis le")
    until = DayFilter(field_name="date", lookup_expr="lte", label="Jusqu’au")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Jour de l’an", "Été", "Noël", "Lendemain de Noël"]),
        ({"search": "noël"}, ["Noël", "Lendemain de Noël"]),
        ({"search": "noël lendemain"}, ["Lendemain de Noël"]),
        ({"since": "25/12/2020", "until": "25/12/2020"}, ["Noël"]),
        ({"search": "%"}, []),
        ({"search": "été"}, ["Été"]),
        ({"search": "ÉTÉ"}, ["Été"]),
    ],
)
def test_filters_narrow_a_list(asked, found):
    for day, label in [((1, 1), "Jour de l’an"), ((6, 20), "Été"), ((12, 25), "Noël"), ((12, 26), "Lendemain de Noël")]:
        HolidayFactory(date=date(2020, *day), label=label)
    filters = HolidayFilters(asked or None, queryset=Holiday.objects.order_by("date"))
    assert [holiday.label for holiday in filters.qs] == found
    assert filters.is_active is bool(asked)


def test_the_fields_of_filters_are_never_compulsory():
    fields = HolidayFilters(queryset=Holiday.objects.all()).form.fields
    assert {name: field.required for name, field in fields.items()} == dict.fromkeys(fields, False)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        ("", ""),
        (True, "oui"),
        (False, "non"),
        (1234, "1\u202f234"),
        (Decimal("0.500000"), "0,5"),
        (date(2020, 5, 1), "01/05/2020"),
        (["a", 2], "a, 2"),
        ({"a": True}, "a : oui"),
        ("texte", "texte"),
    ],
)
def test_values_read_in_french(value, words):
    assert in_words(value) == words


def test_a_choice_reads_as_its_label_and_an_old_one_as_it_was():
    kind = Unit._meta.get_field("kind")
    assert words_of(kind, UnitKind.BUREAU) == UnitKind.BUREAU.label
    assert words_of(kind, "cabinet") == "cabinet"


class DeadlineForm(Form):
    """A deadline in words."""

    deadline = FuzzyDateField(label="Échéance", required=False)


@time_machine.travel("2026-11-21")
def test_a_deadline_keeps_its_words_and_is_understood_today():
    form = DeadlineForm({"deadline": " courant mars "})
    assert form.is_valid()
    expected = FuzzyDate("courant mars", date(2027, 3, 1), date(2027, 3, 31), "", Kind.PERIOD)
    assert form.cleaned_data["deadline"] == expected
    shown = str(DeadlineForm(initial={"deadline": expected})["deadline"])
    assert 'value="courant mars"' in shown


def test_a_deadline_left_blank_is_blank():
    form = DeadlineForm({"deadline": ""})
    assert form.is_valid()
    assert form.cleaned_data["deadline"] == FuzzyDate()


def test_words_that_are_no_deadline_are_refused_with_those_that_are(monkeypatch):
    monkeypatch.setattr(registries, "event_dates", registries.Registry("event_dates"))
    registries.event_dates.register(registries.EventDate("conseil", "prochain conseil", lambda site, on: []))
    assert DeadlineForm({"deadline": "bientôt"}).errors["deadline"] == [
        "« bientôt » n’est pas une échéance que nous comprenons : écrivez un jour (« 15/11/2026 »), un mois "
        "(« novembre 2026 »), une période (« T4 2026 », « 1er semestre 2026 », « été 2026 », « fin 2026 »), "
        "une limite (« avant le 15/11/2026 »), « prochain conseil » ou « dès que possible »."
    ]


@time_machine.travel("2026-11-21")
def test_words_sent_back_unchanged_mean_what_they_meant():
    old = FuzzyDate("courant mars", date(2020, 3, 1), date(2020, 3, 31), "", Kind.PERIOD)
    form = DeadlineForm({"deadline": "courant mars"}, initial={"deadline": old})
    form.fields["deadline"].current = old
    assert (form.is_valid(), form.cleaned_data["deadline"], form.changed_data) == (True, old, [])
