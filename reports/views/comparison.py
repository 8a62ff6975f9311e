"""Préfectures compared over a year, and the exchange file by which those of other installations come in."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View

from core.base.errors import UserError
from core.base.words import counted
from core.pages import Page, PermissionRequired
from core.pages.access import OnObject
from core.pages.form import FormPage
from core.pages.page import link
from organisations import places
from organisations.enums import UnitKind
from organisations.models import Unit
from organisations.permissions import Permission
from reports import results
from reports.forms import ExchangeForm
from reports.models import AnnualReport, ComparedYear, ForeignYear
from reports.rules.exchange import fingerprint
from reports.rules.percentiles import SHOWN
from reports.services import exchange

EARLIEST = 2000
TITLE = "Comparer les préfectures"
KINDS = (
    (UnitKind.PREFECTURE, "Les préfectures, chacune avec ses sous-préfectures"),
    (UnitKind.SOUS_PREFECTURE, "Les sous-préfectures, une par une"),
)


class PrefectureComparison(PermissionRequired, Page, View):
    """Percentiles of each indicator among the sites of a kind, and where one's own stand."""

    permission = Permission.REPORT_VIEW
    template_name = "reports/comparison.html"
    title = TITLE
    takes_year = True  # `?annee=`: chosen in the header

    @cached_property
    def year(self) -> int:
        """The year asked for, else the one kept, else the last that is over."""
        last = timezone.localdate().year
        asked = self.request.GET.get("annee", "") or str(places.kept(self.request).year or "")
        year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == len("2022") else last - 1
        return year if EARLIEST <= year <= last else last - 1

    def get(self, request):
        mine = Unit.objects.sites().filter(pk__in=request.user.access.units_with(self.permission))
        own = set(mine.values_list("pk", flat=True))
        foreign = ForeignYear.objects.filter(year=self.year).order_by("code")
        kept = {one.kind: one for one in ComparedYear.objects.filter(year=self.year)}
        parts = [(title, results.compared(kind, self.year, own=own, kept=kept.get(kind))) for kind, title in KINDS]
        return self.render(
            year=self.year,
            parts=[(title, rows) for title, rows in parts if rows],
            percentiles=SHOWN,
            fewest=results.FEWEST,
            computed_at=min((one.computed_at for one in kept.values()), default=None),
            foreign=[(one, fingerprint(one.key)) for one in foreign],
            may_read=request.user.can(Permission.REPORT_EDIT),
            own_key=exchange.own_fingerprint(),
        )


class ReadFile(FormPage):
    """Read the file of another installation."""

    permission = Permission.REPORT_EDIT
    form_class = ExchangeForm
    title = "Lire un fichier d’échange"
    intro = "Le fichier signé d’un site d’une autre installation : il est refusé si une seule lettre en a changé."
    button_label = "Lire le fichier"
    breadcrumbs = ((TITLE, "reports:comparison"),)

    def save_verb(self, form):
        return exchange.read(form.cleaned_data["file"].read(), by=self.request.user)

    def get_success_message(self, saved) -> str:
        read = counted(len(saved.figures), "chiffre lu", "chiffres lus")
        return f"{saved} : {read}. Empreinte de sa clé : {fingerprint(saved.key)}."

    def get_success_url(self, saved) -> str:
        return f"{link('reports:comparison')}?annee={saved.year}"

    def get_cancel_url(self) -> str:
        return link("reports:comparison")


class ExchangeFile(OnObject, View):
    """The signed file of a report's site and year; `?nom=1` shows its name to who compares."""

    queryset = AnnualReport.objects.select_related("site")
    permission = Permission.REPORT_EDIT

    def get(self, request, *args, **kwargs):
        report = self.object
        try:
            content = exchange.write(report, is_named=request.GET.get("nom") == "1")
        except UserError as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(link("reports:report", report.pk))
        name = f"echange-{report.site.code}-{report.year}.json"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
        return HttpResponse(content, content_type="application/json", headers=headers)
