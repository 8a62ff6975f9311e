"""Sending a follow-up: the unit it is of comes first."""

from django import forms

from core.importing.forms import UploadForm
from organisations.models import Unit
from organisations.permissions import Permission


class UnitUploadForm(UploadForm):
    """A file for one of the préfectures or sites where the person keeps the trainings."""

    leading = ("unit",)
    unit = forms.ModelChoiceField(Unit.objects.none(), label="Préfecture ou site", empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        access, held = self.user.access, Permission.TRAINING_MANAGE
        units = Unit.objects.sites().filter(pk__in=access.units_with(held))
        units |= Unit.objects.filter(pk__in=access.roots_with(held))
        self.fields["unit"].queryset = units.select_related("parent__parent__parent").order_by("position", "code")
