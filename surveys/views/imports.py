"""Sending a file of answers for a campaign; what follows has the pages of every import."""

from django.db.models import QuerySet

from core.importing.forms import UploadForm
from core.importing.pages import UploadPage
from core.pages.detail import ObjectPage
from surveys.imports.survey_file import SurveyFile
from surveys.models import SurveyImport
from surveys.views.campaigns import OfCampaigns, way_to


class SurveyUpload(OfCampaigns, ObjectPage, UploadPage):
    """Send a file, or paste a table; the last ones sent for the campaign stand below."""

    kind = SurveyFile
    permission = SurveyFile.permission
    form_class = UploadForm

    def get_tabs(self):
        return []

    def get_title(self) -> str:
        return self.kind.title

    def get_breadcrumbs(self):
        return [*way_to(self.object), (self.get_title(), "")]

    def new_record(self, form) -> SurveyImport:
        return SurveyImport(campaign=self.object)

    def latest(self) -> QuerySet:
        return SurveyImport.objects.filter(campaign=self.object)
