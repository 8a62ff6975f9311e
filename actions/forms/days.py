"""The days that a person asks for: one to read the plan on, two to compare, and the file of one of them."""

from django import forms
from django.utils import timezone

from actions.enums import ExtractFormat
from core.pages.forms import DateField, FilterForm

TO_COME = "Ce jour n’est pas encore venu : choisissez aujourd’hui ou un jour passé."


class DayForm(FilterForm):
    """« Le plan au … »."""

    au = DateField(label="Le plan au")

    def clean_au(self):
        return _refuse_to_come(self.cleaned_data["au"])


class DaysForm(FilterForm):
    """« Entre le … et le … »."""

    du = DateField(label="Entre le")
    au = DateField(label="et le")

    def clean_du(self):
        return _refuse_to_come(self.cleaned_data["du"])

    def clean_au(self):
        return _refuse_to_come(self.cleaned_data["au"])

    def clean(self):
        cleaned = super().clean()
        if "du" in cleaned and "au" in cleaned and cleaned["du"] > cleaned["au"]:
            self.add_error("au", "Le second jour précède le premier.")
        return cleaned


class ExtractForm(DayForm):
    """What is downloaded: the day, the format, one plan or all of them."""

    format = forms.ChoiceField(choices=ExtractFormat)
    plan = forms.IntegerField(required=False, min_value=1, max_value=2**31)


def _refuse_to_come(day):
    if day > timezone.localdate():
        raise forms.ValidationError(TO_COME)
    return day
