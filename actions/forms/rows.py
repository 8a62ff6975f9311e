"""A row of a plan as it is typed: the words of its finding and action, who answers for it, its deadline."""

from django import forms
from django.utils import timezone

from actions.forms.actions import split_words
from actions.forms.choices import DeadlineField, people_around, units_around
from actions.rules.responsibles import Responsible
from core.base.french import folded
from core.pages.forms import Form
from organisations.models import Unit

ROWS = {"rows": 2}


class PlanRowForm(Form):
    """One row. Responsibles are named, separated by semicolons; who is not known keeps the words."""

    finding = forms.CharField(label="Constat", required=False, max_length=5000, widget=forms.Textarea(attrs=ROWS))
    text = forms.CharField(label="Action", required=False, max_length=5000, widget=forms.Textarea(attrs=ROWS))
    who = forms.CharField(label="Responsables", required=False, max_length=500)
    deadline = DeadlineField(required=False)
    under = forms.CharField(required=False, max_length=5000, widget=forms.HiddenInput)

    def __init__(self, *args, site: Unit, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.units = list(units_around(site, on=today))
        self.people = list(people_around(site, on=today))
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label
        self.fields["who"].widget.attrs |= {"list": "responsables", "autocomplete": "off"}

    @property
    def names(self) -> list[str]:
        """What the field proposes while one types."""
        return [*(unit.sigle or unit.name for unit in self.units), *map(str, self.people)]

    @property
    def responsibles(self) -> list[Responsible]:
        known = {folded(str(one)): Responsible(user=one) for one in self.people}
        for unit in self.units:
            known |= {folded(name): Responsible(unit=unit) for name in (unit.name, unit.sigle) if name}
        return [known.get(folded(words)) or Responsible(words=words) for words in split_words(self.cleaned_data["who"])]
