"""Sending a grid: the site, the year, the file or the cells copied."""

from django import forms
from django.utils import timezone

from core.importing.forms import UploadForm
from indicators.rules.months import FIRST_YEAR
from organisations.models import Unit


class GridUploadForm(UploadForm):
    """Offered sites are those where the person may import."""

    leading = ("site", "year")
    site = forms.ModelChoiceField(label="Site", queryset=Unit.objects.none(), empty_label=None)
    year = forms.IntegerField(label="Année de la grille", min_value=FIRST_YEAR)

    def __init__(self, *args, sites=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        latest = timezone.localdate().year + 1
        if year > latest:
            raise forms.ValidationError(f"L’année ne peut pas dépasser {latest}.")
        return year
