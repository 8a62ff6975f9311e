"""Mails of the action plans, in plain French text."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from actions.enums import STALE_KEY
from actions.models import Action
from actions.registries import DigestLine, DigestPart, digest_parts
from actions.rules.digests import days_late, monday_of
from core.base.words import counted
from core.jobs import notices

DIGEST = "action_digest"
MOST_LINES = 20
SECTIONS = (
    ("late", "En retard :"),
    ("this_week", "Échéance cette semaine :"),
    ("soon", "À venir :"),
    ("escalated", "À votre attention, en retard depuis longtemps dans vos services :"),
    ("unheld", "Sans personne à prévenir (désignez un responsable) :"),
    ("reviews", "Efficacité à vérifier :"),
)


def notify_digest(digest, *, on: date, key: str) -> bool:
    """The digest of the week of a person (`services.reminders.Digest`); False if it already left this week."""
    what = "les actions qui vous attendent" if digest.actions else "ce qui vous attend"
    lines = ["Bonjour,", "", f"Voici où en sont {what}, au {on:%d/%m/%Y}."]
    for name, title in SECTIONS:
        rows = getattr(digest, name)
        if rows:
            lines += ["", title, *_lines(name, rows, on)]
    lines += _to_decide(len(digest.stale))
    for part in digest_parts:
        lines += _of_part(part, digest.parts.get(part.code, []))
    lines += ["", f"Rendre compte : {notices.absolute(reverse('actions:mine'))}"]
    return (
        notices.send(
            DIGEST, to=digest.person, subject=subject(digest), body="\n".join(lines), key=key, on=monday_of(on)
        )
        is not None
    )


def subject(digest) -> str:
    """« 3 actions à suivre, dont 1 en retard ; 2 réclamations à traiter »."""
    count, late = len(digest.actions), len(digest.late)
    words = f"{counted(count, 'action')} à suivre" + (f", dont {late} en retard" if late else "")
    told = [words] if count else []
    told += [
        counted(len(digest.parts[part.code]), part.one, part.many) for part in digest_parts if part.code in digest.parts
    ]
    return " ; ".join(told)


def _of_part(part: DigestPart, found: Sequence[DigestLine]) -> list[str]:
    if not found:
        return []
    lines = ["", f"{part.title} :"]
    for line in found[:MOST_LINES]:
        lines += [f"- {line.text}", f"  {notices.absolute(line.path)}"]
    more = len(found) - MOST_LINES
    return [*lines, f"- et {counted(more, 'autre')}"] if more > 0 else lines


def _lines(name: str, rows: Sequence[Action], on: date) -> list[str]:
    lines = []
    for action in rows[:MOST_LINES]:
        lines.append(f"- {action.title} ({action.finding.plan.title}), {_when(name, action, on)}")
        lines.append(f"  {notices.absolute(reverse('actions:action', args=[action.pk]))}")
    more = len(rows) - MOST_LINES
    return [*lines, f"- et {more} autre{'s' if more > 1 else ''}"] if more > 0 else lines


def _to_decide(count: int) -> list[str]:
    """One line for all that is late for more than a year, as on the home page."""
    if not count:
        return []
    what = f"{count} actions sont en retard" if count > 1 else "1 action est en retard"
    url = notices.absolute(f"{reverse('actions:actions')}?status={STALE_KEY}")
    return ["", f"À décider : {what} de plus d’un an, à reporter ou à abandonner, avec la raison.", f"  {url}"]


def _when(name: str, action: Action, on: date) -> str:
    if name == "reviews":
        return f"à vérifier le {action.review_due_on:%d/%m/%Y}"
    late = days_late(action.deadline_latest, on)
    words = f"échéance « {action.deadline_text} »" if action.deadline_text else "échéance"
    day = f"{action.deadline_latest:%d/%m/%Y}"
    if day not in words:
        words = f"{words}, le {day}" if action.deadline_text else f"échéance le {day}"
    return f"{words}, {late} jour{'s' if late > 1 else ''} de retard" if late > 0 else words
