"""Dated files of the plans: produced, listed, verified."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views import View

from actions.enums import ExtractFormat
from actions.exports.files import WRITERS, claimed_digest, file_name
from actions.forms.days import ExtractForm
from actions.forms.extracts import VerifyForm
from actions.models import PlanExtract
from actions.services import extracts
from actions.services.extracts import ExtractOutcome, Verdict
from actions.tables.extracts import ExtractTable
from actions.views.scope import PLANS
from actions.views.sites import PlanSitePage
from core.base.errors import UserError
from core.pages import ListPage, Page, PageAction, PermissionRequired
from organisations.permissions import Permission

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ExtractPage(PlanSitePage):
    """The file of a day: a workbook at once, a PDF by a job since its layout takes seconds."""

    permission = Permission.HISTORY_VIEW
    http_method_names = ("post", "options")

    def post(self, request, **kwargs):
        form = ExtractForm(request.POST)
        if not form.is_valid():
            messages.error(request, next(iter(form.errors.values()))[0])
            return redirect("actions:as-of", self.site.code)
        on, plan = form.cleaned_data["au"], form.cleaned_data["plan"]
        if form.cleaned_data["format"] == ExtractFormat.PDF:
            job = extracts.request(self.site, on=on, plan=plan, by=request.user)
            return HttpResponseRedirect(reverse("core:job", args=[job.uuid]))
        write = WRITERS[ExtractFormat.XLSX]
        _, content = extracts.produce(
            self.site, on=on, plan=plan, format=ExtractFormat.XLSX, write=write, by=request.user
        )
        name = file_name(self.site, on, ExtractFormat.XLSX)
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(content, content_type=XLSX_TYPE, headers=headers)


class ExtractList(ListPage):
    """The dated files produced for one's sites, which anyone may verify."""

    permission = Permission.HISTORY_VIEW
    queryset = PlanExtract.objects.select_related("site", "created_by")
    table_class = ExtractTable
    title = "Extraits datés"
    breadcrumbs = (PLANS,)
    noun = ("extrait", "extraits")
    actions = (
        PageAction("Produire un extrait", "actions:as-of", Permission.HISTORY_VIEW, kind=""),
        PageAction("Vérifier un extrait", "actions:verify", Permission.HISTORY_VIEW),
    )
    empty_title = "Aucun extrait n’a été produit."
    empty_text = "Ouvrez le plan à la date voulue, puis téléchargez son extrait en PDF ou en classeur."
    export_name = "extraits-dates"


class VerifyPage(PermissionRequired, Page, View):
    """« Vérifier un extrait »: a file or a digest, one verdict. Nothing is kept."""

    permission = Permission.HISTORY_VIEW
    title = "Vérifier un extrait"
    template_name = "actions/past/verify.html"
    breadcrumbs = (PLANS, ("Extraits datés", "actions:extracts"))

    def get(self, request):
        digest = request.GET.get("empreinte", "")
        return self.show(VerifyForm({"empreinte": digest} if digest else None, user=request.user))

    def post(self, request):
        return self.show(VerifyForm(request.POST, request.FILES, user=request.user))

    def show(self, form):
        verdict = altered = None
        if form.is_bound and form.is_valid():
            try:
                verdict, altered = self.verdict(form)
            except UserError as error:
                form.add_error("empreinte", error.message)
        return self.render(form=form, verdict=verdict, told=verdict and told(verdict, altered))

    def verdict(self, form) -> tuple[Verdict, Verdict | None]:
        """What is known of it; and, for an unknown file that names a state of ours, what is known of that state."""
        among = PlanExtract.objects.visible_to(self.request.user)
        file = form.cleaned_data["file"]
        found = extracts.verify(file or form.cleaned_data["empreinte"], among=among)
        if file and found.outcome == ExtractOutcome.UNKNOWN and (digest := claimed_digest(file)):
            named = extracts.verify(digest, among=among)
            return found, named if named.extracts else None
        return found, None


TITLES = {
    ExtractOutcome.GENUINE: ("success", "Extrait authentique"),
    ExtractOutcome.COMPLETED: ("success", "Extrait authentique, complété depuis"),
    ExtractOutcome.UNKNOWN: ("warning", "Extrait inconnu"),
    ExtractOutcome.BROKEN: ("error", "L’historique a été modifié"),
}
ALTERED = (
    "Ce fichier dit venir de l’application, mais son contenu n’est plus celui qui a été produit : ne vous y fiez pas. "
    "Voici ce que l’application a produit de cet état."
)


def told(verdict: Verdict, altered: Verdict | None) -> dict:
    """The verdict as the template takes it: one sentence, its level, the extracts it is about."""
    if altered is not None:
        return {"kind": "error", "title": "Fichier modifié", "text": ALTERED, "extracts": altered.extracts}
    kind, title = TITLES[verdict.outcome]
    return {"kind": kind, "title": title, "text": verdict.words, "extracts": verdict.extracts}
