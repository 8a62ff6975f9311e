"""The form of one cell: a figure, its counts, or the state that explains why there is none."""

from django import forms

from core.base.errors import UserError
from core.base.figures import parse_figure
from indicators.enums import Measure, ValueState
from indicators.models import Indicator, Value
from indicators.rules.words import figure_typed
from indicators.services.values import Figure

STATES = [(state.value, state.label) for state in ValueState if state not in (ValueState.MEASURED, ValueState.MISSING)]
SUFFIXES = {Measure.RATE: "%", Measure.DAYS: "jours ouvrés", Measure.COUNT: ""}


class CellForm(forms.Form):
    """What a person types for one indicator and month; `figure` is what the service takes."""

    value = forms.CharField(label="Valeur", required=False, max_length=30)
    numerator = forms.CharField(label="Numérateur", required=False, max_length=20)
    denominator = forms.CharField(label="Dénominateur", required=False, max_length=20)
    state = forms.ChoiceField(
        label="Pourquoi n’y a-t-il pas de valeur ?", required=False, choices=[("", "Il y a une valeur"), *STATES]
    )
    reason = forms.CharField(label="Raison", required=False, max_length=200)
    comment = forms.CharField(label="Commentaire", required=False, max_length=2000)
    version = forms.IntegerField(required=False, min_value=0)
    replaces = forms.IntegerField(required=False, min_value=0)  # the other version, seen and overruled
    confirmed = forms.BooleanField(required=False)
    erase = forms.BooleanField(required=False)  # what was typed in the wrong cell: to be entered again
    amendment_reason = forms.CharField(label="Raison de la rectification", required=False, max_length=500)

    def __init__(self, data=None, *, indicator: Indicator, value: Value | None = None):
        self.indicator = indicator
        super().__init__(data, initial=typed(value, indicator.measure))

    def clean(self):
        cleaned = super().clean()
        for name in ("value", "numerator", "denominator"):
            cleaned[name] = self._number(name)
        if self.errors or cleaned["erase"]:
            return cleaned
        typed_something = any(cleaned[name] is not None for name in ("value", "numerator", "denominator"))
        if cleaned["state"] and typed_something:
            self.add_error(
                "state", "Vous avez donné une valeur et une raison de ne pas en avoir : gardez l’une des deux."
            )
        elif not cleaned["state"] and not typed_something:
            self.add_error(self.first_input, "Saisissez une valeur, ou dites pourquoi il n’y en a pas.")
        return cleaned

    @property
    def first_input(self) -> str:
        return "numerator" if self.indicator.has_counts else "value"

    @property
    def figure(self) -> Figure:
        """The figure typed; counts go before a rate."""
        data = self.cleaned_data
        if data["erase"]:
            return Figure(state=ValueState.MISSING)
        has_counts = data["numerator"] is not None or data["denominator"] is not None
        return Figure(
            state=data["state"] or ValueState.MEASURED,
            value=None if has_counts else data["value"],
            numerator=data["numerator"],
            denominator=data["denominator"],
            reason=data["reason"],
            comment=data["comment"],
        )

    def refuse(self, error: UserError) -> None:
        """Show what the service refused, on its field where it has one on the page."""
        field = error.field if error.field in self.fields else self.first_input
        if field == "value" and self.indicator.has_counts and self.cleaned_data.get("numerator") is not None:
            field = "numerator"
        self.add_error(field, error.message)

    def _number(self, name: str):
        text = self.cleaned_data.get(name) or ""
        measure = self.indicator.measure if name == "value" else Measure.COUNT
        try:
            number = parse_figure(text, measure)
        except UserError as error:
            self.add_error(name, error.message)
            return None
        if number is None or name == "value":
            return number
        if number != number.to_integral_value():
            self.add_error(name, f"« {text} » n’est pas un nombre entier.")
            return None
        return int(number)


def typed(value: Value | None, measure: str) -> dict:
    """A stored value as the form shows it."""
    if value is None:
        return {"version": 0}
    has_counts = value.denominator is not None
    state = value.state if value.state not in (ValueState.MEASURED, ValueState.MISSING) else ""
    return {
        "value": "" if has_counts else figure_typed(value.value, measure),
        "numerator": value.numerator,
        "denominator": value.denominator,
        "state": state,
        "reason": value.reason,
        "comment": value.comment,
        "version": value.version,
    }
