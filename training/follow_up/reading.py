"""Where the agents of some units stand on a day: read in a constant number of queries, computed by the rules."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from core.importing.words import plain
from training.enums import Attendance
from training.follow_up.site_themes import SiteThemes, site_themes
from training.models import Agent, Enrolment, PastTraining, Post, Requirement, TrainingTheme, TutoringAgreement
from training.models.people import name_of
from training.rules.reading import rule_of
from training.rules.statuses import (
    HeldPeriod,
    HeldPost,
    Rule,
    ThemeStanding,
    end_of,
    is_to_train,
    joined,
    rule_on,
    standing,
)

Trainings = Mapping[tuple[int, int], list[date]]  # (agent, theme) → days


class _PostRow(NamedTuple):
    """A post as it is read."""

    last_name: str
    first_name: str
    agent: int
    erased_on: date | None
    theme: int
    service: str
    unit: int
    taken_on: date
    ended_on: date | None
    contract_ends_on: date | None
    exempt_from: date | None
    exempt_reason: str


_OF_POST = (
    "agent__last_name",
    "agent__first_name",
    "agent_id",
    "agent__erased_on",
    "theme_id",
    "service",
    "unit_id",
    "taken_on",
    "ended_on",
    "contract_ends_on",
    "exempt_from",
    "exempt_reason",
)


@dataclass(frozen=True, slots=True)
class Who:
    """An agent, as far as the follow-up tells them."""

    pk: int
    last_name: str
    first_name: str
    erased_on: date | None

    @property
    def name(self) -> str:
        return name_of(self.pk, self.last_name, self.first_name, is_erased=self.erased_on is not None)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Followed:
    """A post of an agent for a theme, contracts renewed without a day between being one."""

    agent: Who
    theme: TrainingTheme
    service: str
    unit_id: int
    post: HeldPost

    @property
    def key(self) -> tuple[int, int]:
        return self.agent.pk, self.theme.id


@dataclass(frozen=True, slots=True)
class FollowedLine:
    """What is told of one post on a day."""

    followed: Followed
    standing: ThemeStanding

    @property
    def agent(self) -> Who:
        return self.followed.agent

    @property
    def theme(self) -> TrainingTheme:
        return self.followed.theme

    @property
    def service(self) -> str:
        return self.followed.service


@dataclass(frozen=True)
class FollowUp:
    """All that the statuses of some posts rest on."""

    posts: list[Followed]
    trainings: Trainings
    tutoring: Mapping[int, list[HeldPeriod]]
    rules: Mapping[int, list[Rule]]
    themes: SiteThemes
    _in_force: dict[tuple[int, date], Rule] = field(default_factory=dict, compare=False)

    def held(self, on: date) -> list[Followed]:
        """The posts held on a day, of themes that their site follows that day."""
        known: dict[tuple[int, int], bool] = {}
        found = []
        for one in self.posts:
            if one.post.is_held(on):
                place = one.theme.id, one.unit_id
                if place not in known:
                    known[place] = self.themes.has(one.theme, one.unit_id, on)
                if known[place]:
                    found.append(one)
        return found

    def outside(self, on: date) -> list[TrainingTheme]:
        """The themes of posts held on a day that their site does not follow: nothing is told of them."""
        out = (one for one in self.posts if one.post.is_held(on) and not self.themes.has(one.theme, one.unit_id, on))
        return sorted({one.theme.pk: one.theme for one in out}.values(), key=lambda theme: (theme.position, theme.name))

    def lines(self, on: date) -> list[FollowedLine]:
        """Every post held on a day, with its status."""
        return [FollowedLine(one, self.standing(one, on)) for one in self.held(on)]

    def standing(self, one: Followed, on: date) -> ThemeStanding:
        trainings, tutoring = self.trainings.get(one.key, ()), self.tutoring.get(one.agent.pk, ())
        return standing(one.post, trainings, tutoring, self.rule(one, on), on)

    def is_to_train(self, one: Followed, *, year: int, on: date) -> bool:
        """Whether the agent was to be trained within the year."""
        return is_to_train(one.post, self.trainings.get(one.key, ()), self.rule(one, on), year=year, on=on)

    def rule(self, one: Followed, on: date) -> Rule:
        key = one.theme.id, on
        if key not in self._in_force:
            self._in_force[key] = rule_on(self.rules.get(one.theme.id, ()), on)
        return self._in_force[key]


def follow_up(*, units: Collection[int] | None = None, agents: Iterable[Agent] | None = None) -> FollowUp:
    """What is known of the posts of some units, or of some agents: ten queries."""
    posts = Post.objects.filter(agent__in=list(agents)) if agents is not None else Post.objects.below(units or ())
    people = posts.order_by().values("agent")
    found = _joined(posts)
    themes = site_themes({one.unit_id for one in found})
    return FollowUp(found, _trainings(people), _tutoring(people), _rules(), themes)


def _joined(posts: QuerySet[Post]) -> list[Followed]:
    """The posts in the order of names, then of themes. Read as tuples: a préfecture may have thousands of them."""
    themes = TrainingTheme.objects.in_bulk()
    ranks = {pk: (theme.position, pk) for pk, theme in themes.items()}
    rows = [_PostRow(*row) for row in posts.order_by().values_list(*_OF_POST)]
    rows.sort(key=lambda row: (row.last_name, row.first_name, row.agent, ranks[row.theme], row.taken_on))
    groups: dict[tuple[int, int, str], list[_PostRow]] = defaultdict(list)
    for row in rows:
        groups[row.agent, row.theme, plain(row.service)].append(row)
    found = []
    for alike in groups.values():
        last = alike[-1]
        who = Who(last.agent, last.last_name, last.first_name, last.erased_on)
        held = (HeldPost(one.taken_on, end_of(one.ended_on, one.contract_ends_on), *one[-2:]) for one in alike)
        found += [Followed(who, themes[last.theme], last.service, last.unit, post) for post in joined(held)]
    return found


def _trainings(people: QuerySet) -> Trainings:
    """The days that count for each agent and theme: sessions attended, and what was taken over."""
    found: dict[tuple[int, int], list[date]] = defaultdict(list)
    past = PastTraining.objects.filter(agent__in=people).values_list("agent_id", "theme_id", "on")
    attended = Enrolment.objects.filter(agent__in=people, state=Attendance.PRESENT)
    covered = attended.values_list("agent_id", "session__covered__theme_id", "session__ends_on")
    for rows in (past, covered):
        for agent_id, theme_id, on in rows.order_by():
            found[agent_id, theme_id].append(on)
    return found


def _tutoring(people: QuerySet) -> dict[int, list[HeldPeriod]]:
    found: dict[int, list[HeldPeriod]] = defaultdict(list)
    rows = TutoringAgreement.objects.filter(tutee__in=people).values_list("tutee_id", "starts_on", "ends_on")
    for tutee, start, end in rows.order_by():
        found[tutee].append(HeldPeriod(start, end))
    return found


def _rules() -> dict[int, list[Rule]]:
    found: dict[int, list[Rule]] = defaultdict(list)
    for requirement in Requirement.objects.order_by("pk"):
        found[requirement.theme_id].append(rule_of(requirement))
    return found
