"""Sending a grid: the site, the year, the file."""

from django import forms
from django.utils import timezone

from core.forms import Form
from organisations.models import Unit

FIRST_YEAR = 2000


class UploadForm(Form):
    """Offered sites are those where the person may import."""

    site = forms.ModelChoiceField(label="Site", queryset=Unit.objects.none())
    year = forms.IntegerField(label="Année de la grille", min_value=FIRST_YEAR)
    file = forms.FileField(
        label="Fichier de la grille",
        help_text="Classeur .xlsx, .ods ou .xls, ou texte .csv, de 10 Mo au plus.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.xls,.csv"}),
        error_messages={"empty": "Le fichier est vide : vérifiez que vous avez choisi le bon."},
    )

    def __init__(self, *args, user=None, sites=None, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.fields["site"].queryset = sites
        self.fields["year"].max_value = timezone.localdate().year + 1

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        latest = timezone.localdate().year + 1
        if year > latest:
            raise forms.ValidationError(f"L’année ne peut pas dépasser {latest}.")
        return year
