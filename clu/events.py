"""The meetings that a deadline may wait for: « pour le prochain CLU » takes the day of the next one."""

from collections.abc import Iterable
from datetime import date

from actions.enums import Origin
from actions.registries import MeetingDates, meeting_dates
from clu.enums import CommitteeKind
from clu.models import Meeting
from organisations.models import Unit

KINDS = {Origin.CLU: (CommitteeKind.CLU, CommitteeKind.CLAC), Origin.COPIL: (CommitteeKind.COPIL,)}


def register() -> None:
    meeting_dates.register(MeetingDates("clu", days_of))


def days_of(site: Unit, origin: str, on: date) -> Iterable[date]:
    rows = Meeting.objects.filter(committee__site=site, committee__kind__in=KINDS[Origin(origin)], held_on__gte=on)
    return rows.order_by("held_on").values_list("held_on", flat=True)
