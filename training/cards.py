"""What training puts on the home page: who is late or soon due, who waits for a tutor, for whom answers for them."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone

from core.base.home import QueueSource, StatePart, Todo, Told, home_queue, home_state
from core.base.words import counted
from organisations.permissions import Permission
from training.enums import Status
from training.follow_up import FollowedLine, FollowUp, follow_up
from training.rules.dates import add_months

MOST_ROWS = 4


def to_train(request) -> Iterator[Todo]:
    """The agents late, then those whose renewal window is open, then those who wait for a tutor."""
    today = timezone.localdate()
    found = follow_up(units=request.user.access.units_with(Permission.TRAINING_EDIT))
    lines = [line for line in found.lines(today) if _is_urgent(found, line, today)]
    lines.sort(key=lambda line: (line.standing.due_on or date.max, line.agent.name))
    yield from (_train(line) for line in lines[:MOST_ROWS])
    if others := lines[MOST_ROWS:]:
        what = counted(len(others), "autre formation à prévoir", "autres formations à prévoir")
        yield Todo(what, reverse("training:follow-up"), due=others[0].standing.due_on, action="Voir le suivi")
    waiting = _without_tutor(found, today)
    for line in waiting[:MOST_ROWS]:
        url = f"{reverse('training:agreement-create')}?tutee={line.agent.pk}"
        yield Todo(
            f"{line.agent} n’a pas de tuteur",
            reverse("training:agent", args=[line.agent.pk]),
            line.service,
            since=line.followed.post.start,
            action="Désigner un tuteur",
            action_url=url,
        )


def state(request) -> Iterator[Told]:
    """How many posts are up to date, for whoever reads figures alone; who steers a site reads them in the follow-up."""
    if request.user.can(Permission.CAMPAIGN_STEER) or request.user.can(Permission.TRAINING_EDIT):
        return
    units = request.user.access.units_with(Permission.TRAINING_COUNT)
    lines = follow_up(units=units).lines(timezone.localdate())
    if lines:
        late = sum(line.standing.status == Status.OVERDUE for line in lines)
        posts = f"sur {counted(len(lines), 'poste suivi', 'postes suivis')}"
        yield Told("Agents en retard de formation", str(late), posts, reverse("training:follow-up"))


def _is_urgent(found: FollowUp, line: FollowedLine, today: date) -> bool:
    due = line.standing.due_on
    if due is None or line.standing.status == Status.LEAVING:
        return False
    window = found.rule(line.followed, today).window_months
    return due <= add_months(today, window)


def _without_tutor(found: FollowUp, today: date) -> list[FollowedLine]:
    """Agents to train who took their post and have no tutor; asked within 15 days, and until there is one."""
    told = [line for line in found.lines(today) if line.standing.status == Status.TO_TRAIN]
    told = [line for line in told if line.standing.last_training is None]
    first = {line.agent.pk: line for line in reversed(told)}
    return sorted(first.values(), key=lambda line: line.followed.post.start)


def _train(line: FollowedLine) -> Todo:
    page = reverse("training:agent", args=[line.agent.pk])
    where, due = f"{line.theme}, {line.service}", line.standing.due_on
    sessions = reverse("training:sessions")
    return Todo(f"Former {line.agent}", page, where, due=due, action="Inscrire à une session", action_url=sessions)


def register() -> None:
    home_queue.register(QueueSource("training-to-do", Permission.TRAINING_EDIT, to_train, 45))
    home_state.register(StatePart("training", Permission.TRAINING_COUNT, state, 60))
