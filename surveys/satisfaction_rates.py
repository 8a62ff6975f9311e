"""Satisfaction rates computed from the forms: of all criteria, and of the point numérique.

A month counts the forms filled in that month, whatever the campaign; « non concerné » is left out, and told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from indicators.collectors import Case, Collector, Measured, collectors
from organisations.models import Unit
from surveys.enums import CampaignState, Kind, QuestionKind
from surveys.models import Campaign, Question
from surveys.results import CriterionRow, leaving


@dataclass(frozen=True)
class Satisfaction:
    """The satisfaction of a site's public: for one criterion, or for all of them when it names none."""

    question: str = ""

    def compute(self, site: Unit, year: int, month: int) -> Measured | None:
        """Satisfied answers / answers of the month; None where nobody answered."""
        rows = [row for _, found, row in self._rows(site, year) if found == month]
        answered = sum(row.answered for row in rows)
        return Measured(numerator=sum(row.satisfied for row in rows), denominator=answered) if answered else None

    def cases(self, site: Unit, year: int) -> Sequence[Case]:
        """What each campaign brought to each month: satisfied, dissatisfied, outside the base."""
        return [case for campaign, month, row in self._rows(site, year) for case in _cases(campaign, month, row)]

    def concerns(self, site: Unit) -> bool:
        """A site without a survey that asks it has no satisfaction to measure."""
        questions = Question.objects.filter(kind=QuestionKind.SCALE, questionnaire__campaigns__in=_campaigns(site))
        return (questions.filter(code=self.question) if self.question else questions).exists()

    def _rows(self, site: Unit, year: int) -> Iterator[tuple[Campaign, int, CriterionRow]]:
        """(campaign, month, row) of the year, from the results by month of each campaign."""
        for campaign in _campaigns(site).filter(starts_on__year__lte=year, ends_on__year__gte=year).order_by("pk"):
            for cut in leaving(campaign).by_month:
                found, month = (int(part) for part in str(cut.key).split("-"))
                if found == year:
                    for row in cut.rows:
                        if row.kind == QuestionKind.SCALE and self.question in ("", row.question):
                            yield campaign, month, row


def _campaigns(site: Unit):
    started = Campaign.objects.filter(site=site, kind=Kind.SATISFACTION).exclude(state=CampaignState.DRAFT)
    return started.select_related("questionnaire")


def _cases(campaign: Campaign, month: int, row: CriterionRow) -> Iterator[Case]:
    url = f"{reverse('surveys:results', args=[campaign.code])}#critere-{row.question}"
    label = f"{campaign.title}, {row.criterion}"
    told = (
        (row.satisfied, "satisfaite", True, True),
        (row.dissatisfied, "insatisfaite", True, False),
        (row.not_concerned, "« non concerné »", False, False),
    )
    for number, words, is_counted, is_favourable in told:
        if number:
            several = "s" if number > 1 else ""
            plural = several if is_counted else ""
            yield Case(month, label, f"{number} réponse{several} {words}{plural}", is_counted, is_favourable, url)


GLOBAL = Satisfaction()
DIGITAL_HELP = Satisfaction("point-numerique")


def register() -> None:
    """Register the collectors."""
    for code, label, found in (
        ("survey_satisfaction", "Enquêtes : satisfaction globale", GLOBAL),
        ("survey_digital_help", "Enquêtes : satisfaction du point numérique", DIGITAL_HELP),
    ):
        collectors.register(Collector(code, label, found.compute, found.cases, found.concerns))
