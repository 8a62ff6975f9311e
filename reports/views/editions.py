"""The editions of a report and the papers of its year: asked for, followed, downloaded."""

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views import View

from core.pages import Page, PageAction, VerbPage
from core.pages.access import OnObject
from core.pages.section import Ask, Detail, Fill, Own, Parent, Section
from core.pages.stored_files import serve
from organisations.permissions import Permission
from reports.enums import BESIDE, Document
from reports.forms import PublishForm
from reports.models import AnnualReport, Edition, PrintedFile
from reports.rules.figures import led
from reports.rules.images import FOLDER, served_from
from reports.services import annual_reports, drafts, editions, papers, proofs
from reports.views.annual_reports import OnReport

EDIT, VALIDATE = Permission.REPORT_EDIT, Permission.REPORT_VALIDATE
WAY = (("Bilans qualité", "reports:reports"),)


class EditionRequest(OnReport, VerbPage):
    """Ask for the PDF and go to the page that shows how far it is."""

    permission = Permission.REPORT_RENDER
    is_direct = True

    def post(self, request, *args, **kwargs):
        job = self.ask_for(request.user)
        return HttpResponseRedirect(reverse("core:job", args=[job.uuid]))

    def ask_for(self, user):
        return annual_reports.request_edition(self.object, by=user)


class PaperRequest(EditionRequest):
    """Ask for the plaquette or a poster."""

    def ask_for(self, user):
        if self.kwargs["document"] not in BESIDE:
            raise Http404
        return papers.request(self.object, document=self.kwargs["document"], by=user)


class TakeLastYear(OnReport, VerbPage):
    """Take the words of the year before as a draft."""

    permission = Permission.REPORT_EDIT
    is_direct = True

    def verb(self, obj, *, reason: str):
        self.taken = drafts.take_last_year(obj, by=self.request.user)

    def get_success_message(self) -> str:
        several = len(self.taken) > 1
        return (
            f"{len(self.taken)} texte{'s' if several else ''} repris de {self.object.year - 1} : "
            f"{'ils ne s’impriment' if several else 'il ne s’imprime'} qu’une fois modifié{'s' if several else ''} ou "
            f"confirmé{'s' if several else ''}."
        )


class FileDownload(OnObject, View):
    """Another format of an edition, or a paper of the year."""

    queryset = PrintedFile.objects.exclude(document=Document.FINAL).select_related("report")
    permission = Permission.REPORT_VIEW

    def get(self, request, *args, **kwargs):
        kept = self.get_kept()
        return serve(request, kept.file, digest=kept.digest, name=kept.name)

    def get_kept(self):
        return self.object


class EditionDownload(FileDownload):
    """The PDF of an edition, for those who may read the report: marked as a draft until it is sealed."""

    queryset = Edition.objects.for_list().select_related("report")
    permission = Permission.REPORT_VIEW

    def get_kept(self):
        return pdf_of(self.object)


def pdf_of(edition: Edition):
    """The PDF of an edition: marked as a draft until it is sealed."""
    return (edition.sealed and edition.final) or edition


