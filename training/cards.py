"""What training puts on the home page: who is late or soon due, who waits for a tutor, for whom answers for them."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from core.base.home import QueueSource, StatePart, Todo, Told, home_queue, home_state
from core.base.words import counted
from organisations.permissions import Permission
from training.enums import Status
from training.follow_up import FollowedLine, follow_up
from training.follow_up.duties import duties
from training.models import Enrolment, TutoringAgreement

MOST_ROWS = 4


def to_train(request) -> Iterator[Todo]:
    """The agents late, then those whose renewal window is open, those who wait for a tutor, absences, tutorings."""
    found = duties(request.user.access.units_with(Permission.TRAINING_EDIT), timezone.localdate())
    yield from (_train(line) for line in found.to_train[:MOST_ROWS])
    if others := found.to_train[MOST_ROWS:]:
        what = counted(len(others), "autre formation à prévoir", "autres formations à prévoir")
        yield Todo(what, reverse("training:follow-up"), due=others[0].standing.due_on, action="Voir le suivi")
    yield from (_tutor(line) for line in found.untutored[:MOST_ROWS])
    yield from (_enrol_again(row) for row in found.absent[:MOST_ROWS])
    yield from (_conclude(row) for row in found.to_conclude[:MOST_ROWS])


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


def _train(line: FollowedLine) -> Todo:
    page = reverse("training:agent", args=[line.agent.pk])
    where, due = f"{line.theme}, {line.service}", line.standing.due_on
    sessions = reverse("training:sessions")
    return Todo(f"Former {line.agent}", page, where, due=due, action="Inscrire à une session", action_url=sessions)


def _tutor(line: FollowedLine) -> Todo:
    return Todo(
        f"{line.agent} n’a pas de tuteur",
        reverse("training:agent", args=[line.agent.pk]),
        line.service,
        since=line.followed.post.start,
        action="Désigner un tuteur",
        action_url=f"{reverse('training:agreement-create')}?tutee={line.agent.pk}",
    )


def _enrol_again(row: Enrolment) -> Todo:
    return Todo(
        f"Réinscrire {row.agent}, absent à « {row.session.course} »",
        reverse("training:agent", args=[row.agent_id]),
        str(row.agent.unit),
        since=row.session.ends_on,
        action="Inscrire à une session",
        action_url=reverse("training:sessions"),
    )


def _conclude(row: TutoringAgreement) -> Todo:
    return Todo(
        f"Conclure le tutorat de {row.tutee} par {row.tutor}",
        reverse("training:agreement", args=[row.pk]),
        row.service,
        due=row.ends_on,
        action="Faire le bilan",
        action_url=reverse("training:agreement-assess", args=[row.pk]),
    )


def register() -> None:
    home_queue.register(QueueSource("training-to-do", Permission.TRAINING_EDIT, to_train, 45))
    home_state.register(StatePart("training", Permission.TRAINING_COUNT, state, 60))
