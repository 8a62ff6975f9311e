"""Where the agents of some units stand on a day: read in a constant number of queries, computed by the rules."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from core.importing.words import plain
from training.enums import Attendance
from training.follow_up.site_themes import SiteThemes, site_themes
from training.models import Agent, Enrolment, PastTraining, Post, Requirement, TrainingTheme, TutoringAgreement
from training.rules.reading import held_of, rule_of
from training.rules.statuses import HeldPeriod, HeldPost, Rule, ThemeStanding, is_to_train, joined, rule_on, standing

Trainings = Mapping[tuple[int, int], list[date]]  # (agent, theme) → days


@dataclass(frozen=True, slots=True)
class Followed:
    """A post of an agent for a theme, contracts renewed without a day between being one."""

    agent: Agent
    theme: TrainingTheme
    service: str
    unit_id: int
    post: HeldPost

    @property
    def key(self) -> tuple[int, int]:
        return self.agent.pk, self.theme.pk


@dataclass(frozen=True, slots=True)
class FollowedLine:
    """What is told of one post on a day."""

    followed: Followed
    standing: ThemeStanding

    @property
    def agent(self) -> Agent:
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

    def held(self, on: date) -> list[Followed]:
        """The posts held on a day, of themes that their site follows that day."""
        return [one for one in self.posts if one.post.is_held(on) and self.themes.has(one.theme, one.unit_id, on)]

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
        return rule_on(self.rules.get(one.theme.pk, ()), on)


def follow_up(*, units: Collection[int] | None = None, agents: Iterable[Agent] | None = None) -> FollowUp:
    """What is known of the posts of some units, or of some agents: ten queries."""
    posts = Post.objects.select_related("agent", "theme")
    posts = posts.filter(agent__in=list(agents)) if agents is not None else posts.below(units or ())
    people = Post.objects.filter(pk__in=posts.values("pk")).values("agent")
    found = _joined(posts)
    themes = site_themes({one.unit_id for one in found})
    return FollowUp(found, _trainings(people), _tutoring(people), _rules(), themes)


def _joined(posts: QuerySet[Post]) -> list[Followed]:
    groups: dict[tuple[int, int, str], list[Post]] = defaultdict(list)
    ordered = posts.order_by("agent__last_name", "agent__first_name", "agent", "theme__position", "theme", "taken_on")
    for post in ordered:
        groups[post.agent_id, post.theme_id, plain(post.service)].append(post)
    return [
        Followed(rows[-1].agent, rows[-1].theme, rows[-1].service, rows[-1].unit_id, held)
        for rows in groups.values()
        for held in joined(held_of(row) for row in rows)
    ]


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
