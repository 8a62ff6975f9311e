"""The binders of auditors: made in the background, listed, downloaded."""

from django.urls import reverse
from django.views import View

from audits.forms.audits import BinderForm
from audits.models import Binder
from audits.services import binders
from audits.tables import BinderTable
from core.pages import PageAction
from core.pages.access import OnObject
from core.pages.form import FormPage
from core.pages.section import Listing, Own, Section
from core.pages.stored_files import serve
from organisations.permissions import Permission


class BinderRequest(FormPage):
    """Ask for a binder, and follow its making."""

    permission = Permission.AUDIT_EDIT
    form_class = BinderForm
    title = "Faire un classeur"
    button_label = "Faire le classeur"
    success_message = ""
    intro = (
        "Un fichier ZIP qui s’ouvre sans réseau : sommaire, engagements, pièces, audits, plan au jour dit, "
        "historique, indicateurs, empreintes. Ni réclamants, ni données de ressources humaines."
    )
    breadcrumbs = (("Classeurs de l’auditeur", "audits:binders"),)

    def save_verb(self, form):
        return binders.request(by=self.request.user, **form.cleaned_data)

    def get_success_url(self, saved) -> str:
        return reverse("core:job", args=[saved.uuid])

    def get_cancel_url(self) -> str:
        return reverse("audits:binders")


class BinderFile(OnObject, View):
    """The archive as it was made."""

    permission = Permission.AUDIT_VIEW

    def get(self, request, *args, **kwargs):
        return serve(request, self.object.file, digest=self.object.digest, name=self.object.name)


class Binders(Section):
    name, path, permission = "audits:binder", "classeurs/<int:pk>", Permission.AUDIT_EDIT
    queryset = Binder.objects.select_related("site", "made_by")

    listing = Listing(
        "classeurs/",
        table_class=BinderTable,
        title="Classeurs de l’auditeur",
        noun=("classeur", "classeurs"),
        actions=(PageAction("Faire un classeur", "audits:binder-request", Permission.AUDIT_EDIT, kind=""),),
        empty_title="Aucun classeur n’a été fait.",
        empty_text="Le référent qualité en fait un pour l’auditeur : tout ce qui prouve, en un fichier.",
    )
    file = Own("", BinderFile, name="audits:binder")
