"""Upload of a table of services and people."""

from core.importing.forms import UploadForm
from core.importing.pages import UploadPage
from core.pages.page import link
from organisations.imports.directory import DirectoryFile
from organisations.models import DirectoryImport
from organisations.views.closed_days import OnSite


class DirectoryUpload(OnSite, UploadPage):
    kind = DirectoryFile
    form_class = UploadForm
    intro = (
        "Une ligne par service, ou par personne : service, rattaché à, nature, sigle ; prénom, nom, courriel, rôle. "
        "Les services inconnus sont créés ; chaque personne qui a une adresse reçoit son invitation une fois l’import "
        "enregistré."
    )

    def new_record(self, form):
        return DirectoryImport(site=self.object)

    def latest(self):
        return DirectoryImport.objects.filter(site=self.object)

    def get_cancel_url(self):
        return link("organisations:unit-people", self.object.code)
