"""What the reports put on the home page: the bilan to download, the mandate of an auditor."""

from django.urls import reverse
from django.utils import timezone

from core.registries import CardContent, CardRow, HomeCard, home_cards
from organisations.enums import Role
from organisations.permissions import Permission
from reports.models import AnnualReport, Edition

MOST_ROWS = 4


def bilan(request) -> CardContent | None:
    """The last edition of each report one may read; the report itself where none was rendered."""
    reports = AnnualReport.objects.visible_to(request.user).for_list().order_by("-year", "site")[:MOST_ROWS]
    editions = Edition.objects.filter(report__in=[report.pk for report in reports]).order_by("number")
    last = {edition.report_id: edition for edition in editions}
    rows = [_row(report, last.get(report.pk)) for report in reports]
    return CardContent(rows=rows, more_url=reverse("reports:reports"), more_label="Tous les bilans") if rows else None


def _row(report: AnnualReport, edition: Edition | None) -> CardRow:
    label = f"Bilan qualité {report.year} – {report.site}"
    if edition is None:
        return CardRow(label, reverse("reports:report", args=[report.pk]), "Pas encore de PDF", "À produire", "new")
    detail = f"Édition {edition.number} du {timezone.localtime(edition.created_at):%d/%m/%Y}, {edition.pages} pages"
    return CardRow(f"Télécharger : {label}", reverse("reports:edition-download", args=[edition.pk]), detail)


def mandate(request) -> CardContent | None:
    """What an auditor may read, and until when."""
    if Role.AUDITOR not in request.user.access.roles:
        return None
    memberships = request.user.memberships.in_force(timezone.localdate()).filter(role=Role.AUDITOR)
    rows = [
        CardRow(str(m.unit), reverse("organisations:unit", args=[m.unit.code]), f"jusqu’au {m.valid_until:%d/%m/%Y}")
        for m in memberships.select_related("unit")
    ]
    return CardContent(rows=rows)


def register() -> None:
    """Register the cards with the home page."""
    home_cards.register(HomeCard("mandate", "Votre mandat", Permission.HISTORY_VIEW, mandate, 5, "todo"))
    home_cards.register(HomeCard("bilan", "Le bilan de l’année", Permission.REPORT_VIEW, bilan, 90, "todo"))
