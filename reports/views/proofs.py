"""Proof-reading: the link asked for and closed, the page of who reads without an account, remarks dealt with."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from core.base.errors import UserError
from core.pages import VerbPage
from core.pages.page import link
from core.pages.section import Add, Parent, Press, Section
from core.pages.stored_files import serve
from organisations.permissions import Permission
from reports.forms import ProofForm
from reports.models import Edition, FrozenChapter, ProofComment, Proofreading
from reports.rules.figures import plain
from reports.rules.images import served_from
from reports.rules.texts import subheadings_of
from reports.services import editions, proofs
from reports.views.editions import Editions

ON_EDITION = Parent(
    "edition", Edition.objects.for_list().select_related("report__site"), "reports:edition", way=Editions.way
)


class Proofs(Section):
    """The links of an edition."""

    name, path, permission = "reports:proof", "relectures/<int:pk>/", Permission.REPORT_EDIT
    queryset = Proofreading.objects.select_related("edition__report__site")
    parent = ON_EDITION

    create = Add(
        "editions/<int:pk>/relecture/",
        ProofForm,
        proofs.invite,
        title="Demander une relecture",
        intro="La personne lit l’édition et note ses remarques à côté du texte, par un lien à son nom, sans compte.",
        button_label="Donner le lien",
        success_message="Le lien de relecture est prêt.",
    )
    end = Press("terminer", proofs.end, success_message="Le lien n’ouvre plus rien ; les remarques restent.")


class Settle(VerbPage):
    """Back to the edition, where the remarks are read."""

    def get_success_url(self) -> str:
        return link("reports:edition", self.object.proofreading.edition_id) + "#relectures"


class Remarks(Section):
    """The remarks of a proof."""

    name, path, permission = "reports:remark", "remarques/<int:pk>/", Permission.REPORT_EDIT
    queryset = ProofComment.objects.select_related("proofreading__edition__report__site")
    parent = Parent("proofreading", Proofreading.objects.all(), "reports:edition")

    settle = Press("traiter", proofs.settle, page=Settle)


class ByLink(View):
    """A page that the secret of the link protects."""

    @cached_property
    def proofreading(self) -> Proofreading:
        found = proofs.find(self.kwargs["token"])
        if found is None:
            raise Http404
        return found


@method_decorator([login_not_required, never_cache], name="dispatch")
class ProofImage(ByLink):
    """An image of the edition, while the link is open."""

    def get(self, request, token, number):
        if not self.proofreading.is_open(timezone.localdate()):
            raise Http404
        kept = get_object_or_404(editions.images_of(self.proofreading.edition), pk=number)
        return serve(request, kept.file, digest=kept.digest, name=kept.name)


@method_decorator([login_not_required, csrf_exempt, never_cache], name="dispatch")
class ProofRead(ByLink):
    """The edition, chapter by chapter, with what this person remarked beside it."""

    def get(self, request, token):
        return self.show()

    def post(self, request, token):
        if "end" in request.POST:
            proofs.end(self.proofreading, by=None)
            return redirect("reports:proof-read", token)
        chapter = self.chapter()
        try:
            made = proofs.comment(
                self.proofreading,
                chapter=chapter,
                text=request.POST.get("text", ""),
                passage=request.POST.get("passage", ""),
            )
        except UserError as error:
            return self.show(error=error.message, at=chapter.pk, typed=request.POST.get("text", ""), status=422)
        return redirect(link("reports:proof-read", token) + f"?note={made.pk}#remarque-{made.pk}")

    def chapter(self) -> FrozenChapter:
        key = self.request.POST.get("chapter", "")
        found = self.proofreading.edition.chapters.filter(pk=int(key)).first() if key.isdecimal() else None
        if found is None:
            raise Http404
        return found

    def show(self, *, status: int = 200, **context) -> HttpResponse:
        proof, remarks = self.proofreading, {}
        if proof.is_open(timezone.localdate()):
            for one in proof.comments.order_by("pk"):
                remarks.setdefault(one.chapter_id, []).append(one)
            chapters = list(proof.edition.chapters.exclude(body=""))
            folder = f"{link('reports:proof-read', self.kwargs['token'])}images/"
            for one in chapters:
                one.body = plain(served_from(one.body, folder))
            context["just_noted"] = "note" in self.request.GET
            context["chapters"] = [(one, subheadings_of(one.body), remarks.get(one.pk, [])) for one in chapters]
        else:
            status = 410
        response = render(self.request, "reports/proof.html", {"proof": proof, **context}, status=status)
        response["Referrer-Policy"] = "no-referrer"
        return response
