"""Proofs of an action: add, download, remove."""

from django.views import View

from actions.forms.progress import ProofForm
from actions.models import Proof
from actions.services import proofs
from actions.views.scope import EDIT, OF_ACTION, REPORT, VIEW
from core.pages import AddPage, VerbPage
from core.pages.access import OnObject
from core.pages.section import Add, Own, Remove, Section
from core.pages.stored_files import serve


class ProofAdd(AddPage):
    """A document that shows what was done."""

    def get_context_data(self, **context):
        return super().get_context_data(action=self.object, back="", **context)


class ProofFile(OnObject, View):
    """The file, always to be saved and never shown in the page."""

    permission = VIEW

    def get(self, request, *args, **kwargs):
        proof = self.object
        return serve(request, proof.file, digest=proof.digest, name=proof.name)


class ProofRemove(VerbPage):
    """Remove a proof: the référent, or the person who added it."""

    permission = REPORT

    def require_on(self, obj: Proof) -> None:
        if obj.added_by_id != self.request.user.pk:
            self.permission = EDIT
        super().require_on(obj)


class Proofs(Section):
    name, path, permission = "actions:proof", "preuves/<int:pk>/", REPORT
    queryset = Proof.objects.select_related("action__finding__plan__site")
    parent, anchor = OF_ACTION, "#preuves"

    add = Add(
        "actions/<int:pk>/preuves/joindre/",
        ProofForm,
        proofs.add_proof,
        page=ProofAdd,
        template_name="actions/action/progress.html",
        title="Joindre une preuve",
        button_label="Joindre",
        success_message="La preuve est jointe.",
    )
    file = Own("", ProofFile, name="actions:proof")
    remove = Remove(
        proofs.remove_proof,
        at="retirer",
        page=ProofRemove,
        reason="required",
        title="Retirer « {0.name} »",
        question="Retirer « {0.name} » ?",
        button_label="Retirer la preuve",
        explanation="Le fichier est effacé. Son nom, son empreinte et la raison restent dans l’historique.",
        success_message="La preuve est retirée.",
    )
