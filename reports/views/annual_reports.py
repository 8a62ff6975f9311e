"""The annual reports of one's sites: list, opening, the page of a report."""

from core.pages import CreatePage, DetailPage, HistoryPage, ListPage, PageAction, UpdatePage
from organisations.permissions import Permission
from reports import contradictions
from reports.enums import BESIDE, Document
from reports.forms import OpenReportForm, ReportForm
from reports.models import AnnualReport, Edition
from reports.rendering import states
from reports.services import annual_reports, drafts, papers
from reports.tables import ReportTable

HINTS = {
    Document.PLAQUETTE: "L’essentiel du bilan en deux pages : chiffres clés et mot du préfet.",
    Document.TRANSPARENCE: "Les six chiffres du dernier trimestre mesuré, à afficher dans le hall.",
    Document.RESULTS: "La dernière enquête de satisfaction close dans l’année, en A3, lisible à deux mètres.",
}


class OnReport:
    """What every page about a report declares."""

    queryset = AnnualReport.objects.for_list()
    permission = Permission.REPORT_VIEW
    detail_url_name = "reports:report"
    history_url_name = "reports:report-history"
    breadcrumbs = (("Bilans qualité", "reports:reports"),)


class ReportList(ListPage):
    """Bilans of the sites one may see."""

    queryset = AnnualReport.objects.for_list()
    permission = Permission.REPORT_VIEW
    table_class = ReportTable
    create_url_name = "reports:report-open"
    create_permission = Permission.REPORT_EDIT
    create_label = "Ouvrir un bilan"
    empty_title = "Aucun bilan n’est encore ouvert."
    empty_text = "Le référent qualité ouvre le bilan d’un site et d’une année ; les chiffres s’y inscrivent seuls."


class ReportOpen(CreatePage):
    """Open the report of a site and year."""

    permission = Permission.REPORT_EDIT
    form_class = OpenReportForm
    title = "Ouvrir un bilan"
    button_label = "Ouvrir le bilan"
    breadcrumbs = (("Bilans qualité", "reports:reports"),)
    list_url_name = "reports:reports"
    detail_url_name = "reports:report"
    success_message = "Le bilan est ouvert : ses chiffres sont calculés, il reste à rédiger."

    def save_verb(self, form):
        return annual_reports.open_report(**form.cleaned_data, by=self.request.user)


class ReportPage(OnReport, DetailPage):
    """A report: its chapters with their completeness, and its editions."""

    template_name = "reports/report.html"
    actions = (
        PageAction(
            "Produire le bilan (PDF)",
            "reports:report-render",
            Permission.REPORT_RENDER,
            "fr-icon-printer-line",
            "",
            "post",
        ),
        PageAction("Ajouter un chapitre", "reports:chapter-add", Permission.REPORT_EDIT, "fr-icon-add-line"),
        PageAction("Titre et signataire", "reports:report-edit", Permission.REPORT_EDIT, "fr-icon-edit-line"),
    )

    def get_context_data(self, **context) -> dict:
        chapters = states.states_of(self.object)
        may_write = self.allows(Permission.REPORT_EDIT)
        made = papers.latest(self.object)
        return super().get_context_data(
            chapters=chapters,
            summary=states.summary(chapters),
            to_mend=self._to_mend() if may_write else 0,
            editions=list(Edition.objects.filter(report=self.object).for_list()),
            papers=[{"kind": kind, "hint": HINTS[kind], "made": made.get(kind)} for kind in BESIDE],
            to_take=len(drafts.to_take(self.object)) if may_write else 0,
            may_write=may_write,
            may_render=self.allows(Permission.REPORT_RENDER),
            **context,
        )

    def _to_mend(self) -> int:
        """How many contradictions the person is to mend."""
        report, user = self.object, self.request.user
        found = contradictions.of_year(report.site, report.year, user=user, omissions=False)
        return sum(len(one.contradictions) for one in found)


class ReportEdit(OnReport, UpdatePage):
    """Change what the cover prints."""

    permission = Permission.REPORT_EDIT
    form_class = ReportForm

    def save_verb(self, form):
        return annual_reports.describe(self.object, **form.cleaned_data, by=self.request.user)


class ReadersHistory(HistoryPage):
    """A history for those who may read the report too: a contributor reads the history of figures, not of reports."""

    permission = Permission.HISTORY_VIEW

    def check_permission(self) -> None:
        self.require(Permission.REPORT_VIEW)
        super().check_permission()


class ReportHistory(OnReport, ReadersHistory):
    """Who changed the cover of the report."""

    permission = Permission.HISTORY_VIEW
