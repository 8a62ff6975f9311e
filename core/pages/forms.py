"""Forms in the State design system, and the fields every app uses."""

from datetime import date

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils import timezone
from dsfr.forms import DsfrBaseForm, DsfrDjangoTemplates

from core.base import figures, registries
from core.base.errors import UserError
from core.time import fuzzy_dates
from core.time.fuzzy_dates import FuzzyDate

# One for all forms: django-dsfr makes one per form, which scans every library and compiles every widget again (18 ms).
RENDERER = DsfrDjangoTemplates()
LONGEST_KEY = 18  # digits of an identifier


class Form(DsfrBaseForm):
    """A form that may know who fills it (`user`), to offer only what that person may choose."""

    takes_user = True
    default_renderer = RENDERER

    def __init__(self, *args, user=None, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)
        _leave_groups_to_templates(self)


class ModelForm(forms.ModelForm, DsfrBaseForm):
    """A form over a model; it validates, a service saves."""

    takes_user = True
    default_renderer = RENDERER

    def __init__(self, *args, user=None, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)
        _leave_groups_to_templates(self)
        _name_the_empty_choice(self)

    def save(self, commit=True):
        raise NotImplementedError("A form does not write: its page calls a service.")


class CheckedByService:
    """A model form whose doubles and constraints are told by the service, with the same words everywhere."""

    def validate_unique(self):
        pass

    def validate_constraints(self):
        pass


class FilterForm(Form):
    """The form of a list's filters: nothing in it is compulsory, so nothing is marked optional."""

    use_required_attribute = False


class DateField(forms.DateField):
    """A day, typed `21/11/2026` or chosen in the browser's calendar."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y"])
        super().__init__(**kwargs)


class ModelMultipleChoiceField(forms.ModelMultipleChoiceField):
    """Several rows; a key that no database holds is a choice that does not exist, not a failure."""

    def clean(self, value):
        for key in value or ():
            if len(str(key)) > LONGEST_KEY:
                shown = {"value": f"{str(key)[:LONGEST_KEY]}…"}
                raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params=shown)
        return super().clean(value)


class FigureField(forms.CharField):
    """A rate, a delay or a count as people type it (`98,7 %`); cleans to a Decimal, or None when blank."""

    def __init__(self, *, measure: str, **kwargs):
        self.measure = measure
        super().__init__(max_length=40, **kwargs)
        self.widget.attrs.setdefault("inputmode", "decimal")
        self.widget.attrs.setdefault("autocomplete", "off")

    def prepare_value(self, value):
        if value is None or isinstance(value, str):
            return value
        return figures.format_figure(value, self.measure, digits=4)

    def clean(self, value):
        text = super().clean(value)
        try:
            return figures.parse_figure(text, self.measure)
        except UserError as error:
            raise forms.ValidationError(error.message) from error


class InstantField(forms.DateTimeField):
    """A day and an hour, as a browser gives them or as one types them: « 21/11/2026 14:05 »."""

    default_error_messages = {"invalid": "Écrivez un jour et une heure, comme « 21/11/2026 14:05 »."}

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))
        kwargs.setdefault("input_formats", ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M"))
        super().__init__(**kwargs)


class FuzzyDateField(forms.CharField):
    """A deadline in the words of its author (`1er trim. 2016`); cleans to a `FuzzyDate`, of kind BLANK when empty.

    `written_on` gives the year of words without one: today by default. `current` is the deadline being edited: its
    words sent back unchanged mean what they meant, not what they would mean today.
    """

    default_error_messages = {
        "unknown": "« %(shown)s » n’est pas une échéance que nous comprenons : écrivez un jour (« 15/11/2026 »), "
        "un mois (« novembre 2026 »), une période (« T4 2026 », « 1er semestre 2026 », « été 2026 », « fin 2026 »), "
        "une limite (« avant le 15/11/2026 »)%(events)s ou « dès que possible ».",
    }
    hint = "Un jour ou une période, par exemple « 15/11/2026 », « T4 2026 », « fin 2026 ». Vos mots sont gardés."

    def __init__(self, *, written_on: date | None = None, current: FuzzyDate | None = None, **kwargs):
        self.written_on, self.current = written_on, current
        kwargs.setdefault("max_length", 120)
        kwargs.setdefault("help_text", self.hint)
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("autocomplete", "off")

    def prepare_value(self, value):
        return value.text if isinstance(value, FuzzyDate) else value

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value):
        text = super().clean(value)
        if self.current and text == self.current.text:
            return self.current
        fuzzy = fuzzy_dates.parse(text, written_on=self.written_on or timezone.localdate())
        if fuzzy.problem:
            raise forms.ValidationError(fuzzy.problem, "impossible")
        if not fuzzy.is_known:
            raise forms.ValidationError(self.error_messages["unknown"], "unknown", _refused(text))
        return fuzzy


def _refused(text: str) -> dict[str, str]:
    """The words refused, and the events that the apps know."""
    labels = "".join(f", « {event.label} »" for event in registries.event_dates)
    return {"shown": text if len(text) <= 40 else f"{text[:40]}…", "events": labels}


class ReasonForm(Form):
    """The reason of a change, asked before a verb that must be justified."""

    reason = forms.CharField(
        label="Raison", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text="Gardée dans l’historique."
    )

    def __init__(self, *args, required: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = required


def _name_the_empty_choice(form: forms.Form) -> None:
    """Words instead of the dashes of Django: « Choisir », or « Non précisé » where nothing has to be chosen."""
    dashes = BLANK_CHOICE_DASH[0][1]
    for field in form.fields.values():
        words = "Choisir" if field.required else "Non précisé"
        if getattr(field, "empty_label", None) == dashes:
            field.empty_label = words
        elif isinstance(field, forms.ChoiceField) and list(field.choices)[:1] == BLANK_CHOICE_DASH:
            field.choices = [("", words), *list(field.choices)[1:]]


def _leave_groups_to_templates(form: forms.Form) -> None:
    """django-dsfr wraps each option of this mark in a group of its own; our field templates already do."""
    for field in form.fields.values():
        field.widget.attrs.pop("dsfr", None)
