"""Forms of units and of their closed days."""

from django import forms

from core.pages.forms import DateField, Form, ModelForm
from organisations.enums import UnitKind
from organisations.models import Unit
from organisations.permissions import Permission

REASON = {"label": "Raison", "required": False, "max_length": 500, "help_text": "Gardée dans l’historique."}


def editable_units(user):
    """The units under which the person may place one, in the order of their names."""
    return Unit.objects.filter(pk__in=user.access.units_with(Permission.UNIT_EDIT)).order_by("name")


class UnitForm(ModelForm):
    """A unit under one of those that the person may change."""

    active_from = DateField(label="Active depuis")

    class Meta:
        model = Unit
        fields = ("parent", "kind", "name", "sigle", "code", "holiday_zone", "active_from", "position")
        labels = {"parent": "Unité parente", "holiday_zone": "Zone de jours fériés"}
        help_texts = {
            "code": "En minuscules, sans espace : il sert aux adresses et aux imports. Exemple : 13-aix-accueil.",
            "holiday_zone": "Pour une préfecture ou une sous-préfecture.",
            "position": "Ordre parmi les unités de même niveau.",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.fields["parent"].queryset = editable_units(user)
        self.fields["parent"].required = True
        self.fields["kind"].choices = [("", "Choisir"), *self.kinds()]
        self.fields["position"].required = False

    def kinds(self):
        return [choice for choice in UnitKind.choices if choice[0] != UnitKind.PREFECTURE]

    def clean_position(self):
        return self.cleaned_data["position"] or 0

    def validate_unique(self):
        """The service says it, with the same words everywhere."""


class UnitEditForm(UnitForm):
    """The same for an existing unit, whose place may be out of the person's reach."""

    reason = forms.CharField(**REASON)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        if not parent.queryset.filter(pk=self.instance.parent_id).exists():
            parent.disabled = True
            parent.queryset = Unit.objects.filter(pk=self.instance.parent_id)
            parent.required = False

    def kinds(self):
        return UnitKind.choices if self.instance.kind == UnitKind.PREFECTURE else super().kinds()


class UnitCloseForm(Form):
    """The last day of a unit."""

    on = DateField(label="Dernier jour")
    reason = forms.CharField(**REASON)


class ClosedDayForm(Form):
    """A day, or a range whose working days are closed."""

    first = DateField(label="Premier jour")
    last = DateField(label="Dernier jour", required=False, help_text="Vide : un seul jour.")
    label = forms.CharField(label="Motif", max_length=100, help_text="Exemple : pont de l’Ascension, travaux.")


class DelayForm(Form):
    """What a delay is counted from."""

    zone = forms.ChoiceField(label="Zone ou site")
    start = DateField(label="Reçu le")
    days = forms.IntegerField(label="Délai en jours ouvrés", min_value=0, max_value=2500)

    def __init__(self, *args, **kwargs):
        places = kwargs.pop("places")
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = places
