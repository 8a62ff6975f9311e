"""What the reports put on the home page: the bilan to download or ask for, the mandate of an auditor, accounts."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.urls import reverse
from django.utils import timezone

from core.base.home import QueueSource, StatePart, Todo, Told, Urgency, home_queue, home_state
from core.base.registries import CardContent, CardRow, HomeCard, home_cards
from core.base.words import counted
from core.services import backups
from organisations.enums import Role
from organisations.models import Membership
from organisations.permissions import Permission
from referential.models import Perimeter
from reports import contradictions
from reports.models import AnnualReport, Publication
from reports.services import editions

MOST_ROWS = 3
COUNTED_ON = "compté le {:%d/%m/%Y}"
NO_BACKUP = "aucune n’a encore été faite : « manage.py backup FICHIER », ou la nuit si BACKUP_KEPT n’est pas 0"


def bilan(request) -> CardContent | None:
    """The last edition of each report one may read, in one click; where there is none yet, the button that makes it.

    Who writes the reports has them in the band instead.
    """
    user, render = request.user, Permission.REPORT_RENDER
    if user.can(Permission.REPORT_EDIT):
        return None
    reports = AnnualReport.objects.visible_to(user).with_editions().order_by("-year", "site")[:MOST_ROWS]
    rows = [
        {"report": one, "edition": next(iter(one.editions_made), None), "may_render": user.can(render, one.site_id)}
        for one in reports
    ]
    if not rows:
        return None
    return CardContent(
        template="reports/_home_reports.html",
        context={"rows": rows},
        more_url=reverse("reports:reports"),
        more_label="Tous les bilans",
    )


def published(request) -> CardContent | None:
    """The last bilans published to one's roles, each one click from being read; for those who do not follow drafts."""
    user = request.user
    if user.can(Permission.REPORT_VIEW):
        return None
    rows = [
        CardRow(str(one), reverse("reports:publication", args=[one.pk]), f"publié le {one.published_at:%d/%m/%Y}")
        for one in Publication.objects.visible_to(user).for_list()[:MOST_ROWS]
    ]
    return CardContent(rows=rows, more_url=reverse("reports:publications"), more_label="Tous") if rows else None


def state(request) -> Iterator[Told]:
    """The last report, for whoever writes it: its edition, or that there is none."""
    if not request.user.can(Permission.REPORT_EDIT):
        return
    for one in AnnualReport.objects.visible_to(request.user).for_list().order_by("-year", "site")[:1]:
        value = f"Édition {one.edition_count}" if one.edition_count else "À produire"
        made = one.last_edition_at and f"{one.site}, le {timezone.localtime(one.last_edition_at):%d/%m/%Y}"
        yield Told(one.name, value, made or str(one.site), reverse("reports:report", args=[one.pk]))


def to_mend(request) -> Iterator[Todo]:
    """How many contradictions the year under way has, by site, for whoever writes the report; none where all agrees."""
    year = timezone.localdate().year
    for found in contradictions.counted(request.user, year):
        url = f"{reverse('reports:contradictions')}?site={found.site.code}&annee={year}"
        words = f"{counted(found.number, 'contradiction')} en {year}, {COUNTED_ON.format(found.counted_at)}"
        yield Todo(words, url, str(found.site), action="Corriger", urgency=Urgency.LATER)


def to_validate(request) -> Iterator[Todo]:
    """The editions that wait for the direction."""
    for edition in editions.awaiting(request.user):
        url = reverse("reports:edition", args=[edition.pk])
        since = timezone.localtime(edition.submitted.at).date() if edition.submitted else None
        what = f"{edition.report.name}, édition {edition.number}, à valider"
        yield Todo(what, url, str(edition.report.site), since=since, action="Lire et valider", urgency=Urgency.NOW)


def backup_alarm(request) -> Iterator[Todo]:
    """That the backup is missing, too old or failed, for whoever keeps the installation."""
    if (
        Role.TECHNICAL_ADMIN in request.user.access.roles
        and not settings.DEMO
        and (row := _last_backup()).level == "error"
    ):
        yield Todo(f"{row.label}, {row.badge.lower()} : {row.detail}", urgency=Urgency.ALARM)


def mandate(request) -> CardContent | None:
    """What an auditor may read and until when, the perimeter of the label, who may do what."""
    if Role.AUDITOR not in request.user.access.roles:
        return None
    memberships = request.user.memberships.in_force(timezone.localdate()).filter(role=Role.AUDITOR)
    rows = [
        CardRow(str(m.unit), reverse("organisations:unit", args=[m.unit.code]), _until(m))
        for m in memberships.select_related("unit")
    ]
    modules = Perimeter.objects.visible_to(request.user).count()
    plural = "s" if modules > 1 else ""
    kept = f"{modules} module{plural} retenu{plural}" if modules else "aucun module retenu pour le moment"
    rows.append(CardRow("Le périmètre du label", reverse("referential:perimeters"), kept))
    rows.append(CardRow("Les rôles et les droits", reverse("organisations:roles"), "qui peut faire quoi"))
    return CardContent(rows=rows)


def _until(membership: Membership) -> str:
    """« jusqu’au 18/12/2026, initiales des agents seules »."""
    read = "noms des agents lisibles" if membership.reads_names(timezone.localdate()) else "initiales des agents seules"
    return f"jusqu’au {membership.valid_until:%d/%m/%Y}, {read}"


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
        return CardRow("Sauvegarde", "", last.error or NO_BACKUP, badge="Jamais faite", level="error")
    when = f"{naturaltime(last.at)} : {last.words}"
    if last.error:
        return CardRow("Sauvegarde", "", f"{last.error} La dernière bonne, {when}", badge="Échec", level="error")
    badge, level = ("Trop ancienne", "error") if last.is_late else ("À jour", "success")
    return CardRow("Dernière bonne sauvegarde", "", when, badge=badge, level=level)


def register() -> None:
    """Register the lines and the cards with the home page."""
    home_queue.register(QueueSource("contradictions", Permission.REPORT_EDIT, to_mend, 80))
    home_queue.register(QueueSource("editions", Permission.REPORT_VALIDATE, to_validate, 15))
    home_queue.register(QueueSource("backup", Permission.ACCOUNT_EDIT, backup_alarm, 5))
    home_cards.register(
        HomeCard("accounts", "Comptes et organisation", Permission.ACCOUNT_EDIT, accounts, 5, "gesture")
    )
    home_cards.register(HomeCard("mandate", "Votre mandat", Permission.HISTORY_VIEW, mandate, 5, "state"))
    home_cards.register(HomeCard("published", "Le bilan qualité", Permission.REPORT_READ, published, 90, "state"))
    home_cards.register(HomeCard("bilan", "Le bilan qualité", Permission.REPORT_VIEW, bilan, 90, "state"))
    home_state.register(StatePart("reports", Permission.REPORT_VIEW, state, 90))
