"""Sending action plans: the site, the file or the text, the day of effect."""

from django import forms
from django.utils import timezone

from core.importing.forms import UploadForm
from core.pages.forms import DateField
from organisations.models import Unit


class PlanUploadForm(UploadForm):
    """Offered sites are those where the person may import."""

    leading = ("site",)

    site = forms.ModelChoiceField(label="Site", queryset=Unit.objects.none(), empty_label=None)
    effective_on = DateField(
        label="À effet du",
        required=False,
        help_text="Vide : la date « màj » du document, sinon aujourd’hui.",
    )

    def __init__(self, *args, user=None, sites=None, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.fields["site"].queryset = sites

    def clean_effective_on(self):
        day = self.cleaned_data["effective_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("Ce jour n’est pas encore venu.")
        return day
