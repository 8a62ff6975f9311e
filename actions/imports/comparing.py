"""What recording a line of a plan would change in the finding and the action it is."""

import re
from collections.abc import Iterable
from typing import Any

from actions.enums import FindingKind, Status
from actions.imports.roles import ACTION, EFFECT, ENGAGEMENT, FINDING
from actions.imports.understood import Meaning, responsible_of
from actions.models import Action
from actions.rules.responsibles import Responsible, cleaned
from core.base.words import in_words
from core.importing.follow_up import STATUS
from core.importing.lines import LineChange
from core.importing.words import plain
from core.time import fuzzy_dates
from core.time.fuzzy_dates import FuzzyDate
from organisations.services.directory import KEEP, Directory
from referential.enums import Theme
from referential.models import Engagement

LONGEST_SECTION = 300


def compare_finding(meaning: Meaning) -> list[LineChange]:
    """What the line says that is new of its finding; a blank never erases what was typed."""
    entry, finding = meaning.entry, meaning.finding
    told = {
        "text": entry.text(FINDING),
        "section": entry.section[:LONGEST_SECTION],
        "engagement_words": entry.text(ENGAGEMENT),
    }
    if finding is None:
        return _new_finding(meaning, told)
    stored = {name: getattr(finding, name) for name in told}
    links = [link.engagement for link in finding.engagement_links.all()]
    stored["section"] = stored["section"] or str(finding.module or "")
    if _are_named(links, told["engagement_words"]):
        told["engagement_words"] = ""  # as an export of ours names them
    labels = {"text": "Constat", "section": "Rubrique", "engagement_words": "Engagement"}
    changes, meaning.finding_values = _changed(told, stored, labels)
    if meaning.module and finding.module_id is None:
        meaning.finding_values["module"] = meaning.module
        changes.append(LineChange("Module", "", str(meaning.module)))
    return [*changes, *_compare_engagements(meaning, links)]


def _new_finding(meaning: Meaning, told: dict[str, str]) -> list[LineChange]:
    kind, theme = meaning.kind, meaning.theme
    meaning.finding_values = told | {
        "module": meaning.module,
        "kind": kind,
        "theme": theme,
        "number": meaning.entry.number,
    }
    meaning.new_engagements = meaning.engagements
    return _told(
        Constat=told["text"],
        Rubrique=told["section"],
        Engagement=_shorts(meaning.engagements),
        Thème=Theme(theme).label,
        Nature=FindingKind(kind).label,
    )


def _compare_engagements(meaning: Meaning, links: list[Engagement]) -> list[LineChange]:
    """The engagements where the document names others, or where there were none."""
    is_free = "engagement_words" in meaning.finding_values or not links
    if not meaning.engagements or not is_free or set(links) == set(meaning.engagements):
        return []
    meaning.new_engagements = meaning.engagements
    return [LineChange("Engagements du référentiel", _shorts(links), _shorts(meaning.engagements))]


def _shorts(engagements: Iterable[Engagement]) -> str:
    return ", ".join(one.short for one in engagements)


def _are_named(links: list[Engagement], words: str) -> bool:
    """« Engagements 17, 18 », « E1, bilan annuel »: whether words are the codes or the short names of engagements."""
    names = {plain(one) for one in re.sub(r"^Engagements? ", "", words).split(",")}
    return bool(links) and names in ({plain(one.code) for one in links}, {plain(one.short) for one in links})


def compare_action(meaning: Meaning, directory: Directory) -> list[LineChange]:
    """What the line says that is new of its action."""
    entry, action = meaning.entry, meaning.action
    told = {"text": entry.text(ACTION), "comment": meaning.comment, "expected_effect": entry.text(EFFECT)}
    given = cleaned(responsible_of(directory, *name) for name in meaning.names)
    outcome = {"status": meaning.status, "done_on": meaning.done_on, "status_reason": meaning.reason}
    if action is None:
        meaning.action_values, meaning.new_responsibles = told | outcome, given
        return _new_action(meaning, told, given)
    if _same(told["comment"], action.status_reason):
        told["comment"] = ""
    stored = {name: getattr(action, name) for name in told}
    labels = {"text": "Action", "comment": "Commentaire", "expected_effect": "Effet attendu"}
    changes, meaning.action_values = _changed(told, stored, labels)
    changes += _compare_outcome(meaning, action, outcome)
    if meaning.deadline.text and not _same(meaning.deadline.text, action.deadline_text):
        meaning.new_deadlines = [meaning.deadline]
        changes.append(LineChange("Échéance", action.deadline_text, meaning.deadline.text))
    return [*changes, *_compare_responsibles(meaning, action, given, directory)]


