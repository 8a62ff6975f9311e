"""The delays of a theme from a day on."""

from django import forms

from core.pages.forms import DateField, Form


class DelaysForm(Form):
    """Delays in months; those of the days before stay as they were."""

    in_force_from = DateField(label="En vigueur depuis le")
    first_months = forms.IntegerField(label="Mois après la prise de poste", min_value=1, max_value=120)
    renewal_months = forms.IntegerField(label="Mois après la dernière formation", min_value=1, max_value=240)
    window_months = forms.IntegerField(
        label="Mois avant l’échéance où le renouvellement s’ouvre", min_value=0, max_value=60
    )
    counts_before_post = forms.BooleanField(label="Une formation suivie avant le poste compte", required=False)
    source = forms.CharField(label="Source", max_length=300, required=False)
