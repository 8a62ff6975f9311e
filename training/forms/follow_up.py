"""The day, the status, the theme and the words by which the follow-up is read."""

from collections.abc import Sequence

from django import forms

from core.pages.forms import DateField, FilterForm
from training.enums import Status
from training.models import TrainingTheme


class FollowUpForm(FilterForm):
    site = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    q = forms.CharField(label="Agent ou service", required=False, max_length=100)
    on = DateField(label="Au (jour de l’audit, par exemple)", required=False)
    status = forms.ChoiceField(label="Statut", required=False, choices=[("", "Tous"), *Status.choices])
    theme = forms.ChoiceField(label="Thème", required=False)

    def __init__(self, *args, themes: Sequence[TrainingTheme], shows_people: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not shows_people:  # the day alone changes the counts
            for name in ("q", "status", "theme"):
                del self.fields[name]
            return
        self.fields["theme"].choices = [("", "Tous"), *((str(theme.pk), theme.name) for theme in themes)]
