"""Reminders to those who run a campaign whose forms come in too slowly: one a week, logged as a notice."""

from datetime import date, timedelta

from django.db import transaction

from organisations.models import Membership, User
from organisations.permissions import Permission, roles_with
from surveys import notifications
from surveys.follow_up import pace_of
from surveys.models import Campaign
from surveys.rules.pace import Pace


def behind(on: date) -> list[tuple[Campaign, Pace]]:
    """Open satisfaction campaigns that will miss their goal at their pace, with it."""
    campaigns = Campaign.objects.open().satisfaction().filter(goal__isnull=False, ends_on__gte=on)
    rows = campaigns.with_returns().select_related("site").order_by("pk")
    paces = [(campaign, pace_of(campaign, campaign.returns, on=on)) for campaign in rows]
    return [(campaign, pace) for campaign, pace in paces if pace.is_behind]


@transaction.atomic
def remind(on: date) -> int:
    """Tell who runs each campaign that is behind; once a week and person. How many were told."""
    week = on - timedelta(days=on.weekday())
    told = 0
    for campaign, pace in behind(on):
        for person in _in_charge(campaign, on):
            told += notifications.notify_behind(person, campaign, pace, week=week)
    return told


def _in_charge(campaign: Campaign, on: date) -> list[User]:
    """The référents of the site; those of the préfecture above where the site has none of its own."""
    roles = roles_with(Permission.SURVEY_EDIT)
    for unit in [campaign.site, *reversed(list(campaign.site.ancestors()))]:
        held = Membership.objects.in_force(on).filter(unit_id=unit.pk, role__in=roles)
        people = User.objects.filter(is_active=True, memberships__in=held).distinct().order_by("last_name", "pk")
        if people:
            return list(people)
    return []
