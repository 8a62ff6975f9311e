"""The story of an agent: posts, tutoring, trainings, in order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from training.enums import Attendance
from training.models import Agent


@dataclass(frozen=True, slots=True)
class Entry:
    """A day of the story of an agent."""

    on: date
    title: str
    detail: str = ""


def timeline_of(agent: Agent) -> list[Entry]:
    """What happened to an agent, the last first: four queries."""
    return sorted(_entries(agent), key=lambda entry: entry.on, reverse=True)


def _entries(agent: Agent) -> Iterator[Entry]:
    for post in agent.posts.select_related("theme").order_by("pk"):
        yield Entry(post.taken_on, "Prise de poste", f"{post.theme}, {post.service}")
        if post.ends_on:
            yield Entry(post.ends_on, "Fin du poste", f"{post.theme}, {post.service}")
    for past in agent.past_trainings.select_related("theme").order_by("pk"):
        yield Entry(past.on, str(past.get_kind_display()), f"{past.theme} {past.label}".strip())
    attended = agent.enrolments.filter(state=Attendance.PRESENT).select_related("session__course").order_by("pk")
    for row in attended.prefetch_related("session__covered__theme"):
        themes = ", ".join(str(one.theme) for one in row.session.covered.all())
        yield Entry(row.session.ends_on, "Formation suivie", f"{row.session.course} ({themes or 'sans thème'})")
    for agreement in agent.tutorings.select_related("tutor").order_by("pk"):
        title = "Tutorat renouvelé" if agreement.renews_id else "Tutorat"
        yield Entry(agreement.starts_on, title, f"par {agreement.tutor}, jusqu’au {agreement.ends_on:%d/%m/%Y}")
