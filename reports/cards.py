"""What the reports put on the home page: the bilan to download or ask for, the mandate of an auditor, accounts."""

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.urls import reverse
from django.utils import timezone

from core.base.registries import CardContent, CardRow, HomeCard, home_cards
from core.base.words import counted
from core.services import backups
from organisations.enums import Role
from organisations.permissions import Permission
from referential.models import Perimeter
from reports import contradictions
from reports.models import AnnualReport, Edition

MOST_ROWS = 4
COUNTED_ON = "compté le {:%d/%m/%Y}"
NO_BACKUP = "aucune n’a encore été faite : « manage.py backup FICHIER », ou la nuit si BACKUP_KEPT n’est pas 0"


def bilan(request) -> CardContent | None:
    """The last edition of each report one may read, in one click; where there is none yet, the button that makes it."""
    user = request.user
    reports = list(AnnualReport.objects.visible_to(user).select_related("site").order_by("-year", "site")[:MOST_ROWS])
    may_open = user.can(Permission.REPORT_EDIT)
    if not reports and not may_open:
        return None
    editions = Edition.objects.filter(report__in=[report.pk for report in reports]).order_by("number")
    last = {edition.report_id: edition for edition in editions}
    rows = [
        {"report": r, "edition": last.get(r.pk), "may_render": user.can(Permission.REPORT_RENDER, r.site_id)}
        for r in reports
    ]
    return CardContent(
        template="reports/_home_reports.html",
        context={"rows": rows, "may_open": may_open},
        more_url=reverse("reports:reports"),
        more_label="Tous les bilans",
    )


def to_mend(request) -> CardContent | None:
    """How many contradictions the year under way has, by site, for whoever writes the report; none where all agrees."""
    year = timezone.localdate().year
    rows = [
        CardRow(
            found.site.name,
            f"{reverse('reports:contradictions')}?site={found.site.code}&annee={year}",
            f"{counted(found.number, 'contradiction')} en {year}, {COUNTED_ON.format(found.counted_at)}",
        )
        for found in contradictions.counted(request.user, year)[:MOST_ROWS]
    ]
    return CardContent(rows=rows) if rows else None


def mandate(request) -> CardContent | None:
    """What an auditor may read and until when, the perimeter of the label, who may do what."""
    if Role.AUDITOR not in request.user.access.roles:
        return None
    memberships = request.user.memberships.in_force(timezone.localdate()).filter(role=Role.AUDITOR)
    rows = [
        CardRow(str(m.unit), reverse("organisations:unit", args=[m.unit.code]), f"jusqu’au {m.valid_until:%d/%m/%Y}")
        for m in memberships.select_related("unit")
    ]
    modules = Perimeter.objects.visible_to(request.user).count()
    plural = "s" if modules > 1 else ""
    kept = f"{modules} module{plural} retenu{plural}" if modules else "aucun module retenu pour le moment"
    rows.append(CardRow("Le périmètre du label", reverse("referential:perimeters"), kept))
    rows.append(CardRow("Les rôles et les droits", reverse("organisations:roles"), "qui peut faire quoi"))
    return CardContent(rows=rows)


def accounts(request) -> CardContent | None:
    """What the technical administrator keeps: this role reads no figure."""
    if Role.TECHNICAL_ADMIN not in request.user.access.roles:
        return None
    return CardContent(
        rows=[
            *([] if settings.DEMO else [_last_backup()]),
            CardRow("Comptes", reverse("organisations:accounts"), "créer, inviter, donner un rôle, fermer"),
            CardRow("Unités", reverse("organisations:units"), "préfecture, sous-préfectures, services"),
            CardRow("Rôles et droits", reverse("organisations:roles"), "qui peut faire quoi"),
        ]
    )


def _last_backup() -> CardRow:
    """How old the last good backup is, and why there is none since."""
    last = backups.last()
    if last.at is None:
        return CardRow("Sauvegarde", "", last.error or NO_BACKUP, badge="Jamais sauvegardé", level="error")
    when = f"{naturaltime(last.at)} : {last.words}"
    if last.error:
        return CardRow("Sauvegarde", "", f"{last.error} La dernière bonne, {when}", badge="Échec", level="error")
    badge, level = ("Trop ancienne", "error") if last.is_late else ("À jour", "success")
    return CardRow("Dernière bonne sauvegarde", "", when, badge=badge, level=level)


def register() -> None:
    """Register the cards with the home page."""
    home_cards.register(HomeCard("accounts", "Comptes et organisation", Permission.ACCOUNT_EDIT, accounts, 5, "todo"))
    home_cards.register(
        HomeCard("contradictions", "Ce qui se contredit", Permission.REPORT_EDIT, to_mend, 80, "missing")
    )
    home_cards.register(HomeCard("mandate", "Votre mandat", Permission.HISTORY_VIEW, mandate, 5, "state"))
    home_cards.register(HomeCard("bilan", "Le bilan qualité", Permission.REPORT_VIEW, bilan, 90, "state"))
