"""Figures of complaints that indicators take: share answered in time and mean delay, by medium, month of receipt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from complaints.enums import Channel, Medium
from complaints.models import Complaint
from complaints.rules.delays import medium_of
from complaints.rules.figures import mean
from complaints.services.cases import COLLECTORS
from core.base.words import in_words
from indicators.collectors import Case, Collector, Measured, collectors
from organisations.models import Unit


@dataclass(frozen=True)
class OfMedium:
    """The cases in scope of a medium at a site, by month of receipt."""

    medium: str

    def on_time(self, site: Unit, year: int, month: int) -> Measured | None:
        """Answered in time / judged; None for a month without a judged case."""
        judged = self._rows(site, year).filter(received_on__month=month).answer_judged(timezone.localdate())
        base = judged.count()
        return Measured(judged.filter(answered_on__lte=F("answer_by")).count(), base) if base else None

    def mean_delay(self, site: Unit, year: int, month: int) -> Measured | None:
        """The mean delay of the answers known, in working days."""
        delays = self._rows(site, year).filter(received_on__month=month).delays()
        return Measured(value=mean(delays)) if delays else None

    def cases(self, site: Unit, year: int) -> Sequence[Case]:
        """Each case, those not yet due included."""
        today = timezone.localdate()
        return [_told(case, today) for case in self._rows(site, year).order_by("received_on", "pk")]

    def _rows(self, site: Unit, year: int):
        channels = [one for one in Channel if medium_of(one) == self.medium]
        owed = Q(answer_by__isnull=False) | Q(delay_days__isnull=False)
        return Complaint.objects.filter(owed, site=site, channel__in=channels).first_looks().of_year(year)


def _told(case: Complaint, today: date) -> Case:
    is_judged = case.answered_on is not None or (case.answer_by is not None and case.answer_by < today)
    is_in_time = bool(case.answered_on and case.answer_by and case.answered_on <= case.answer_by)
    done = f"répondue le {in_words(case.answered_on)}" if case.answered_on else "sans réponse connue"
    why = f"reçue le {in_words(case.received_on)}, {done}, à répondre avant le {in_words(case.answer_by)}"
    return Case(
        case.received_on.month,
        case.reference,
        why,
        is_judged,
        is_in_time,
        reverse("complaints:case", args=[case.reference]),
    )


def concerns(site: Unit) -> bool:
    """A site that never registered a case has nothing to measure."""
    return Complaint.objects.filter(site=site).exists()


def register() -> None:
    """Register the collectors of E3."""
    for medium, words in ((Medium.PAPER, "courrier et urne"), (Medium.ELECTRONIC, "voies électroniques")):
        found = OfMedium(medium)
        for code, label, compute in (
            ("on_time", "répondues dans le délai", found.on_time),
            ("delay", "délai moyen de réponse", found.mean_delay),
        ):
            collectors.register(
                Collector(
                    f"{COLLECTORS}{medium}_{code}", f"Réclamations, {words} : {label}", compute, found.cases, concerns
                )
            )
