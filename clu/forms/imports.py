"""Sending the list of an arrêté or an attendance sheet: the site, the committee, the day."""

from django import forms

from clu.enums import CommitteeKind
from core.importing.forms import UploadForm
from core.pages.forms import DateField
from organisations.models import Unit
from organisations.permissions import Permission


def editable_sites(user):
    """Sites whose committees the person runs."""
    return (
        Unit.objects.sites()
        .filter(pk__in=user.access.units_with(Permission.COMMITTEE_EDIT))
        .order_by("position", "code")
    )


class MembersUploadForm(UploadForm):
    """The committee is created when it is missing."""

    leading = ("site", "kind")

    site = forms.ModelChoiceField(Unit.objects.none(), label="Site", empty_label=None)
    kind = forms.ChoiceField(label="Instance", choices=CommitteeKind.choices)

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.fields["site"].queryset = editable_sites(user)


class AttendanceUploadForm(MembersUploadForm):
    """The meeting of that day is created when it is missing."""

    leading = ("site", "kind", "held_on")
    held_on = DateField(label="Réunion du")
