"""What a poster or a deck shows of a campaign: public results, the actions that follow, what the public was told.

Small groups are already hidden (`Results.public`). Two contents with the same digest show the same thing.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from actions.enums import Status
from actions.models import Action
from core.base.digests import digest_of
from core.base.figures import RATE, format_figure
from core.base.words import in_words
from core.pages.decks import Bar
from core.time.fuzzy_dates import words as deadline_words
from surveys.models import Campaign, Feedback
from surveys.results import CriterionRow, Results, leaving
from surveys.results.words import between, percent

WITHHELD = "non significatif"
MOST_EXTREMES = 4


@dataclass(frozen=True)
class ActionLine:
    """An action that follows the survey, as the public reads it, and the criterion it comes from."""

    criterion: str
    finding: str
    text: str
    status: str
    deadline: str
    is_done: bool


@dataclass(frozen=True)
class SurveyContent:
    """All that is shown but the day it is printed."""

    code: str
    title: str
    site: str
    is_mystery: bool
    dates: str
    terms: str
    returns: int
    overall: str
    overall_interval: str
    net: str
    lines: tuple[Bar, ...]
    actions: tuple[ActionLine, ...] = ()
    feedbacks: tuple[tuple[str, str], ...] = field(default=())

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "SurveyContent":
        """The content of a published edition, as it was kept."""
        parts = {
            "lines": tuple(Bar(**line) for line in kept["lines"]),
            "actions": tuple(ActionLine(**action) for action in kept["actions"]),
            "feedbacks": tuple((request, reply) for request, reply in kept["feedbacks"]),
        }
        return cls(**{**kept, **parts})

    @property
    def digest(self) -> str:
        """SHA-256 of what is shown."""
        return digest_of(asdict(self))

    @property
    def returns_words(self) -> str:
        """« 52 formulaires », « 17 tests »."""
        one, many = ("test", "tests") if self.is_mystery else ("formulaire", "formulaires")
        return f"{self.returns} {many if self.returns >= 2 else one}"

    @property
    def rate_label(self) -> str:
        """What a percentage says: satisfied answers, or tests that meet the criterion."""
        return (
            "des points vérifiés sont respectés" if self.is_mystery else "de réponses satisfaites ou très satisfaites"
        )

    @property
    def caption(self) -> str:
        """What the table of criteria gives."""
        if self.is_mystery:
            return "Part des tests qui respectent le critère, parmi ceux où il a pu être observé."
        return "Part des réponses satisfaites ou très satisfaites, sans les blancs ni les « non concerné »."

    @property
    def strongest(self) -> tuple[Bar, ...]:
        """The criteria best met, the first one first; as many as the weakest, so that one criterion is in one list."""
        return tuple(sorted(self.shown, key=lambda line: -(line.share or 0)))[: self._extremes]

    @property
    def weakest(self) -> tuple[Bar, ...]:
        """The criteria least well met, the weakest one first; none that is fully met."""
        rows = sorted(self.shown, key=lambda line: line.share or 0)[: self._extremes]
        return tuple(line for line in rows if (line.share or 0) < 1)

    @property
    def _extremes(self) -> int:
        return min(MOST_EXTREMES, len(self.shown) // 2)

    @property
    def done(self) -> int:
        """How many of the actions are done."""
        return sum(action.is_done for action in self.actions)

    @property
    def shown(self) -> tuple[Bar, ...]:
        return tuple(line for line in self.lines if line.share is not None)

    @property
    def withheld(self) -> tuple[Bar, ...]:
        return tuple(line for line in self.lines if line.share is None)


def content_of(campaign: Campaign) -> SurveyContent:
    """The content of a campaign as it is now, in a constant number of queries."""
    results = leaving(campaign).public()
    overall = results.overall
    return SurveyContent(
        code=campaign.code,
        title=campaign.title,
        site=campaign.site.name,
        is_mystery=campaign.is_mystery,
        dates=f"du {in_words(campaign.starts_on)} au {in_words(campaign.ends_on)}",
        terms=campaign.terms,
        returns=results.returns,
        overall=format_figure(overall.rate, RATE) if overall.is_significant else WITHHELD,
        overall_interval=between(overall.interval) if overall.is_significant else "",
        net=_points(overall.net) if overall.is_significant and not campaign.is_mystery else "",
        lines=tuple(_line(row) for row in _in_order(results)),
        actions=tuple(_action(action) for action in _actions_of(campaign)),
        feedbacks=tuple(
            Feedback.objects.filter(campaign=campaign, is_published=True)
            .exclude(reply="")
            .order_by("position", "pk")
            .values_list("request", "reply")
        ),
    )


def _in_order(results: Results) -> list[CriterionRow]:
    """A satisfaction survey from the best to the weakest, a mystery grid in the order of a test; withheld rows last."""
    if results.campaign.is_mystery:
        return list(results.rows)
    return sorted(results.rows, key=lambda row: (row.rate is None, -(row.rate or 0)))


def _line(row: CriterionRow) -> Bar:
    unit = "test" if row.kind == "yes_no" else "réponse"
    base = f"{row.answered} {unit}{'s' if row.answered >= 2 else ''}"
    if row.rate is None:
        return Bar(_capital(row.criterion), WITHHELD, None, base if row.answered else "")
    share, low, high = (float(number) for number in (row.rate, row.low, row.high))
    return Bar(_capital(row.criterion), percent(row), share, base, low, high)


def _actions_of(campaign: Campaign) -> list[Action]:
    """Actions of the findings that the campaign opened, those given up left out; an action once, whatever its twins."""
    rows = (
        Action.objects.filter(finding__criteria__campaign=campaign, merged_into__isnull=True)
        .exclude(status=Status.ABANDONED)
        .select_related("finding")
        .prefetch_related("finding__criteria__question")
        .order_by("finding__number", "position", "pk")
        .distinct()
    )
    return list(rows)


def _action(action: Action) -> ActionLine:
    is_done = action.status == Status.DONE
    criteria = [link.question.label for link in action.finding.criteria.all()]
    return ActionLine(
        criterion=_capital(criteria[0]) if criteria else "",
        finding=_capital(action.finding.text),
        text=_capital(action.title),
        status=action.get_status_display(),
        deadline="" if is_done or not action.deadline_text else deadline_words(action.deadline),
        is_done=is_done,
    )


def _points(net: Decimal | None) -> str:
    """The net satisfaction, signed, in points."""
    if net is None:
        return ""
    points = round(float(net) * 100)
    sign = "+" if points > 0 else ("\u2212" if points < 0 else "")
    return f"{sign}{abs(points)}\u202fpoint{'s' if abs(points) >= 2 else ''}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
