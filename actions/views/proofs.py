"""Proofs of an action: add, download, remove."""

from pathlib import PurePath

from django.http import FileResponse, Http404
from django.views import View

from actions.forms.progress import ProofForm
from actions.models import Action, Proof
from actions.rules.proof_files import content_type_of
from actions.services import proofs, rights
from actions.views.scope import EDIT, REPORT, VIEW, OnAction, short
from core.pages import FormPage, VerbPage
from core.pages.access import OnObject
from core.pages.detail import ObjectPage
from core.pages.page import link


class ProofAdd(OnAction, ObjectPage, FormPage):
    """A document that shows what was done."""

    permission = REPORT
    form_class = ProofForm
    template_name = "actions/progress.html"
    title = crumb = "Joindre une preuve"
    button_label = "Joindre"
    success_message = "La preuve est jointe."

    def save_verb(self, form):
        return proofs.add_proof(self.object, by=self.request.user, **form.cleaned_data)

    def get_success_url(self, saved):
        return f"{self.get_object_url()}#preuves"

    def get_cancel_url(self):
        return self.get_object_url()

    def get_context_data(self, **context):
        return super().get_context_data(action=self.object, back="", **context)


class OnProof(OnObject):
    """A view about a proof, for those who may do as much to its action."""

    queryset = Proof.objects.select_related("action__finding__plan__site")

    def unit_id_of(self, obj: Proof) -> int | None:
        return rights.unit_of(self.request.user, obj.action, self.permission)


class ProofFile(OnProof, View):
    """The file, always to be saved and never shown in the page."""

    permission = VIEW

    def get(self, request, *args, **kwargs):
        proof = self.object
        try:
            content = proof.file.open("rb")
        except FileNotFoundError:
            raise Http404 from None
        response = FileResponse(
            content, as_attachment=True, filename=proof.name, content_type=content_type_of(proof.name)
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response["Cache-Control"] = "private, no-store"
        return response


class ProofRemove(OnProof, VerbPage):
    """Remove a proof: the référent, or the person who added it."""

    permission = REPORT
    title = "Retirer cette preuve"
    reason = "required"
    is_danger = True
    button_label = "Retirer la preuve"
    explanation = "Le fichier est effacé. Son nom, son empreinte et la raison restent dans l’historique."
    success_message = "La preuve est retirée."

    def find_object(self):
        proof = super().find_object()
        if proof.added_by_id != self.request.user.pk:
            self.permission = EDIT
        return proof

    def verb(self, obj: Proof, *, reason):
        proofs.remove_proof(obj, by=self.request.user, reason=reason)

    def get_question(self):
        return f"Retirer « {self.object.name} » ?"

    def get_object_url(self):
        return link("actions:action", self.object.action_id)

    def get_breadcrumbs(self):
        action: Action = self.object.action
        plan = action.finding.plan
        return [
            ("Plans d’actions", link("actions:plans")),
            (short(plan.title), link("actions:plan", plan.pk)),
            (short(action.title), self.get_object_url()),
            (f"Retirer « {PurePath(self.object.name).name} »", ""),
        ]
