"""The action plans of the site: what was decided, R for realised, C for under way, as the plan of 2019 marks them."""

from collections.abc import Sequence
from textwrap import shorten

from django.urls import reverse

from actions.enums import Origin, Status
from actions.models import Action, Plan
from actions.rules.tallies import StatusTally
from clu.models import Note
from clu.publications.part import Asked, Part
from core.pages.decks import Slide
from core.pages.decks.paging import fitted
from core.time.fuzzy_dates import words as deadline_words

HEAD, WIDTHS = ("Point relevé", "Action", "État", "Échéance"), (7, 8, 3, 3)
PLAN_HEAD, PLAN_WIDTHS = ("Plan", "Actions", "Réalisées", "En cours ou à faire", "En retard"), (10, 3, 3, 4, 3)
REPLY_HEAD, REPLY_WIDTHS = ("Vous avez demandé", "Nous avons fait", "État"), (8, 8, 4)
LETTERS = {Status.DONE: "(R) réalisée", Status.ONGOING: "(C) en cours"}
MOST_ACTIONS = 24
LONGEST = 150  # characters of a cell; the plan has the rest
FIRST = (Origin.CLU, Origin.SATISFACTION_SURVEY, Origin.MYSTERY_SURVEY)


def plan(asked: Asked) -> Part:
    """Each plan in figures, then the actions of those born of a committee or of a survey, the newest plan first."""
    plans = list(Plan.objects.filter(site=asked.site).order_by("-origin_on", "-pk"))
    rows = _actions(plans)
    url = reverse("actions:plans")
    if not rows:
        return asked.nothing("Plan d’actions", url=url)
    tally = StatusTally.of([action for actions in rows.values() for action in actions], asked.on)
    told = [(one, rows[one.pk]) for one in plans if one.pk in rows]
    slides = [
        Slide(title, head=PLAN_HEAD, rows=page, widths=PLAN_WIDTHS, notes=f"{tally.in_words}, tous plans réunis.")
        for title, page in fitted(asked.title, [_plan_line(one, actions, asked) for one, actions in told], PLAN_WIDTHS)
    ]
    ranked = sorted((one for one in told if one[0].origin in FIRST), key=lambda one: FIRST.index(one[0].origin))
    chosen = [action for _one, actions in ranked for action in actions]
    chosen = chosen or [action for _one, actions in told for action in actions]
    return Part([*slides, *_action_slides(chosen)])


def replies(asked: Asked) -> Part:
    """What earlier meetings asked for, and what became of it."""
    asked_for = (
        Note.objects.requests()
        .sent()
        .filter(meeting__committee=asked.meeting.committee_id, meeting__held_on__lt=asked.on)
        .select_related("meeting__committee", "action", "finding")
        .prefetch_related("finding__actions")
        .order_by("-meeting__held_on", "position", "pk")
    )
    rows = [(note.text, reply_of(note), state_of(note)) for note in asked_for]
    if not rows:
        return Part([Slide(asked.title, ["Aucune demande n’a été notée aux réunions précédentes."], notes=asked.title)])
    notes = f"{len(rows)} demande{'s' if len(rows) > 1 else ''} des réunions précédentes."
    return Part(
        [
            Slide(title, head=REPLY_HEAD, rows=page, widths=REPLY_WIDTHS, notes=notes)
            for title, page in fitted(asked.title, rows, REPLY_WIDTHS)
        ]
    )


def reply_of(note: Note) -> str:
    """What was answered to a request: words of ours, else the action it became."""
    if note.reply:
        return note.reply
    actions = _actions_of(note)
    return " ; ".join(action.title for action in actions) if actions else "Réponse à donner"


def state_of(note: Note) -> str:
    """« Réalisée le 12/04/2022 », « En cours, échéance 15/11/2022 », « Sans suite décidée »."""
    actions = _actions_of(note)
    if not actions:
        return "Répondu" if note.reply else "Pas encore d’action"
    done = [action for action in actions if action.status == Status.DONE]
    if len(done) == len(actions):
        last = max((action.done_on for action in done if action.done_on), default=None)
        return f"Réalisée le {last:%d/%m/%Y}" if last else "Réalisée"
    pending = next(action for action in actions if action.status != Status.DONE)
    when = f", échéance {deadline_words(pending.deadline)}" if pending.deadline_text else ""
    return f"{pending.get_status_display()}{when}"


def _actions_of(note: Note) -> list[Action]:
    if note.action:
        return [note.action]
    return list(note.finding.actions.all()) if note.finding else []


def _actions(plans: Sequence[Plan]) -> dict[int, list[Action]]:
    """The actions of each plan that has some, those given up left out."""
    rows = (
        Action.objects.filter(finding__plan__in=plans, merged_into__isnull=True)
        .exclude(status=Status.ABANDONED)
        .select_related("finding")
        .order_by("finding__plan", "finding__number", "position", "pk")
    )
    found: dict[int, list[Action]] = {}
    for action in rows:
        found.setdefault(action.finding.plan_id, []).append(action)
    return found


def _plan_line(one: Plan, actions: Sequence[Action], asked: Asked) -> tuple[str, ...]:
    tally = StatusTally.of(actions, asked.on)
    return one.title, str(tally.total), str(tally.done), str(tally.total - tally.done), str(tally.late)


def _action_slides(actions: Sequence[Action]) -> list[Slide]:
    rows = [
        (_short(action.finding.text), _short(action.title), _state(action), _deadline(action))
        for action in actions[:MOST_ACTIONS]
    ]
    left = len(actions) - len(rows)
    more = f" {left} autres actions sont au plan." if left > 0 else ""
    notes = f"R : réalisée ; C : en cours.{more}"
    return [
        Slide(title, head=HEAD, rows=page, widths=WIDTHS, notes=notes)
        for title, page in fitted("Points relevés et actions", rows, WIDTHS)
    ]


def _state(action: Action) -> str:
    return LETTERS.get(Status(action.status), action.get_status_display().lower())


def _short(text: str) -> str:
    return shorten(text, LONGEST, placeholder="…")


def _deadline(action: Action) -> str:
    if action.status == Status.DONE:
        return f"{action.done_on:%d/%m/%Y}" if action.done_on else "–"
    return deadline_words(action.deadline) if action.deadline_text else "–"
