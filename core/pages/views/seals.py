"""« Sceaux de l’historique »: the seals set each night, what the last verification found, and verify now."""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.views import View

from core.base.words import counted
from core.models import HistorySeal
from core.pages import ListPage, PermissionRequired
from core.pages.tables import Column, FigureColumn, Table
from core.record import seals as record
from core.services import seals


class SealTable(Table):
    """One line per night with something to seal."""

    sealed_at = Column(verbose_name="Posé le")
    row_count = FigureColumn(accessor="row_count", verbose_name="Lignes scellées")
    digest = Column(verbose_name="Empreinte", orderable=False, reads=("digest",))

    class Meta(Table.Meta):
        model = HistorySeal
        fields = ("sealed_at", "row_count", "digest")
        attrs = {"caption": "Sceaux posés"}

    def render_digest(self, value):
        return format_html("<code>{}…</code>", value[:16])

    def value_digest(self, digest):
        return digest


class SealList(ListPage):
    """The seals, latest first, under the last verdict."""

    permission = seals.PERMISSION
    template_name = "core/seals.html"
    queryset = HistorySeal.objects.order_by("-sealed_at")
    is_global = True
    table_class = SealTable
    title = "Sceaux de l’historique"
    noun = ("sceau", "sceaux")
    export_name = "sceaux-historique"
    empty_title = "Aucun sceau n’a encore été posé."
    empty_text = "Le premier sera posé cette nuit, sur tout l’historique écrit jusque-là."

    def get_list_context(self, count, filterset) -> dict:
        job = seals.last_verification()
        return {
            **super().get_list_context(count, filterset),
            "last": job,
            "head": head_words(),
            "verdict": job and verdict(job.result),
        }


class SealVerify(PermissionRequired, View):
    """Ask for a verification, with or without a head that was kept elsewhere, and follow it."""

    permission = seals.PERMISSION
    http_method_names = ("post", "options")

    def post(self, request):
        job = seals.request_verification(by=request.user, head=request.POST.get("empreinte", ""))
        return HttpResponseRedirect(reverse("core:job", args=[job.uuid]))


def head_words() -> str:
    return record.head() or "aucun sceau encore"


def verdict(result: dict) -> dict:
    """What the last verification found, as the page tells it."""
    breaches, waiting = result["breaches"], result["waiting"]
    return {
        "kind": "error" if breaches else "success",
        "title": "L’historique n’est plus celui qui a été scellé" if breaches else "L’historique est intact",
        "text": result["message"] if not breaches else "",
        "breaches": breaches,
        "waiting": f"{counted(waiting, 'ligne')} plus récente{'s' if waiting > 1 else ''} à sceller."
        if waiting
        else "",
    }
