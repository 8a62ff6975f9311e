"""The bilans published to one's roles: listed, read, downloaded with their images, withdrawn."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views import View

from core.pages import VerbPage
from core.pages.access import OnObject
from core.pages.page import link
from core.pages.section import Ask, Listing, Own, Section
from core.pages.stored_files import serve
from organisations.permissions import Permission
from reports.models import Edition, Publication
from reports.rules.figures import led, plain
from reports.rules.images import served_from
from reports.services import editions
from reports.tables import PublicationTable
from reports.views.editions import EDIT, Reading, pdf_of


class Withdraw(VerbPage):
    """Back to the edition, which stays."""

    def get_success_url(self) -> str:
        return link("reports:edition", self.object.edition_id)


class PublicationReading(Reading):
    """The published bilan, for its readers."""

    is_draft = False
    queryset = Publication.objects.for_list()

    def get_edition(self) -> Edition:
        return self.edition

    @cached_property
    def edition(self) -> Edition:
        return Edition.objects.for_list().select_related("report__site").get(pk=self.object.edition_id)

    def shown(self, body: str) -> str:
        """Its readers are led to the rows of a figure where they may also read the drafts of the report."""
        served = served_from(body, f"{link('reports:publication', self.object.pk)}images/")
        may_follow = self.request.user.can(Permission.REPORT_VIEW, self.edition.report.site_id)
        return led(served) if may_follow else plain(served)


class PublicationImage(OnObject, View):
    """An image of the published edition, for its readers."""

    queryset = Publication.objects.select_related("edition__report")

    def get(self, request, *args, number: int, **kwargs):
        kept = get_object_or_404(editions.images_of(self.object.edition), pk=number)
        return serve(request, kept.file, digest=kept.digest, name=kept.name)


class PublicationDownload(OnObject, View):
    """A format of the published edition: « pdf », « html », « odt »."""

    queryset = Publication.objects.for_list()

    def get(self, request, *args, format: str, **kwargs):
        edition = self.object.edition
        kept = pdf_of(edition) if format == "pdf" else edition.files.filter(name__endswith=f".{format}").first()
        if kept is None:
            raise Http404
        return serve(request, kept.file, digest=kept.digest, name=kept.name)


class Publications(Section):
    """The bilans published to one's roles: read, downloaded, withdrawn."""

    name, path, permission = "reports:publication", "publies/<int:pk>/", EDIT
    queryset = Publication.objects.for_list()

    listing = Listing(
        "publies/",
        table_class=PublicationTable,
        title="Bilans publiés",
        empty_title="Aucun bilan n’est publié pour vous.",
        empty_text="Un bilan apparaît ici quand le référent qualité le publie à votre rôle ; un courriel vous le dit.",
    )
    read = Own("", PublicationReading, name="reports:publication", permission=Permission.REPORT_READ)
    image = Own("images/<int:number>/", PublicationImage, permission=Permission.REPORT_READ)
    download = Own("telecharger/<slug:format>", PublicationDownload, permission=Permission.REPORT_READ)
    withdraw = Ask(
        "retirer",
        editions.withdraw,
        page=Withdraw,
        title="Retirer « {0} »",
        reason="required",
        button_label="Retirer",
        is_danger=True,
        consequences=("Ses lecteurs ne le voient plus. L’édition reste scellée, et peut être publiée de nouveau.",),
    )