class EditionPage:
    """Where an edition stands: what was done, what stops its sealing, its proofs, what it changes."""

    template_name = "reports/edition.html"
    actions = (
        PageAction("Demander une relecture", "reports:proof-create", EDIT, "fr-icon-user-line"),
        PageAction("Soumettre à la direction", "reports:edition-submit", EDIT, "fr-icon-send-plane-line"),
        PageAction("Valider cette édition", "reports:edition-validate", VALIDATE, "fr-icon-check-line", ""),
        PageAction("Sceller", "reports:edition-seal", EDIT, "fr-icon-lock-line"),
        PageAction("Publier", "reports:edition-publish", EDIT, "fr-icon-send-plane-line"),
    )

    def get_title(self) -> str:
        return f"Édition {self.object.number}"

    def get_actions(self) -> list[dict[str, str]]:
        """What comes next: a sealed edition is neither proof-read nor validated any more."""
        edition = self.object
        done = {
            "relecture": edition.sealed,
            "soumettre": edition.submitted or edition.validated,
            "valider": edition.validated,
            "sceller": edition.sealed or not edition.validated,
            "publier": not edition.sealed,
        }
        return [one for one in super().get_actions() if not done[one["url"].rstrip("/").rpartition("/")[2]]]

    def get_context_data(self, **context) -> dict:
        edition, may_write = self.object, self.allows(EDIT)
        before, changed = editions.differences_of(edition)
        proofs_of = edition.proofreadings.prefetch_related("comments__chapter").order_by("pk")
        today = timezone.localdate()
        return super().get_context_data(
            edition=edition,
            obstacles=[] if edition.sealed else editions.obstacles(edition),
            is_intact=edition.sealed and editions.digest(edition) == edition.sealed.digest,
            before=before,
            changed=changed,
            proofreadings=[
                (one, proofs.link_of(one) if may_write and one.is_open(today) else "", one.is_open(today))
                for one in proofs_of
            ],
            may_write=may_write,
            **context,
        )


class Reading(OnObject, Page, View):
    """An edition as a page to read, on a page of its own, which its downloads stand above."""

    template_name = "reports/reading.html"
    is_draft = True  # read from the page of the edition, not as published
    queryset = Edition.objects.for_list().select_related("report__site")

    def get(self, request, *args, **kwargs):
        edition = self.get_edition()
        chapters = list(edition.chapters.exclude(body=""))
        for chapter in chapters:
            chapter.body = self.shown(chapter.body)
        return self.render(
            edition=edition,
            publication=None if self.is_draft else self.object,
            object_is_edition=self.is_draft,
            chapters=chapters,
        )

    def get_edition(self) -> Edition:
        return self.object

    def shown(self, body: str) -> str:
        """Who reads the report is led to the rows of each figure."""
        return led(served_from(body, FOLDER))

    def get_title(self) -> str:
        return str(self.get_edition())


class Editions(Section):
    """What is done to an edition."""

    name, path, permission = "reports:edition", "editions/<int:pk>/", EDIT
    queryset = Edition.objects.for_list().select_related("report__site")
    parent = Parent("report", AnnualReport.objects.for_list(), "reports:report", way=WAY)

    detail = Detail(page=EditionPage)
    read = Own("lire", Reading, permission=Permission.REPORT_VIEW)
    download = Own("telecharger", EditionDownload)
    submit = Ask(
        "soumettre",
        editions.submit,
        title="Soumettre « {0} » à la direction",
        button_label="Soumettre à la direction",
        consequences=(
            "La direction reçoit un courriel, et la validation entre dans ce qu’elle a à faire.",
            "Vous pouvez encore corriger : une nouvelle édition se soumet à son tour.",
        ),
        success_message="L’édition est soumise à la direction.",
    )
    validate = Ask(
        "valider",
        editions.validate,
        permission=VALIDATE,
        title="Valider « {0} »",
        button_label="Valider cette édition",
        consequences=(
            "Vous dites, pour la direction, que cette édition est juste ; votre nom et l’heure sont gardés.",
            "Une correction, ensuite, fera une nouvelle édition, à valider à son tour.",
        ),
        success_message="L’édition est validée.",
    )
    seal = Ask(
        "sceller",
        editions.seal,
        title="Sceller « {0} »",
        button_label="Sceller cette édition",
        consequences=(
            "Ses chiffres et ses textes sont figés ; son empreinte et le dernier sceau de l’historique sont gardés.",
            "Une édition scellée se publie, et ne se reprend pas.",
        ),
        success_message="L’édition est scellée.",
    )
    publish = Fill(
        "publier",
        PublishForm,
        editions.publish,
        title="Publier « {0} »",
        button_label="Publier",
        intro="Chaque lecteur reçoit un courriel, une seule fois. L’édition publiée avant n’est plus montrée.",
        success_message="Le bilan est publié.",
    )
