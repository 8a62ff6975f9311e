"""Posters and decks of a closed campaign: produced, downloaded, told out of date."""

from django.http import Http404
from django.urls import reverse
from django.views import View

from core.pages import DetailPage, VerbPage
from core.pages.access import OnObject
from core.pages.stored_files import serve
from organisations.permissions import Permission
from surveys.enums import CampaignState, PublicationKind
from surveys.models import Campaign, Publication
from surveys.services import public_editions, publications

HINTS = {
    PublicationKind.POSTER_A3: "Pour la porte et le hall : lisible à deux mètres.",
    PublicationKind.POSTER_A4: "Pour le guichet, la salle d’attente, un envoi par courriel.",
    PublicationKind.SLIDES_PPTX: "Pour le CLU, avec un graphique modifiable dans PowerPoint.",
    PublicationKind.SLIDES_ODP: "Pour le CLU, pour Impress (LibreOffice).",
    PublicationKind.SLIDES_PDF: "À envoyer aux membres : les mêmes pages, lisibles par un lecteur d’écran.",
}


class PublicationList(DetailPage):
    """What a campaign gives to post up and to project: the newest of each kind, and whether it is still true."""

    queryset = Campaign.objects.select_related("site", "questionnaire")
    lookup_field = "code"
    permission = Permission.SURVEY_VIEW
    template_name = "surveys/publications/list.html"
    breadcrumbs = (("Enquêtes", "surveys:campaigns"),)

    def get_title(self) -> str:
        return f"Affiches et diaporamas – {self.object.title}"

    def get_context_data(self, **context) -> dict:
        is_closed = self.object.state == CampaignState.CLOSED
        digest = public_editions.shown(self.object).digest if is_closed else ""
        made = publications.latest(self.object)
        kinds = [
            {"kind": kind, "hint": HINTS[kind], "made": made.get(kind), "is_stale": _is_stale(made.get(kind), digest)}
            for kind in PublicationKind
        ]
        return super().get_context_data(
            campaign=self.object,
            kinds=kinds,
            is_closed=is_closed,
            edition=public_editions.current(self.object) if is_closed else None,
            may_edit=self.allows(Permission.SURVEY_EDIT),
            **context,
        )


class PublicationRequest(VerbPage):
    """Ask for one, and go to the page that shows how far it is."""

    queryset = Campaign.objects.select_related("site")
    lookup_field = "code"
    permission = Permission.SURVEY_EDIT
    is_direct = True
    detail_url_name = "surveys:publications"

    def verb(self, obj, *, reason: str):
        if self.kwargs["kind"] not in PublicationKind.values:
            raise Http404
        self.job = publications.request(obj, kind=self.kwargs["kind"], by=self.request.user)

    def get_success_url(self) -> str:
        return reverse("core:job", args=[self.job.uuid])


class PublicationDownload(OnObject, View):
    """The file as it was produced."""

    queryset = Publication.objects.select_related("campaign")
    permission = Permission.SURVEY_VIEW

    def get(self, request, *args, **kwargs):
        made = self.object
        return serve(request, made.file, digest=made.file_digest, name=made.name)


def _is_stale(made: Publication | None, digest: str) -> bool:
    return made is not None and made.shown_digest != digest
