"""Mails of the indicators, in plain French text."""

from datetime import date
from itertools import groupby

from django.urls import reverse

from core.base.months import month_name
from core.jobs import notices
from indicators.models import Assignment, Campaign, Snapshot
from organisations.models import Membership, User


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
    """Tell the direction of the site that a new edition stands; returns how many were told."""
    ancestors = [unit.pk for unit in snapshot.site.ancestors(include_self=True)]
    people = User.objects.filter(
        is_active=True,
        memberships__in=Membership.objects.in_force(on).filter(role="management", unit_id__in=ancestors),
    ).distinct()
    month = f"{month_name(snapshot.month)} {snapshot.year}"
    link = notices.absolute(reverse("indicators:snapshot", args=[snapshot.pk]))
    lines = ["Bonjour,", "", f"Le tableau de bord qualité est disponible ({month}, {snapshot.site}) :", link]
    if snapshot.changes:
        lines += ["", "Ce qui a changé depuis l’édition précédente :"]
        lines += [f"- {change['message']}" for change in snapshot.changes]
    key = f"{snapshot.site_id}:{snapshot.year}:{snapshot.month}:{snapshot.edition}"
    sent = [
        notices.send(
            "dashboard", to=p.email, subject=f"Tableau de bord – {month}", body="\n".join(lines), key=key, on=on
        )
        for p in people
    ]
    return sum(notice is not None for notice in sent)
