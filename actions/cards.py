"""What the plans put on the home page: one's own actions, what is late, the deadlines of the fortnight."""

from datetime import date, timedelta
from itertools import groupby

from django.urls import reverse
from django.utils import timezone

from actions.enums import STALE_KEY
from actions.filters import LATE_KEY
from actions.models import Action, Plan
from actions.rules.digests import STALE_AFTER
from actions.services.rights import reported_units
from actions.tables.cells import responsibles_text
from core.base.registries import CardContent, CardRow, HomeCard, home_cards
from organisations.enums import Role
from organisations.models import Unit
from organisations.permissions import Permission

MOST_ROWS = 6
FORTNIGHT = timedelta(days=14)


def mine(request) -> CardContent | None:
    """What is asked of the person and of the person's services, the first that falls due first."""
    user = request.user
    rows = Action.objects.visible_to(user).assigned_to(user, reported_units(user)).pending()
    shown = list(rows.select_related("finding").by_deadline()[: MOST_ROWS + 1])
    if not shown and user.can(Permission.ACTION_EDIT):
        return None
    return CardContent(
        rows=[_row(action, _due_words(action)) for action in shown[:MOST_ROWS]],
        more_url=reverse("actions:mine"),
        more_label="Toutes mes actions",
    )


def late(request) -> CardContent | None:
    """Actions late in the plans the person runs, the first that fell due first, with who answers for them.

    One that nobody did for more than a year is not to be chased but decided on: those stand together on one line.
    """
    today = timezone.localdate()
    rows = _steered(request.user).overdue(today)
    count = rows.count()
    if not count:
        return None
    recent = rows.filter(deadline_latest__gte=today - STALE_AFTER)
    stale = rows.overdue(today - STALE_AFTER).count()
    shown = [_row(action, _who_and_when(action)) for action in recent.for_list().by_deadline()[:MOST_ROWS]]
    return CardContent(
        rows=[*shown, *([_stale_row(stale)] if stale else [])],
        more_url=f"{reverse('actions:actions')}?status={LATE_KEY}",
        more_label=f"Les {count} actions en retard" if count > 1 else "L’action en retard",
    )


def _stale_row(count: int) -> CardRow:
    label = f"{count} actions en retard de plus d’un an" if count > 1 else "1 action en retard de plus d’un an"
    url = f"{reverse('actions:actions')}?status={STALE_KEY}"
    return CardRow(label, url, "à reporter ou à abandonner, avec la raison", "À décider", "warning")


def fortnight(request) -> CardContent | None:
    """Deadlines of the next two weeks in the plans the person runs."""
    today = timezone.localdate()
    rows = _steered(request.user).pending().filter(deadline_latest__range=(today, today + FORTNIGHT))
    shown = list(rows.for_list().by_deadline()[:MOST_ROWS])
    if not shown:
        return None
    return CardContent(
        rows=[_row(action, _who_and_when(action)) for action in shown],
        more_url=reverse("actions:calendar"),
        more_label="Le calendrier des échéances",
    )


def to_audit(request) -> CardContent | None:
    """For an auditor: the plan on the day of the audit, its past, its dated files."""
    if Role.AUDITOR not in request.user.access.roles:
        return None
    today = timezone.localdate()
    plans = Plan.objects.for_list(request.user, today).filter(
        site__in=request.user.access.units_with(Permission.HISTORY_VIEW)
    )
    rows = [_audited_row(site, plans, today) for site, plans in _by_site(plans)[:MOST_ROWS]]
    for label, url_name, detail in (
        ("Ce qui a changé entre deux jours", "actions:difference", "ancien barré, nouveau marqué"),
        ("Les extraits datés", "actions:extracts", "fichiers produits, avec leur empreinte"),
        ("Vérifier un extrait", "actions:verify", "un fichier reçu est-il resté tel quel ?"),
    ):
        rows.append(CardRow(label, reverse(url_name), detail))
    return CardContent(rows=rows)


def _by_site(plans) -> list[tuple[Unit, list[Plan]]]:
    """The plans under their site, in the order of the sites."""
    ordered = plans.order_by("site__position", "site__code", "pk")
    return [(site, list(rows)) for site, rows in groupby(ordered, key=lambda plan: plan.site)]


def _audited_row(site: Unit, plans: list[Plan], today: date) -> CardRow:
    total, settled = (sum(getattr(plan, name) for plan in plans) for name in ("action_count", "settled_count"))
    late = sum(plan.overdue_count for plan in plans)
    told = (
        f"{len(plans)} plan{'s' if len(plans) > 1 else ''}, {total} actions dont {settled} soldées et {late} en retard"
    )
    return CardRow(f"{site}, au {today:%d/%m/%Y}", reverse("actions:as-of", args=[site.code]), told)


def _steered(user):
    """The actions of the plans that the person runs."""
    sites = user.access.units_with(Permission.ACTION_EDIT)
    return Action.objects.visible_to(user).filter(finding__plan__site_id__in=sites)


def _row(action: Action, detail: str) -> CardRow:
    is_late = action.is_late(timezone.localdate())
    badge, level = ("En retard", "error") if is_late else (action.get_status_display(), "")
    return CardRow(action.title, reverse("actions:action", args=[action.pk]), detail, badge, level)


def _due_words(action: Action) -> str:
    return f"échéance : {action.deadline.text}" if action.deadline.text else "sans échéance"


def _who_and_when(action: Action) -> str:
    who = responsibles_text(action) or "sans responsable"
    return f"{who}, {_due_words(action)}"


def register() -> None:
    """Register the cards with the home page."""
    for position, (code, title, permission, render, zone) in enumerate(
        (
            ("my-actions", "Mes actions", Permission.ACTION_REPORT, mine, "todo"),
            ("actions-fortnight", "Échéances de la quinzaine", Permission.ACTION_EDIT, fortnight, "todo"),
            ("actions-late", "Actions en retard", Permission.ACTION_EDIT, late, "missing"),
            ("to-audit", "Le plan au jour de l’audit", Permission.HISTORY_VIEW, to_audit, "state"),
        ),
        start=1,
    ):
        home_cards.register(HomeCard(code, title, permission, render, position=position * 10 + 5, zone=zone))
