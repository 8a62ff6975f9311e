"""What a month lacks, explained in one gesture: one state and one reason for the figures that nobody will enter."""

from collections.abc import Iterable

from django.db import transaction

from core.base.errors import UserError
from core.record import changesets
from indicators.enums import CampaignState, Source
from indicators.models import Assignment, Campaign
from indicators.services import values
from indicators.services.values import STATES_WITH_REASON, EntryCell, Figure


def lacking(campaign: Campaign):
    """The figures due for the month and not yet entered, in the order of the services."""
    rows = Assignment.objects.filter(site=campaign.site_id).missing(campaign.year, campaign.month)
    return rows.select_related("indicator", "unit").order_by("unit__position", "unit", "indicator__position", "pk")


@transaction.atomic
def explain(campaign: Campaign, *, assignments: Iterable[Assignment], state: str, reason: str, by) -> int:
    """Give one state to figures that are missing; those entered meanwhile are left as they are. Returns how many.

    UserError on a closed month, and on a state without the reason that it must give.
    """
    if Campaign.objects.select_for_update().get(pk=campaign.pk).state == CampaignState.CLOSED:
        raise UserError("Ce mois est clos : une correction se fait case par case, avec sa raison.")
    if state in STATES_WITH_REASON and not reason.strip():
        raise UserError("Donnez la raison : elle sera imprimée avec l’état.", field="reason")
    chosen = {assignment.pk for assignment in assignments}
    rows = [row for row in lacking(campaign) if row.pk in chosen]
    place = (campaign.site_id, campaign.year, campaign.month)
    changes = [(EntryCell(row.indicator, row.unit_id, *place), Figure(state=state, reason=reason)) for row in rows]
    with changesets.opened():
        values.write_many(changes, by=by, reason="Ce qui manquait, expliqué d’un geste", source=Source.TYPED)
    return len(changes)
