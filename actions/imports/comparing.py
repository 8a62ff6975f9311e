"""What a row of a document changes in the finding and the action it is; a blank never erases what was typed."""

from typing import Any

from actions.enums import Status
from actions.imports.document import COMMENT, ENGAGEMENT, RESPONSIBLE, STATUS
from actions.imports.plan import Change, PlannedRow
from actions.imports.responsibles import Named
from actions.imports.understanding import LONGEST_SECTION, REASONED
from actions.models import Action, ActionResponsible, Finding
from actions.rules.responsibles import Responsible, cleaned
from actions.services.imports import ActionToWrite, FindingToWrite
from core.imports.words import plain
from core.words import in_words


def write_finding(row: PlannedRow) -> FindingToWrite:
    """The finding of a row, with what is new of it; its changes are told on the row."""
    finding, source = row.finding, row.source
    told = {
        "text": row.finding_text,
        "section": source.section[:LONGEST_SECTION],
        "engagement_words": source.text(ENGAGEMENT),
    }
    if finding is None:
        values: dict[str, Any] = told | {"module": row.module, "kind": source.kind, "theme": row.theme}
        return FindingToWrite(None, values | {"number": source.finding_number}, row.engagements)
    values = {name: text for name, text in told.items() if text and not _same(text, getattr(finding, name))}
    labels = {"text": "Constat", "section": "Rubrique", "engagement_words": "Engagement"}
    row.changes += [Change(labels[name], getattr(finding, name), text) for name, text in values.items()]
    if row.module and finding.module_id is None:
        values["module"] = row.module
        row.changes.append(Change("Module", "", str(row.module)))
    return FindingToWrite(finding, values, _new_engagements(row, finding, has_moved="engagement_words" in values))


def _new_engagements(row: PlannedRow, finding: Finding, *, has_moved: bool):
    """Those found, where the words changed or where none was known; a person's own choice stays."""
    known = [link.engagement for link in finding.engagement_links.all()]
    if not row.engagements or (known and not has_moved) or set(known) == set(row.engagements):
        return None
    shorts = [", ".join(one.short for one in several) for several in (known, row.engagements)]
    row.changes.append(Change("Engagements du référentiel", *shorts))
    return row.engagements


def write_action(row: PlannedRow, *, written_on) -> ActionToWrite:
    """The action of a row, with what is new of it; its changes are told on the row."""
    action = row.action
    told = {"text": row.action_text, "comment": row.source.text(COMMENT)}
    given = cleaned(name.responsible for name in row.names)
    if action is None:
        values = told | _outcome(row)
        return ActionToWrite(None, values, row.deadline if row.deadline.text else None, written_on, given)
    values = {name: text for name, text in told.items() if text and not _same(text, getattr(action, name))}
    labels = {"text": "Action", "comment": "Commentaire"}
    row.changes += [Change(labels[name], getattr(action, name), text) for name, text in values.items()]
    values |= _new_outcome(row, action)
    moves = bool(row.deadline.text) and not _same(row.deadline.text, action.deadline_text)
    if moves:
        row.changes.append(Change("Échéance", action.deadline_text, row.deadline.text))
    return ActionToWrite(action, values, row.deadline if moves else None, written_on, _new_responsibles(row, action))


def _outcome(row: PlannedRow) -> dict[str, Any]:
    reason = row.source.text(COMMENT) if row.status in REASONED else ""
    return {"status": row.status, "done_on": row.done_on, "status_reason": reason}


def _new_outcome(row: PlannedRow, action: Action) -> dict[str, Any]:
    """The status where the document tells another one, or the day it was done where nobody knew it."""
    says_status = bool(row.source.text(STATUS)) or row.status == Status.DONE
    if says_status and row.status != action.status:
        row.changes.append(Change("Statut", Status(action.status).label, row.status_label))
        return _outcome(row)
    if row.done_on and action.status == Status.DONE and action.done_on is None:
        row.changes.append(Change("Réalisée le", "", in_words(row.done_on)))
        return _outcome(row)
    return {}


def _new_responsibles(row: PlannedRow, action: Action) -> list[Responsible] | None:
    """Those of the document beside those a person added by hand; None where all are known already."""
    if not row.source.text(RESPONSIBLE):
        return None
    known = list(action.responsibles.all())
    keys = {_key(one) for one in known}
    words = {plain(one.words) for one in known if one.words}
    answered = {plain(one.words) for one in known if one.words and (one.unit_id or one.user_id)}
    if all(_is_known(name, keys, words, answered) for name in row.names):
        return None
    own = [Responsible(one.unit, one.user, one.words) for one in known if not one.words]
    several = cleaned([*(name.responsible for name in row.names), *own])
    labels = [", ".join(one.label for one in ones) for ones in (known, several)]
    row.changes.append(Change("Responsables", *labels))
    return several


def _is_known(name: Named, keys: set[tuple], words: set[str], answered: set[str]) -> bool:
    """Whether the action already has that responsible: a role stays with the person who held it on the first import."""
    if name.responsible.key in keys or (not name.is_settled and name.key in words):
        return True
    return name.by_role and name.key in answered


def _key(one: ActionResponsible) -> tuple:
    return Responsible(one.unit, one.user, one.words).key


def _same(one: str, other: str) -> bool:
    """The same words, whatever the spaces and line ends."""
    return one.split() == other.split()
