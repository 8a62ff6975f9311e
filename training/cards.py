"""What training puts on the home page: who is late or soon due, who waits for a tutor, for whom answers for them."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from core.base.registries import CardContent, CardRow, HomeCard, home_cards
from core.base.words import counted
from organisations.permissions import Permission
from training.enums import Status
from training.follow_up import FollowUp, Line, follow_up
from training.rules.dates import add_months

MOST_ROWS = 6
TUTOR_WITHIN = timedelta(days=15)  # of taking a post


def to_train(request) -> CardContent | None:
    """The agents late, then those whose renewal window is open, by name for whoever answers for them."""
    user, today = request.user, timezone.localdate()
    units = user.access.units_with(Permission.TRAINING_EDIT)
    found = follow_up(units=units)
    lines = [line for line in found.lines(today) if _is_urgent(found, line, today)]
    lines.sort(key=lambda line: (line.standing.due_on or date.max, line.agent.name))
    rows = [_row(line) for line in lines[:MOST_ROWS]]
    rows += [
        CardRow(
            f"Désigner un tuteur pour {line.agent}",
            f"{reverse('training:agreement-create')}?tutee={line.agent.pk}",
            f"{line.service}, en poste depuis le {line.followed.post.start:%d/%m/%Y}",
            "Tutorat",
            "new",
        )
        for line in _without_tutor(found, today)[:MOST_ROWS]
    ]
    if not rows:
        return None
    return CardContent(rows=rows, more_url=reverse("training:follow-up"), more_label="Tout le suivi")


def figures(request) -> CardContent | None:
    """How many posts are up to date, for whoever reads figures alone."""
    units = request.user.access.units_with(Permission.TRAINING_COUNT)
    lines = follow_up(units=units).lines(timezone.localdate())
    if not lines:
        return None
    late = sum(line.standing.status == Status.OVERDUE for line in lines)
    label = counted(late, "agent en retard de formation", "agents en retard de formation")
    detail = f"sur {counted(len(lines), 'poste suivi', 'postes suivis')}"
    badge = ("En retard", "warning") if late else ("À jour", "success")
    return CardContent(rows=[CardRow(label, reverse("training:follow-up"), detail, *badge)])


def _is_urgent(found: FollowUp, line: Line, today: date) -> bool:
    due = line.standing.due_on
    if due is None or line.standing.status == Status.LEAVING:
        return False
    window = found.rule(line.followed, today).window_months
    return due <= add_months(today, window)


def _without_tutor(found: FollowUp, today: date) -> list[Line]:
    """Agents to train who took their post and have no tutor; asked within 15 days, and until there is one."""
    told = [line for line in found.lines(today) if line.standing.status == Status.TO_TRAIN]
    told = [line for line in told if line.standing.last_training is None]
    first = {line.agent.pk: line for line in reversed(told)}
    return sorted(first.values(), key=lambda line: line.followed.post.start)


def _row(line: Line) -> CardRow:
    due = line.standing.due_on
    late = line.standing.status == Status.OVERDUE
    badge = ("En retard", "error") if late else ("Bientôt", "warning")
    detail = f"{line.theme}, échéance {due:%d/%m/%Y}" if due else str(line.theme)
    return CardRow(str(line.agent), reverse("training:agent", args=[line.agent.pk]), detail, *badge)


def register() -> None:
    home_cards.register(
        HomeCard("training-to-do", "Formations et tutorats à prévoir", Permission.TRAINING_EDIT, to_train, 45, "todo")
    )
    home_cards.register(
        HomeCard("training-state", "Formation des agents", Permission.TRAINING_COUNT, figures, 60, "state")
    )
