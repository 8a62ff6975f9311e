"""What a line of a plan means, and what recording it would change in the finding and the action it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from actions.enums import FindingKind, Status
from actions.imports import roles
from actions.imports.entries import PlanEntry
from actions.imports.roles import ACTION, COMMENT, EFFECT, ENGAGEMENT, FINDING, NOTE, RESPONSIBLE
from actions.models import Action, Finding
from actions.rules.responsibles import Responsible, cleaned
from core.base.words import in_words
from core.importing.asks import Option
from core.importing.follow_up import DEADLINE, START, STATUS
from core.importing.follow_up.deadlines import short
from core.importing.follow_up.statuses import StatusSaid, done_day
from core.importing.lines import LineChange
from core.importing.places import warning
from core.importing.vocabulary import Words
from core.importing.words import plain
from core.time import fuzzy_dates
from core.time.fuzzy_dates import FuzzyDate, Kind
from organisations.models import Unit
from organisations.services.directory import KEEP, Directory
from referential.enums import Theme
from referential.models import Engagement, Module, Referential
from referential.services.naming import Book, theme_of

REASONED = (Status.POSTPONED, Status.ABANDONED)
LONGEST_SECTION = 300
_THEMES = {plain(theme.label): theme.value for theme in Theme}
_KINDS = {plain(kind.label): kind.value for kind in FindingKind}


@dataclass(eq=False)
class Meaning:
    """A line as it is understood. `values` of its finding and of its action are those to be written, and no more."""

    entry: PlanEntry
    said: StatusSaid
    status: str
    deadline: FuzzyDate
    first: FuzzyDate | None
    done_on: date | None
    comment: str
    reason: str
    names: list[tuple[str, str]]  # words, whom they stand for
    module: Module | None = None
    engagements: tuple[Engagement, ...] = ()
    finding: Finding | None = None
    action: Action | None = None
    finding_values: dict[str, Any] = field(default_factory=dict)
    action_values: dict[str, Any] = field(default_factory=dict)
    new_engagements: tuple[Engagement, ...] | None = None
    new_deadlines: list[FuzzyDate] = field(default_factory=list)
    new_responsibles: list[Responsible] | None = None

    @property
    def theme(self) -> str:
        told = _THEMES.get(plain(self.entry.text(roles.THEME)))
        return told or theme_of(self.entry.text(FINDING), self.entry.text(ENGAGEMENT), self.entry.section)

    @property
    def kind(self) -> str:
        return _KINDS.get(plain(self.entry.text(roles.KIND)), self.entry.kind or FindingKind.OBSERVATION)


def understood(
    entry: PlanEntry, said: StatusSaid, deadlines: tuple[FuzzyDate, FuzzyDate | None], *, today: date
) -> Meaning:
    """The line with its status, its deadlines, and its words told apart: comment, reason."""
    deadline, first = deadlines
    status = (
        Status.DONE
        if said.status == Status.TODO and deadline.kind == Kind.DONE and not entry.text(STATUS)
        else said.status
    )
    comment, _, reason = f"\n{entry.text(COMMENT)}".partition("\nRaison : ")
    reason = "\n".join(
        filter(None, (entry.text(roles.REASON), reason.strip(), said.rest if status in REASONED else ""))
    )
    notes = [comment.strip(), entry.text(NOTE), "" if status in REASONED else said.rest, *_unplaced(entry)]
    comment = "\n".join(dict.fromkeys(filter(None, notes)))
    if status in REASONED and not reason:
        comment, reason = "", comment  # one fact, one field
    if status in REASONED and not reason:
        message = f"La raison n’est pas dite : une action {Status(status).label.lower()} en demande une."
        entry.problems.append(warning(message, entry.at(STATUS)))
    days = (said.done_on, done_day(entry.text(STATUS)), done_day(comment))
    done_on = next((day for day in days if day and day <= today), None) if status == Status.DONE else None
    return Meaning(entry, said, status, deadline, first, done_on, comment, reason if status in REASONED else "", [])


def _unplaced(entry: PlanEntry) -> Iterator[str]:
    """Words of columns that have no field here: they go with the comment under their heading."""
    if not entry.text(roles.PLAN) and (origin := entry.text(roles.ORIGIN)):
        yield f"Origine : {origin}"
    for code, known in ((roles.KIND, _KINDS), (roles.THEME, _THEMES)):
        if (text := entry.text(code)) and plain(text) not in known:
            yield f"{roles.LABELS[code]} : {text}"
    if (start := entry.text(START)) and not entry.text(DEADLINE):
        yield f"Début : {start}"


def responsible_of(directory: Directory, words: str, choice: str) -> Responsible:
    one = directory.values.get(choice)
    return Responsible(unit=one, words=words) if isinstance(one, Unit) else Responsible(user=one, words=words)


class Naming:
    """Gives the lines of a plan their people and their place in the referential, through the words of the file."""

    def __init__(self, *, words: Words, directory: Directory, book: Book, referential: Referential | None):
        self.words, self.directory, self.book, self.referential = words, directory, book, referential
        self.told: set[str] = set()
        known = directory.values.items()
        units = [
            Option(code, f"{one.name} ({one.sigle})" if one.sigle else one.name, "Unités")
            for code, one in known
            if isinstance(one, Unit)
        ]
        people = [Option(code, str(one), "Personnes") for code, one in known if not isinstance(one, Unit)]
        self.people = [Option(KEEP, "Garder ces mots"), *units, *people]
        own = [one for one in book.engagements if referential and one.module.referential_id == referential.pk]
        self.engagements = {str(one.pk): one for one in own}
        self.options = [
            Option(KEEP, "Garder ces mots"),
            *(Option(pk, str(one)) for pk, one in self.engagements.items()),
        ]

    def name(self, meaning: Meaning) -> None:
        entry = meaning.entry
        for words in self.directory.pieces(entry.text(RESPONSIBLE)):
            known, place = self.directory.known(words), entry.at(RESPONSIBLE)
            choice = self.words.read("responsible", words, place, self.people, known=known or KEEP)
            meaning.names.append((words, choice))
            if not known and choice == KEEP and plain(words) not in self.told:
                self.told.add(plain(words))
                message = f"« {words} » n’est ni une unité ni une personne connue : ces mots sont gardés."
                entry.problems.append(warning(message, place))
        if self.referential:
            self._place(meaning)

    def _place(self, meaning: Meaning) -> None:
        """The module and the engagements, in the referential of the plan."""
        entry, text = meaning.entry, meaning.entry.text(ENGAGEMENT)
        found = self.book.find(entry.section, text, self.referential.pk)
        meaning.module, meaning.engagements = found.module, found.engagements
        if not text or (len(found.engagements) > 1):
            return
        known = str(found.engagements[0].pk) if found.engagements else KEEP
        answer = self.words.read(
            "engagement",
            f"{entry.section} {text}".strip() if found.engagements else text,
            entry.at(ENGAGEMENT),
            self.options,
            known=known,
        )
        meaning.engagements = (self.engagements[answer],) if answer in self.engagements else ()
        if answer == KEEP == known:
            message = f"L’engagement « {short(text)} » n’est pas dans {self.referential} : ses mots sont gardés."
            entry.problems.append(warning(message, entry.at(ENGAGEMENT)))
        elif found.doubt and answer == known:
            entry.problems.append(warning(f"Vérifiez l’engagement : {found.doubt}.", entry.at(ENGAGEMENT)))


def compare_finding(meaning: Meaning) -> list[LineChange]:
    """What the line says that is new of its finding; a blank never erases what was typed."""
    entry, finding = meaning.entry, meaning.finding
    told = {
        "text": entry.text(FINDING),
        "section": entry.section[:LONGEST_SECTION],
        "engagement_words": entry.text(ENGAGEMENT),
    }
    if finding is None:
        meaning.finding_values = told | {
            "module": meaning.module,
            "kind": meaning.kind,
            "theme": meaning.theme,
            "number": entry.number,
        }
        meaning.new_engagements = meaning.engagements
        shorts = ", ".join(one.short for one in meaning.engagements)
        theme, kind = Theme(meaning.theme).label, FindingKind(meaning.kind).label
        return _told(Constat=told["text"], Rubrique=told["section"], Engagement=shorts, Thème=theme, Nature=kind)
    stored = {name: getattr(finding, name) for name in told}
    links = [link.engagement for link in finding.engagement_links.all()]
    stored["section"] = stored["section"] or str(finding.module or "")
    if links and _names(told["engagement_words"]) in (
        {plain(one.code) for one in links},
        {plain(one.short) for one in links},
    ):
        told["engagement_words"] = ""  # as an export of ours names them
    labels = {"text": "Constat", "section": "Rubrique", "engagement_words": "Engagement"}
    changes, meaning.finding_values = _changed(told, stored, labels)
    if meaning.module and finding.module_id is None:
        meaning.finding_values["module"] = meaning.module
        changes.append(LineChange("Module", "", str(meaning.module)))
    has_moved = "engagement_words" in meaning.finding_values
    if meaning.engagements and (has_moved or not links) and set(links) != set(meaning.engagements):
        meaning.new_engagements = meaning.engagements
        before, after = (", ".join(one.short for one in several) for several in (links, meaning.engagements))
        changes.append(LineChange("Engagements du référentiel", before, after))
    return changes


def compare_action(meaning: Meaning, directory: Directory) -> list[LineChange]:
    """What the line says that is new of its action."""
    entry, action = meaning.entry, meaning.action
    told = {"text": entry.text(ACTION), "comment": meaning.comment, "expected_effect": entry.text(EFFECT)}
    given = cleaned(responsible_of(directory, *name) for name in meaning.names)
    outcome = {"status": meaning.status, "done_on": meaning.done_on, "status_reason": meaning.reason}
    deadlines = [one for one in (meaning.first, meaning.deadline) if one and one.text]
    if action is None:
        meaning.action_values = told | outcome
        meaning.new_deadlines, meaning.new_responsibles = deadlines, given
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
    if _same(told["comment"], action.status_reason):
        told["comment"] = ""
    stored = {name: getattr(action, name) for name in told}
    labels = {"text": "Action", "comment": "Commentaire", "expected_effect": "Effet attendu"}
    changes, meaning.action_values = _changed(told, stored, labels)
    changes += _compare_outcome(meaning, action, outcome)
    if meaning.deadline.text and not _same(meaning.deadline.text, action.deadline_text):
        meaning.new_deadlines = [meaning.deadline]
        changes.append(LineChange("Échéance", action.deadline_text, meaning.deadline.text))
    known = list(action.responsibles.all())
    if meaning.names and not all(_is_known(name, directory, known) for name in meaning.names):
        own = [Responsible(one.unit, one.user, one.words) for one in known if not one.words]
        meaning.new_responsibles = cleaned([*given, *own])
        before, after = (", ".join(one.label for one in ones) for ones in (known, meaning.new_responsibles))
        changes.append(LineChange("Responsables", before, after))
    return changes


def _compare_outcome(meaning: Meaning, action: Action, outcome: dict[str, Any]) -> list[LineChange]:
    """The status where the document tells another one, or the day it was done where nobody knew it."""
    says_status = bool(meaning.entry.text(STATUS)) or meaning.status not in ("", Status.TODO)
    if meaning.status and says_status and meaning.status != action.status:
        if action.status_reason and not (meaning.comment or action.comment or meaning.reason):
            outcome["comment"] = action.status_reason  # a blank never erases what was typed
        meaning.action_values |= outcome
        return [LineChange("Statut", Status(action.status).label, Status(meaning.status).label)]
    if meaning.done_on and action.status == Status.DONE and action.done_on is None:
        meaning.action_values |= outcome
        return [LineChange("Réalisée le", "", in_words(meaning.done_on))]
    return []


def _told(**values: str) -> list[LineChange]:
    """What is new, in words, blanks left out."""
    return [LineChange(label, "", text) for label, text in values.items() if text]


def _changed(
    told: dict[str, str], stored: dict[str, str], labels: dict[str, str]
) -> tuple[list[LineChange], dict[str, Any]]:
    values: dict[str, Any] = {name: text for name, text in told.items() if text and not _same(text, stored[name])}
    return [LineChange(labels[name], stored[name], text) for name, text in values.items()], values


def _names(words: str) -> set[str]:
    """« Engagements 17, 18 » → 17, 18; « E1, bilan annuel » → e1, bilan annuel."""
    return {plain(one) for one in re.sub(r"^Engagements? ", "", words).split(",")}


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
