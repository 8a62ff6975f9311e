"""Mails of the indicators, in plain French text."""

from collections.abc import Collection
from datetime import date
from itertools import groupby

from django.db.models import Q
from django.urls import reverse

from core.base.months import month_name
from core.jobs import notices
from indicators.models import Assignment, Campaign, Snapshot
from indicators.scope import VIEW
from organisations.enums import Role
from organisations.models import Membership, Unit, User

DASHBOARD = "dashboard"
JOINED = "Il est joint en PDF."


def notify_missing_values(person: User, missing: list[tuple[Campaign, Assignment]], *, on: date, by) -> bool:
    """One digest of all that the person has to enter; False if it already left today."""
    lines = ["Bonjour,", "", "Il reste à saisir dans votre tableau de bord qualité :"]
    for campaign, group in groupby(missing, key=lambda pair: pair[0]):
        day = campaign.due_on.strftime("%d/%m/%Y")
        lines += ["", f"{month_name(campaign.month).capitalize()} {campaign.year}, {campaign.site} (pour le {day}) :"]
        lines += [f"- {assignment.indicator.label} ({assignment.unit})" for _, assignment in group]
    lines += ["", f"Saisir : {notices.absolute(reverse('indicators:entry'))}"]
    if by is not None:
        lines += ["", f"Relance envoyée par {by}."]
    count = len(missing)
    subject = f"{count} valeur{'s' if count > 1 else ''} à saisir"
    notice = notices.send("missing_values", to=person.email, subject=subject, body="\n".join(lines), on=on)
    return notice is not None


def notify_dashboard(snapshot: Snapshot, *, on: date) -> int:
    """Tell the direction and the heads of service of a site that a new edition stands, each with its PDF; how many
    were told. A head reads the figures of their own services, on the dashboard of the month."""
    month = f"{month_name(snapshot.month)} {snapshot.year}"
    place = [snapshot.site.code, snapshot.year, snapshot.month]
    whole, own = reverse("indicators:snapshot", args=[snapshot.pk]), reverse("indicators:dashboard", args=place)
    sent = []
    for person in _readers(snapshot, on):
        sees_all = person.can(VIEW, snapshot.site_id)
        codes = None if sees_all else codes_of(person, snapshot)
        if codes is not None and not codes:
            continue
        lines = ["Bonjour,", "", f"Le tableau de bord qualité est disponible ({month}, {snapshot.site}) :"]
        lines += [notices.absolute(whole if sees_all else own), JOINED, *_changes(snapshot, codes)]
        subject = f"Tableau de bord – {month}"
        key = str(snapshot.pk)
        sent.append(notices.send(DASHBOARD, to=person.email, subject=subject, body="\n".join(lines), key=key, on=on))
    return sum(notice is not None for notice in sent)


def _changes(snapshot: Snapshot, codes: Collection[str] | None) -> list[str]:
    """What changed since the former edition, of the indicators that a person reads."""
    told = [f"- {one['message']}" for one in snapshot.changes if codes is None or one["code"] in codes]
    return ["", "Ce qui a changé depuis l’édition précédente :", *told] if told else []


def _readers(snapshot: Snapshot, on: date) -> list[User]:
    """The direction of the site or above it, the heads of its services."""
    above = [unit.pk for unit in snapshot.site.ancestors(include_self=True)]
    held = Membership.objects.in_force(on)
    direction = held.filter(role=Role.MANAGEMENT, unit_id__in=above)
    heads = held.filter(role=Role.HEAD_OF_SERVICE, unit_id__in=Unit.objects.ids_below(snapshot.site_id))
    people = User.objects.filter(Q(memberships__in=direction) | Q(memberships__in=heads), is_active=True)
    return list(people.distinct().order_by("pk"))


def codes_of(person: User, snapshot: Snapshot) -> set[str]:
    """The indicators that the services of a person enter at the site."""
    own = Assignment.objects.visible_to(person).filter(site=snapshot.site)
    return set(own.values_list("indicator__code", flat=True))
