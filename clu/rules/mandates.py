"""Mandates: their state on a day, and the periods of one seat, which never overlap. Both days of a period count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clu.enums import MandateStatus
from clu.models import Mandate, Member
from clu.querysets import SOON


@dataclass(frozen=True, slots=True)
class MandatePeriod:
    """From a day to another, both included; None where the document does not say."""

    first: date | None = None
    last: date | None = None

    def overlaps(self, other: "MandatePeriod") -> bool:
        return (self.first or date.min) <= (other.last or date.max) and (other.first or date.min) <= (
            self.last or date.max
        )

    @property
    def words(self) -> str:
        """« du 01/01/2022 au 31/12/2024 », « à partir du 01/01/2022 », « sans dates »."""
        match self.first, self.last:
            case None, None:
                return "sans dates"
            case None, last:
                return f"jusqu’au {last:%d/%m/%Y}"
            case first, None:
                return f"à partir du {first:%d/%m/%Y}"
            case first, last:
                return f"du {first:%d/%m/%Y} au {last:%d/%m/%Y}"
        raise AssertionError


def status(holder: str, ends_on: date | None, *, on: date) -> MandateStatus:
    """A seat that nobody holds is vacant before it is anything else; the last day of a mandate still counts."""
    if not holder:
        return MandateStatus.VACANT
    if ends_on is None or ends_on - on > SOON:
        return MandateStatus.ACTIVE
    return MandateStatus.EXPIRING if ends_on >= on else MandateStatus.EXPIRED


def status_of(mandate: Mandate, on: date) -> MandateStatus:
    return status(mandate.holder, mandate.ends_on, on=on)


def period_of(mandate: Mandate) -> MandatePeriod:
    return MandatePeriod(mandate.starts_on, mandate.ends_on)


def first_overlap(period: MandatePeriod, others: Iterable[MandatePeriod]) -> MandatePeriod | None:
    return next((other for other in others if period.overlaps(other)), None)


@dataclass(frozen=True)
class SeatOn:
    """A seat on a day, with its mandate in force or the last one."""

    member: Member
    mandate: Mandate
    status: MandateStatus

    @property
    def organisation(self) -> str:
        return self.member.organisation

    @property
    def words(self) -> str:
        """« Mme Martin, suppléant M. Petit, jusqu’au 31/12/2024 (expire bientôt) »."""
        mandate = self.mandate
        holder = mandate.holder or "à désigner"
        deputy = f", suppléant {mandate.deputy}" if mandate.deputy else ""
        until = f", jusqu’au {mandate.ends_on:%d/%m/%Y}" if mandate.ends_on else ""
        state = (
            f" ({self.status.label.lower()})" if self.status not in (MandateStatus.ACTIVE, MandateStatus.VACANT) else ""
        )
        return f"{holder}{deputy}{until}{state}"

    def as_json(self) -> dict[str, str | None]:
        """As `manage.py committee_members` prints it; null where nobody is named or no day is known."""
        mandate = self.mandate
        appointed = mandate.appointed_on or mandate.starts_on
        return {
            "organisation": self.organisation,
            "member": mandate.holder or None,
            "deputy": mandate.deputy or None,
            "appointed_on": appointed.isoformat() if appointed else None,
            "until": mandate.ends_on.isoformat() if mandate.ends_on else None,
            "status": str(self.status),
        }


def seats_on(members: Iterable[Member], on: date) -> list[SeatOn]:
    """The seats that were there on a day, in the order of the arrêté; members come with their mandates."""
    found = []
    for member in members:
        if mandate := member.mandate_on(on):
            found.append(SeatOn(member, mandate, status_of(mandate, on)))
    return found
