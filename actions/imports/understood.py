"""What a line of a plan means: its status, deadlines and words, its people, its place in the referential."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from actions.enums import FindingKind, Status
from actions.imports import roles
from actions.imports.entries import PlanEntry
from actions.imports.roles import COMMENT, ENGAGEMENT, FINDING, NOTE, RESPONSIBLE
from actions.models import Action, Finding
from actions.rules.responsibles import Responsible
from core.importing.asks import Option
from core.importing.follow_up import DEADLINE, START, STATUS
from core.importing.follow_up.deadlines import short
from core.importing.follow_up.statuses import StatusSaid, done_day
from core.importing.places import warning
from core.importing.vocabulary import Words
from core.importing.words import plain
from core.time.fuzzy_dates import FuzzyDate, Kind
from organisations.models import Unit
from organisations.services.directory import KEEP, Directory
from referential.enums import Theme
from referential.models import Engagement, Module, Referential
from referential.services.naming import Book, theme_of

REASONED = (Status.POSTPONED, Status.ABANDONED)
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
    is_done = said.status == Status.TODO and deadline.kind == Kind.DONE and not entry.text(STATUS)
    status = Status.DONE if is_done else said.status
    comment, reason = _told_apart(entry, said, is_reasoned=status in REASONED)
    if status in REASONED and not reason:
        message = f"La raison n’est pas dite : une action {Status(status).label.lower()} en demande une."
        entry.problems.append(warning(message, entry.at(STATUS)))
    days = (said.done_on, done_day(entry.text(STATUS)), done_day(comment))
    done_on = next((day for day in days if day and day <= today), None) if status == Status.DONE else None
    return Meaning(entry, said, status, deadline, first, done_on, comment, reason, [])


def _told_apart(entry: PlanEntry, said: StatusSaid, *, is_reasoned: bool) -> tuple[str, str]:
    """(comment, reason): one fact in one field, and no reason for a status that asks for none."""
    comment, _, reason = f"\n{entry.text(COMMENT)}".partition("\nRaison : ")
    reasons = (entry.text(roles.REASON), reason.strip(), said.rest if is_reasoned else "")
    reason = "\n".join(filter(None, reasons))
    notes = [comment.strip(), entry.text(NOTE), "" if is_reasoned else said.rest, *_unplaced(entry)]
    comment = "\n".join(dict.fromkeys(filter(None, notes)))
    if not is_reasoned:
        return comment, ""
    return (comment, reason) if reason else ("", comment)


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
