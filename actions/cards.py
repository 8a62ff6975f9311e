"""What the plans put on the home page: one's own actions, what is late, the deadlines of the fortnight."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from actions.enums import STALE_KEY
from actions.filters import LATE_KEY
from actions.models import Action, Plan
from actions.rules.digests import STALE_AFTER
from actions.services.rights import reported_units
from core.base.home import QueueSource, StatePart, Todo, Told, Urgency, home_queue, home_state, once
from core.base.registries import CardContent, CardRow, HomeCard, home_cards
from core.base.words import counted
from organisations.enums import Role
from organisations.models import Unit
from organisations.permissions import Permission

MOST_ROWS = 3
MOST_READ = 100
AHEAD = timedelta(days=30)
FORTNIGHT = timedelta(days=14)


def mine(request) -> Iterator[Todo]:
    """What is asked of the person and of the person's services: what falls due each on its line, the rest on one."""
    user, today = request.user, timezone.localdate()
    rows = Action.objects.visible_to(user).assigned_to(user, reported_units(user)).pending()
    rows = list(rows.select_related("finding__plan__site").by_deadline()[:MOST_READ])
    near = [row for row in rows if row.deadline_latest and row.deadline_latest <= today + AHEAD][:MOST_ROWS]
    for action in near:
        page, told = (reverse(f"actions:{name}", args=[action.pk]) for name in ("action", "action-point"))
        where = str(action.finding.plan.site)
        yield Todo(action.title, page, where, due=action.deadline_latest, action="Faire le point", action_url=told)
    if others := len(rows) - len(near):
        what = counted(others, "autre action vous est confiée", "autres actions vous sont confiées")
        what = what if near else what.replace("autre ", "").replace("autres ", "")
        yield Todo(what, reverse("actions:mine"), action="Voir mes actions", urgency=Urgency.LATER)


def steered(request) -> Iterator[Todo]:
    """The plans that the person runs, by site: what is late, what waits for a decision, what the fortnight brings.

    One that nobody did for more than a year is not to be chased but decided on.
    """
    today = timezone.localdate()
    listed, stale = (f"{reverse('actions:actions')}?status={key}" for key in (LATE_KEY, STALE_KEY))
    for row in _by_deadline(request, today):
        site, code = row["finding__plan__site__name"], row["finding__plan__site__code"]
        if row["late"]:
            chase = reverse("actions:reminders", args=[code])
            what = counted(row["late"], "action en retard", "actions en retard")
            yield Todo(what, listed, site, due=row["oldest"], action="Relancer", action_url=chase)
        if row["stale"]:
            what = counted(row["stale"], "action en retard de plus d’un an", "actions en retard de plus d’un an")
            yield Todo(f"{what}, à reporter ou à abandonner", stale, site, action="Décider", urgency=Urgency.LATER)
        if row["coming"]:
            what = counted(row["coming"], "action échoit", "actions échoient") + " dans la quinzaine"
            yield Todo(what, reverse("actions:calendar"), site, due=row["next"], action="Voir", urgency=Urgency.SOON)


def _by_deadline(request, today: date) -> list[dict]:
    """One row per site: the actions late for less than a year, those late for longer, those of the fortnight."""
    day = "deadline_latest"
    late = Q(**{f"{day}__range": (today - STALE_AFTER, today - timedelta(days=1))})
    coming = Q(**{f"{day}__range": (today, today + FORTNIGHT)})
    rows = _steered(request.user).pending().filter(**{f"{day}__lte": today + FORTNIGHT})
    counted_by_site = (
        rows.order_by("finding__plan__site__position")
        .values("finding__plan__site__name", "finding__plan__site__code")
        .annotate(
            late=Count("pk", filter=late),
            oldest=Min(day, filter=late),
            stale=Count("pk", filter=Q(**{f"{day}__lt": today - STALE_AFTER})),
            coming=Count("pk", filter=coming),
            next=Min(day, filter=coming),
        )
    )
    return once(request, "actions-by-site", lambda: list(counted_by_site))


def state(request) -> Iterator[Told]:
    """« 5 actions en retard »."""
    today = timezone.localdate()
    if request.user.can(Permission.ACTION_EDIT):
        late = sum(row["late"] + row["stale"] for row in _by_deadline(request, today))
    else:
        late = Action.objects.visible_to(request.user).overdue(today).count()
    words = counted(late, "action en retard", "actions en retard") if late else "aucune action en retard"
    yield Told("Actions en retard", str(late), "", f"{reverse('actions:actions')}?status={LATE_KEY}", words)


def to_audit(request) -> CardContent | None:
    """For an auditor: the plan on the day of the audit, its past, its dated files."""
    if Role.AUDITOR not in request.user.access.roles:
        return None
    today = timezone.localdate()
    plans = Plan.objects.for_list(request.user, today).filter(
        site__among=request.user.access.units_with(Permission.HISTORY_VIEW)
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
    return Action.objects.visible_to(user).filter(finding__plan__site_id__among=sites)


def register() -> None:
    """Register the lines, the sentence and the card with the home page."""
    home_queue.register(QueueSource("my-actions", Permission.ACTION_REPORT, mine, 15))
    home_queue.register(QueueSource("actions-steered", Permission.ACTION_EDIT, steered, 25))
    home_state.register(StatePart("actions", Permission.ACTION_VIEW, state, 20))
    home_cards.register(
        HomeCard("to-audit", "Le plan au jour de l’audit", Permission.HISTORY_VIEW, to_audit, 45, "state")
    )
