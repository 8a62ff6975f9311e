"""The month of entry at a site: opened, chased, validated, closed, reopened."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from core.base.errors import UserError
from core.base.months import month_name
from core.record import history
from indicators import notifications
from indicators.completeness import Completeness
from indicators.enums import CampaignState
from indicators.models import Assignment, Campaign
from indicators.services import collecting
from organisations.calendars import calendar_of
from organisations.enums import Role
from organisations.models import Membership, Unit, User
from organisations.permissions import Permission, roles_with

logger = logging.getLogger(__name__)
WORKING_DAYS_TO_ENTER = 10
CHASED_ROLES = (Role.HEAD_OF_SERVICE, Role.CONTRIBUTOR)


@dataclass
class Missing:
    """Figures that one person has still to enter, by site and month; `person` is None where nobody is in charge."""

    person: User | None
    assignments: list[tuple[Campaign, Assignment]] = field(default_factory=list)

    @property
    def units(self) -> list[Unit]:
        """The services of these figures, each once."""
        return list({assignment.unit_id: assignment.unit for _campaign, assignment in self.assignments}.values())


@transaction.atomic
def open_month(*, site: Unit, year: int, month: int, by) -> Campaign:
    """Open a month of entry, due ten working days after its end; the one already there is returned as it is.

    UserError on a month that is not over: nothing can be counted yet.
    """
    campaign = Campaign.objects.filter(site=site, year=year, month=month).first()
    if campaign is not None:
        return campaign
    today = timezone.localdate()
    if (year, month) >= (today.year, today.month):
        raise UserError(f"{month_name(month).capitalize()} {year} n’est pas terminé : ouvrez-le le mois suivant.")
    campaign = Campaign(site=site, year=year, month=month, due_on=due_on(site, year, month))
    history.save(campaign, by=by)
    return campaign


def open_due_months(today: date, *, by=None) -> list[Campaign]:
    """Open the month just ended at every site where indicators are followed.

    A site without its holidays of the year is logged and left out: it does not stop the others.
    """
    year, month = previous_month(today)
    opened = []
    for site in Unit.objects.sites().active(today).filter(site_assignments__isnull=False).distinct():
        try:
            opened.append(open_month(site=site, year=year, month=month, by=by))
        except UserError as error:
            logger.error("month %s/%s not opened at %s: %s", month, year, site.code, error)
    return opened


def due_on(site: Unit, year: int, month: int) -> date:
    """Ten working days of the site after the last day of the month."""
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return calendar_of(site).due_on(date.fromordinal(first_of_next.toordinal() - 1), WORKING_DAYS_TO_ENTER)


def previous_month(today: date) -> tuple[int, int]:
    """(year, month) of the month before the given day."""
    return (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)


@transaction.atomic
def validate(campaign: Campaign, *, by) -> Campaign:
    """The référent qualité has read the month. Refused while a figure due is neither entered nor explained."""
    campaign = _locked(campaign)
    _require(campaign, CampaignState.OPEN, "Seul un mois ouvert se valide.")
    lacking = list(Assignment.objects.filter(site=campaign.site).missing(campaign.year, campaign.month)[:4])
    if lacking:
        names = ", ".join(f"« {assignment.indicator.label} »" for assignment in lacking[:3])
        raise UserError(f"Il manque encore des valeurs : {names}{'…' if len(lacking) > 3 else ''}.")
    collecting.collect(campaign, by=None)  # what is read is what the applications know now
    campaign.state = CampaignState.VALIDATED
    campaign.validated_at, campaign.validated_by = timezone.now(), by
    history.save(campaign, by=by, reason="Validation du mois")
    return campaign


@transaction.atomic
def close(campaign: Campaign, *, by) -> Campaign:
    """Close a validated month: later corrections need a reason and stay visible as amendments."""
    campaign = _locked(campaign)
    _require(campaign, CampaignState.VALIDATED, "Validez le mois avant de le clore.")
    campaign.state = CampaignState.CLOSED
    campaign.closed_at, campaign.closed_by = timezone.now(), by
    history.save(campaign, by=by, reason="Clôture du mois")
    return campaign


@transaction.atomic
def reopen(campaign: Campaign, *, by, reason: str) -> Campaign:
    """Open a validated or closed month again, with the reason."""
    campaign = _locked(campaign)
    if campaign.state == CampaignState.OPEN:
        raise UserError("Ce mois est déjà ouvert.")
    if not reason.strip():
        raise UserError("Indiquez la raison de la réouverture.", field="reason")
    campaign.state = CampaignState.OPEN
    campaign.validated_at = campaign.validated_by = campaign.closed_at = campaign.closed_by = None
    history.save(campaign, by=by, reason=reason)
    return campaign


def missing_by_person(campaigns: list[Campaign], *, on: date) -> list[Missing]:
    """Who has what to enter in these months: each figure goes to the heads and contributors nearest to its service.

    A figure whose service has nobody stands under `person=None`, for the référent qualité to see.
    """
    people = _people_by_unit(on)
    parents = dict(Unit.objects.values_list("pk", "parent_id")) if campaigns else {}
    by_person: dict[int | None, Missing] = {}
    for campaign in campaigns:
        rows = Assignment.objects.filter(site=campaign.site).missing(campaign.year, campaign.month)
        for assignment in rows.select_related("indicator", "unit").order_by("unit", "indicator__position"):
            found: list[User | None] = [*_in_charge(assignment.unit_id, campaign.site_id, people, parents)]
            for person in found or [None]:
                key = person.pk if person else None
                by_person.setdefault(key, Missing(person)).assignments.append((campaign, assignment))
    return sorted(by_person.values(), key=lambda missing: (missing.person is None, str(missing.person)))


def people_lacking(counts: Iterable[Completeness], *, on: date) -> dict[int, int]:
    """Month → how many people would be told of what is missing; two queries, none where nothing is."""
    lacking = {count.campaign.pk: count for count in counts if count.missing}
    if not lacking:
        return {}
    people, parents = _people_by_unit(on), dict(Unit.objects.values_list("pk", "parent_id"))
    return {
        pk: len({one.pk for unit in count.lacking for one in _in_charge(unit, count.campaign.site_id, people, parents)})
        for pk, count in lacking.items()
    }


def chase(campaigns: list[Campaign], *, by, on: date) -> list[Missing]:
    """Mail to each person the digest of what they have still to enter; never twice a day. Returns those told."""
    told = []
    for missing in missing_by_person(campaigns, on=on):
        if missing.person and notifications.notify_missing_values(missing.person, missing.assignments, on=on, by=by):
            told.append(missing)
    return told


def chase_overdue(on: date) -> list[Missing]:
    """Chase the open months whose day is past: what the schedule does each working day."""
    return chase(list(Campaign.objects.overdue(on).select_related("site")), by=None, on=on)


def _people_by_unit(on: date) -> dict[int, list[User]]:
    people = defaultdict(list)
    roles = [role for role in roles_with(Permission.VALUE_ENTER) if role in CHASED_ROLES]
    rows = Membership.objects.in_force(on).filter(role__in=roles, user__is_active=True).select_related("user")
    for membership in rows.order_by("user__last_name"):
        people[membership.unit_id].append(membership.user)
    return people


def _in_charge(unit_id: int | None, site_id: int, people: dict, parents: dict) -> list[User]:
    while unit_id is not None:
        if people.get(unit_id):
            return people[unit_id]
        if unit_id == site_id:
            return []
        unit_id = parents.get(unit_id)
    return []


def _locked(campaign: Campaign) -> Campaign:
    return Campaign.objects.select_for_update(of=("self",)).select_related("site").get(pk=campaign.pk)


def _require(campaign: Campaign, state: str, message: str) -> None:
    if campaign.state != state:
        raise UserError(f"{message} (état actuel : {campaign.get_state_display().lower()})")
