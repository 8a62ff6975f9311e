"""Forms of the annual reports."""

from django import forms

from core.forms import Form, ModelForm
from organisations.models import Unit
from organisations.permissions import Permission
from reports.models import AnnualReport, Chapter

EARLIEST_YEAR, LATEST_YEAR = 2005, 2100


class OpenReportForm(Form):
    """The site and year of a report; only sites where the person writes reports are offered."""

    site = forms.ModelChoiceField(Unit.objects.none(), label="Site", empty_label=None)
    year = forms.IntegerField(label="Année", min_value=EARLIEST_YEAR, max_value=LATEST_YEAR)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        allowed = self.user.access.units_with(Permission.REPORT_EDIT)
        self.fields["site"].queryset = Unit.objects.sites().filter(pk__in=allowed)


class ReportForm(ModelForm):
    """Title and signatory, as the cover prints them."""

    class Meta:
        model = AnnualReport
        fields = ("title", "signatory")
        help_texts = {"signatory": "Imprimé sur la couverture, par exemple « Le préfet des Bouches-du-Rhône »."}


class ChapterForm(ModelForm):
    """Title and text of a chapter."""

    class Meta:
        model = Chapter
        fields = ("title", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 18, "data-rich-text": ""})}


class ChapterTitleForm(Form):
    """The title of a new chapter."""

    title = forms.CharField(label="Titre du chapitre", max_length=200)
