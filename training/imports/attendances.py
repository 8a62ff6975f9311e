"""Where enrolments stand: a column of words, a column for each state ticked or naming people, half-days signed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import ClassVar

from core.importing.asks import Ask, Given, Option, settle
from core.importing.dates import read_day
from core.importing.tables import SourceRow, Wanted
from core.importing.tables.readers import Choice, Entry, Said
from core.importing.tables.rows import RowCell
from core.importing.tables.table_import import Entered
from core.importing.tables.ticks import is_cross
from core.importing.tables.wanted import Content
from core.importing.vocabulary import key_of
from core.importing.words import plain
from training.enums import Attendance
from training.imports.base import OnePerson
from training.rules.names import CIVILITIES

TICKED, UNTICKED = "ticked", "unticked"
PARTLY = "partly-signed"
SEVERAL = "; "  # between the names that a cell was read as
STATES = Choice.of(
    Attendance,
    {
        Attendance.PRESENT: r"presente?s?|p|oui|x|v|ok|1|emargee?|suivi[es]?|formee?s?|faite?|realisee?s?|effectuee?s?|"
        r"a (?:suivi|participe).*|participe.*|valide.*|forme",
        Attendance.ABSENT: r"absente?s?.*|abs.*|a|non|0|excusee?s?.*|(?:inscrit )?non venue?|defaillante?",
        Attendance.REGISTERED: r"inscrite?s?|inscription(?: faite| demandee)?|demandee?|en attente|i",
        Attendance.SELECTED: r"retenue?s?|convoquee?s?|acceptee?s?|confirmee?s?|r",
        Attendance.DECLINED: r"non retenue?s?|refusee?s?|non acceptee?s?|liste d attente|annulee?s?|desiste.*",
    },
)
_TICK = r"oui|o|x+|v|vrai|true|ok|1|✓|✔|✅|☑|☒|✗|✘|●|■"
_NO_TICK = r"non|n|faux|false|0|☐|□|-|–|—|/"
_NEXT = re.compile(r"\s*[;\n]\s*")
_COMMA = re.compile(r"\s*(?:[,/]|\bet\b)\s*")


@dataclass(frozen=True)
class TickOrNames:
    """Under « Inscrits », « Présents »: a tick for the agent of the line, or the names of several."""

    content: ClassVar[Content] = Content.ANY
    writes: ClassVar[tuple[str, ...]] = ()

    def __call__(self, entry: Entry) -> Said:
        words = key_of(entry.text)
        if entry.value is False or re.fullmatch(_NO_TICK, words) or is_cross(entry.row, entry.text):
            return Said(UNTICKED)
        if self._is_ticked(entry, words):
            return Said(TICKED)
        if not re.search(r"[^\W\d_]", entry.text):
            return entry.wrong(f"« {entry.text} » compte des agents : écrivez leurs noms, ou une ligne par agent.")
        names = names_in(entry.text)
        if not names:
            return entry.wrong(f"« {entry.text[:80]} » : séparez les noms des agents par des points-virgules.")
        return Said(SEVERAL.join(names))

    def _is_ticked(self, entry: Entry, words: str) -> bool:
        """« X », « inscrit » under « Inscrits », « 01/03/2022 » under « Inscrit le »."""
        is_said = entry.value is True or bool(re.fullmatch(_TICK, words)) or STATES.known(words) == entry.code
        return is_said or isinstance(read_day(entry.value), date)


@dataclass(frozen=True)
class People(OnePerson):
    """The name of one person, or under « Participants » those of several."""

    def __call__(self, entry: Entry) -> Said:
        said = super().__call__(entry)
        names = names_in(entry.text) if said.problem else []
        return Said(SEVERAL.join(names)) if len(names) > 1 else said


@dataclass(frozen=True)
class Signed:
    """Where one signs, once or once a half-day: a tick, « signé », a signature typed; or « absent »."""

    content: ClassVar[Content] = Content.ANY
    writes: ClassVar[tuple[str, ...]] = ()

    def __call__(self, entry: Entry) -> Said:
        said = {self._state(cell.text) for cell in entry.row.cells(entry.code)}
        if len(entry.row.cells(entry.code)) < len(entry.row.table.of_role(entry.code)):
            said.add("")
        return Said(said.pop() if len(said) == 1 else PARTLY)

    def _state(self, text: str) -> str:
        words = key_of(text)
        if re.fullmatch(_NO_TICK, words):
            return ""
        known = STATES.known(words)
        return known if known in (Attendance.ABSENT, Attendance.DECLINED) else str(Attendance.PRESENT)


def _of(state: Attendance, heads: str) -> Wanted:
    return Wanted(str(state), f"{state.label}s", heads=heads, read=TickOrNames(), colour="status")


BY_STATE = (
    _of(Attendance.REGISTERED, r"(?:agents? )?inscrite?s?"),
    _of(Attendance.SELECTED, r"(?:agents? )?(?:retenue?s?|convoquee?s?)"),
    _of(Attendance.PRESENT, r"(?:agents? )?(?:presente?s?|formee?s?)"),
    _of(Attendance.ABSENT, r"(?:agents? )?(?:absente?s?|excusee?s?)"),
    _of(Attendance.DECLINED, r"(?:agents? )?(?:non retenue?s?|refusee?s?)"),
)
SIGNATURE = Wanted(
    "signed",
    "Signature",
    heads=r"signatures?(?: .*)?|emargements?(?: .*)?|(?:.* )?(?:matin|apres midi|am|pm)|"
    r"(?:presences? )?j(?:our)? ?\d|presences? \d.*",
    read=Signed(),
    colour="status",
    is_many=True,
)
_RANKS = [str(state) for state in (Attendance.REGISTERED, Attendance.SELECTED, Attendance.PRESENT)]
_CODES = [one.code for one in BY_STATE]


@dataclass(slots=True)
class NamedInCell(RowCell):
    """One of the people that a cell names, as a line of its own."""

    part: int = 0

    @property
    def key(self) -> str:
        return f"{self.table.name}!{self.number}!{self.part}"


def people_of(entry: Entered) -> Sequence[Entered]:
    """The lines that a line holds: one for each person whom its columns of states name."""
    told = {code: entry.values[code] for code in _CODES if entry.values.get(code, TICKED) not in (TICKED, UNTICKED)}
    name = entry.values.get("name", "")
    if SEVERAL not in name and (not told or name):
        return [entry]
    return list(_named(entry, {"name": name, **told} if name else told))


def _named(entry: Entered, told: Mapping[str, str]) -> Iterator[Entered]:
    """Each person once, at the column that says most of them: « Inscrits », then « Présents »."""
    shared = {code: value for code, value in entry.values.items() if code not in (*_CODES, "name")}
    held = {one.name: getattr(entry.row, one.name) for one in fields(SourceRow)}
    found: dict[str, dict[str, str]] = {}
    for code, names in told.items():
        for name in names.split(SEVERAL):
            found.setdefault(name_of(name), {})[code] = name
    for part, said in enumerate(found.values()):
        code = next(reversed(said))
        roles = {role: columns for role, columns in entry.row.by_role.items() if role not in _CODES}
        column = entry.row.by_role[code][0]
        row = NamedInCell(
            **{**held, "by_role": {**roles, "name": (column,), code: (column,)}}, column=column, part=part
        )
        ticks = {state: TICKED for state in said if state != "name"}
        line = Entered(row, {**shared, "name": said[code], **ticks}, [] if part else list(entry.problems))
        line.asked = set(entry.asked)
        yield line


def fold(entry: Entered, given: Given) -> Ask | None:
    """Give a line its state, from its ticks or its signatures; what is asked of a line signed in part."""
    ticked = [code for code in _CODES if entry.values.get(code) == TICKED]
    said = {code: value for code in _CODES if (value := entry.values.pop(code, "")) not in ("", TICKED, UNTICKED)}
    signed = entry.values.pop("signed", "")
    if said and entry.row.table.of_role("name"):
        entry.wrong(
            next(iter(said)), "Cette cellule nomme quelqu’un, et sa ligne aussi : cochez-la, ou laissez-la vide."
        )
    if "state" in entry.values or "state" in entry.asked:
        return None
    ends = [code for code in ticked if code not in _RANKS]
    if len(ends) > 1 or (ends and Attendance.PRESENT in ticked):
        entry.wrong(ticked[-1], "Deux états contraires sont cochés pour cet agent.")
    elif ends or Attendance.PRESENT in ticked:
        entry.values["state"] = ends[0] if ends else str(Attendance.PRESENT)
    elif signed == PARTLY:
        return _ask_partly(entry, given)
    elif signed or ticked:
        entry.values["state"] = signed or ticked[-1]
    return None


def _ask_partly(entry: Entered, given: Given) -> Ask:
    """Whether who signed some of the half-days was there."""
    options = [Option(value, str(value.label)) for value in (Attendance.PRESENT, Attendance.ABSENT)]
    question = "Des agents n’ont signé qu’une partie de la session : sont-ils présents ou absents ?"
    ask = settle(given, PARTLY, question, options, places=[entry.row.place("signed")], is_remembered=False)
    if ask.is_open:
        entry.row.asked = PARTLY
    else:
        entry.values["state"] = ask.value
    return ask


def says_state(entry: Entered) -> bool:
    """Whether the table of a line has any column of states."""
    return any(entry.row.table.of_role(code) for code in ("state", "signed", *_CODES))


def name_of(text: str) -> str:
    return " ".join(sorted(word for word in plain(text).split() if word not in CIVILITIES))


def names_in(text: str) -> list[str]:
    """The people of a cell, each by two words at least; empty where nobody can tell them apart."""
    pieces = [piece.strip() for piece in _NEXT.split(text) if piece.strip()]
    found = [name for piece in pieces for name in _apart(piece)]
    return found if all(len(name_of(name).split()) > 1 for name in found) else []


def _apart(piece: str) -> list[str]:
    """« DUPONT Jean, MARTIN Léa » are two people, « DUPONT, Jean » is one."""
    names = [name for name in _COMMA.split(piece) if name]
    if len(names) == 2 and all(len(name_of(name).split()) == 1 for name in names):
        return [piece]
    return names
