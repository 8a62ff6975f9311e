"""What comes with a paper form: where and when it was filled in, its number, its language."""

from django import forms

from core.pages.forms import DateField, Form
from surveys.enums import Language
from surveys.models import Place


class PaperForm(Form):
    """The head of a paper form; the next one takes over all but the number, which goes up."""

    place = forms.ModelChoiceField(Place.objects.none(), label="Lieu", required=False, empty_label="Non précisé")
    answered_on = DateField(label="Rempli le")
    number = forms.CharField(label="Numéro", max_length=60, required=False)
    language = forms.ChoiceField(label="Langue", choices=Language.choices)

    def __init__(self, *args, campaign, **kwargs):
        super().__init__(*args, **kwargs)
        places = Place.objects.filter(site=campaign.site_id)
        current = self.initial.get("place")
        self.fields["place"].queryset = places.filter(is_active=True) | places.filter(pk=current)
        self.fields["answered_on"].widget.attrs |= {
            "min": campaign.starts_on.isoformat(),
            "max": campaign.ends_on.isoformat(),
        }
