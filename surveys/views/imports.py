"""Sending a file of answers for a campaign; what follows has the pages of every import."""

from django.db.models import QuerySet

from core.importing.forms import UploadForm
from core.importing.pages import UploadFor
from surveys.imports.survey_file import SurveyFile
from surveys.models import SurveyImport
from surveys.views.campaigns import OfCampaigns, way_to


class SurveyUpload(OfCampaigns, UploadFor):
    """Send a file, or paste a table; the last ones sent for the campaign stand below."""

    kind = SurveyFile
    form_class = UploadForm

    def get_breadcrumbs(self):
        return [*way_to(self.object), (self.get_title(), "")]

    def new_record(self, form) -> SurveyImport:
        return SurveyImport(campaign=self.object)

    def latest(self) -> QuerySet:
        return SurveyImport.objects.filter(campaign=self.object)
