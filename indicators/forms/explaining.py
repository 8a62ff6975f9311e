"""Why figures of a month are missing: one state and one reason for those that stay ticked."""

from django import forms

from core.pages.forms import Form, ModelMultipleChoiceField
from indicators.forms.entry import STATES
from indicators.models import Assignment, Campaign
from indicators.services.explaining import lacking


class ExplainForm(Form):
    """Everything missing is ticked; the reason is due for a suspension, a closure, figures that cannot be had."""

    state = forms.ChoiceField(label="Pourquoi n’y a-t-il pas de valeur ?", choices=STATES, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Raison",
        required=False,
        max_length=200,
        help_text="Pour « suspendu », « fermé » ou « indisponible » ; elle sera imprimée avec l’état.",
    )
    figures = ModelMultipleChoiceField(
        Assignment.objects.none(), label="Valeurs concernées", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, campaign: Campaign, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["figures"]
        field.queryset = lacking(campaign)
        field.label_from_instance = lambda row: f"{row.indicator.label} ({row.unit})"
        field.initial = [row.pk for row in field.queryset]
