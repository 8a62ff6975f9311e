"""Sending a register or a tally: the site it is of comes first."""

from django import forms

from complaints.filters import sites_of
from core.importing.forms import UploadForm
from organisations.models import Unit
from organisations.permissions import Permission


class SiteUploadForm(UploadForm):
    """A file for one of the sites where the person imports."""

    leading = ("site",)
    site = forms.ModelChoiceField(Unit.objects.none(), label="Site", empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = self.user.sites_with(Permission.COMPLAINT_IMPORT)
        self.fields["site"].queryset = sites_of(self.user).filter(pk__in=held).select_related("holiday_zone")