def _new_action(meaning: Meaning, told: dict[str, str], given: list[Responsible]) -> list[LineChange]:
    deadlines: list[FuzzyDate] = [one for one in (meaning.first, meaning.deadline) if one and one.text]
    meaning.new_deadlines = deadlines
    return _told(
        Action=told["text"],
        Statut=Status(meaning.status).label if meaning.status else "",
        Échéance=" puis ".join(fuzzy_dates.words(one) for one in deadlines),
        Responsables=", ".join(one.label for one in given),
        Réalisée=in_words(meaning.done_on),
        Commentaire=meaning.comment,
        Raison=meaning.reason,
        Effet=told["expected_effect"],
    )


def _compare_responsibles(
    meaning: Meaning, action: Action, given: list[Responsible], directory: Directory
) -> list[LineChange]:
    """The responsibles where the document names one that the action has not; those that it names no words for stay."""
    known = list(action.responsibles.all())
    if all(_is_known(name, directory, known) for name in meaning.names):
        return []
    own = [Responsible(one.unit, one.user, one.words) for one in known if not one.words]
    meaning.new_responsibles = cleaned([*given, *own])
    before, after = (", ".join(one.label for one in ones) for ones in (known, meaning.new_responsibles))
    return [LineChange("Responsables", before, after)]


def _compare_outcome(meaning: Meaning, action: Action, outcome: dict[str, Any]) -> list[LineChange]:
    """The status where the document tells another one, or the day it was done where nobody knew it."""
    if _tells_another_status(meaning, action):
        if not (meaning.comment or action.comment or meaning.reason):
            outcome |= {"comment": action.status_reason} if action.status_reason else {}  # a blank never erases
        change = LineChange("Statut", Status(action.status).label, Status(meaning.status).label)
    elif meaning.done_on and action.status == Status.DONE and action.done_on is None:
        change = LineChange("Réalisée le", "", in_words(meaning.done_on))
    else:
        return []
    meaning.action_values |= outcome
    return [change]


def _tells_another_status(meaning: Meaning, action: Action) -> bool:
    """A line that says nothing of its status is to be done, which changes no stored status."""
    if meaning.status in ("", action.status):
        return False
    return bool(meaning.entry.text(STATUS)) or meaning.status != Status.TODO


def _told(**values: str) -> list[LineChange]:
    """What is new, in words, blanks left out."""
    return [LineChange(label, "", text) for label, text in values.items() if text]


def _changed(
    told: dict[str, str], stored: dict[str, str], labels: dict[str, str]
) -> tuple[list[LineChange], dict[str, Any]]:
    values: dict[str, Any] = {name: text for name, text in told.items() if text and not _same(text, stored[name])}
    return [LineChange(labels[name], stored[name], text) for name, text in values.items()], values


def _is_known(name: tuple[str, str], directory: Directory, known: list) -> bool:
    """Whether the action already has that responsible: a role stays with the person who held it on the first import."""
    words, choice = plain(name[0]), name[1]
    one = responsible_of(directory, *name)
    if one.key in {Responsible(other.unit, other.user, other.words).key for other in known}:
        return True
    answered = {plain(text) for other in known if other.unit_id or other.user_id for text in (other.words, other.label)}
    return words in answered or (choice == KEEP and words in {plain(other.words) for other in known})


def _same(one: str, other: str) -> bool:
    """The same words, whatever the spaces and line ends."""
    return one.split() == other.split()
