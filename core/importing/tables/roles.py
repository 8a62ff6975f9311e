"""The role of each column: the person's answer, what its heading and cells say for sure, or a question."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.importing.asks import Given, Option, settle
from core.importing.layout import GROUPED, ColumnRead
from core.importing.tables.contents import MOST, Contents, contents_of
from core.importing.tables.facing import is_blank
from core.importing.tables.headings import HeadedTable, heading_of
from core.importing.tables.personal import PERSONAL, is_personal, is_personal_heading
from core.importing.tables.samples import is_total
from core.importing.tables.wanted import Content, Fit, Judge, Wanted
from core.importing.words import plain
from core.sheets.reading.addresses import column_letters

LEFT_UNREAD = "-"  # the answer that leaves a column unread on purpose
EMPTY = "colonne vide"
TECHNICAL = "colonne technique"
LINE_NUMBERS = "numéros de ligne"
NO_HEADING = "texte isolé, hors des colonnes titrées"
FEW = 3  # cells of a column without heading that nobody is asked about, in a long table
SPARSE = 10
RANKS = ("", "n", "no", "num", "numero", "rang", "ordre", "id", "ligne", "row", "line", "index")


@dataclass(frozen=True)
class Candidate:
    """A column and what its heading and its cells say of its role."""

    number: int
    group: str
    own: str
    contents: Contents
    fits: Mapping[str, Fit]
    lines: int  # of the body
    sure: str = ""

    @property
    def heading(self) -> str:
        return f"{self.group}{GROUPED}{self.own}" if self.group else self.own


def columns_of(found: HeadedTable, judge: Judge, given: Given, *, name: str) -> tuple[ColumnRead, ...]:
    """Every column that has a heading or holds something, with its role or the question about it."""
    lines = [line for line in range(found.bottom + 1, found.end + 1) if not _is_total(found, line)]
    candidates = [one for number in found.columns if (one := _candidate(found, judge, number, lines))]
    rivals = _rivals(candidates, judge)
    candidates = _outdone(candidates, rivals, judge)
    held = {one.sure for one in candidates} - rivals
    return tuple(_column(one, found, judge, given, name=name, rivals=rivals, held=held) for one in candidates)


def _is_total(found: HeadedTable, line: int) -> bool:
    """Whether a line sums those above: what it writes says nothing of its columns."""
    values = found.facing.line(line)[found.first - 1 : found.last]
    head = next((value for value in values if not is_blank(value)), None)
    return isinstance(head, str) and is_total(head)


def _candidate(found: HeadedTable, judge: Judge, number: int, lines: Sequence[int]) -> Candidate | None:
    group, own = heading_of(found, number)
    body = (found.facing.raw(line, number) for line in lines)
    contents = contents_of(value for value in body if not is_blank(value))
    if not own and not group and contents.is_empty:
        return None
    fits = judge.of(group, own)
    return Candidate(number, group, own, contents, fits, found.end - found.bottom, _sure(fits, contents, judge.wanted))


def _sure(fits: Mapping[str, Fit], contents: Contents, wanted: Mapping[str, Wanted]) -> str:
    """The one role that the heading names best and that the cells do not contradict."""
    best = max(fits.values(), default=Fit.NONE)
    if best < Fit.LEADS:
        return ""
    codes = [code for code, fit in fits.items() if fit == best]
    held = [code for code in codes if not contents.contradicts(wanted[code].holds)]
    return held[0] if len(held) == 1 else ""


def _rivals(candidates: Sequence[Candidate], judge: Judge) -> set[str]:
    """The roles that several filled columns hold, where one may: the one that says it exactly comes first."""
    filled = [one for one in candidates if one.sure and not one.contents.is_empty]
    holders = Counter(one.sure for one in filled)
    exact = Counter(one.sure for one in filled if one.fits[one.sure] == Fit.EXACT)
    return {
        code for code, number in holders.items() if number > 1 and exact[code] != 1 and not judge.wanted[code].is_many
    }


def _outdone(candidates: Sequence[Candidate], rivals: set[str], judge: Judge) -> list[Candidate]:
    """The candidates, less the roles that another column says exactly: those that only begin with its words wait."""
    filled = [one for one in candidates if one.sure and not one.contents.is_empty]
    exact = {one.sure for one in filled if one.fits[one.sure] == Fit.EXACT} - rivals
    return [
        replace(one, sure="")
        if one.sure in exact and one.fits[one.sure] < Fit.EXACT and not judge.wanted[one.sure].is_many
        else one
        for one in candidates
    ]


def _column(
    one: Candidate, found: HeadedTable, judge: Judge, given: Given, *, name: str, rivals: set[str], held: set[str]
) -> ColumnRead:
    place = found.facing.place(found.bottom, one.number)
    letter = str(one.number) if found.facing.is_turned else column_letters(one.number)
    what = f"{'ligne' if found.facing.is_turned else 'colonne'} {letter}"
    role, evidence, proposed = _reading(one, judge, rivals=rivals, held=held)
    heading = f"« {one.heading} »" if one.heading else "sans titre"
    ask = settle(
        given,
        f"role:{name}:{letter}",
        f"Que contient la {what} {heading} ?",
        [Option(LEFT_UNREAD, "non lu"), *(Option(role.code, role.label, role.group) for role in judge.roles)],
        found=role,
        proposed=proposed,
        places=[place],
        text=one.heading,
    )
    if ask.is_open:
        body = (line for line in range(found.bottom + 1, found.end + 1) if found.facing.holds(line, one.number))
        ask = replace(ask, places=(place, *(found.facing.place(line, one.number) for line in body)))
    return ColumnRead(one.number, one.heading, ask, evidence if ask.value == role else "")


def _reading(one: Candidate, judge: Judge, *, rivals: set[str], held: set[str]) -> tuple[str, str, str]:
    """(role, evidence, proposed role): the role is empty where the person is to decide."""
    if one.sure and one.sure not in rivals:
        return one.sure, f"titre « {one.heading} »", ""
    if one.contents.is_empty:
        return LEFT_UNREAD, EMPTY, ""
    if one.sure:
        return "", "plusieurs colonnes portent ce titre", one.sure
    if why := _unread(one, judge, held):
        return LEFT_UNREAD, why, ""
    return "", "", _likeliest(one, judge, held)


def _unread(one: Candidate, judge: Judge, held: set[str]) -> str:
    """Why a column needs no decision, whose heading is surely none of the roles; empty when it does."""
    if judge.is_technical(one.own) or judge.is_technical(one.heading):
        return PERSONAL if is_personal_heading(one.own) else TECHNICAL
    if max(one.fits.values(), default=Fit.NONE) >= Fit.WITHIN:
        return LINE_NUMBERS if _are_line_numbers(one) else ""
    if is_personal([one.own, one.heading], one.contents) and not _may_be_person(one, judge, held):
        return PERSONAL
    if _are_line_numbers(one):
        return LINE_NUMBERS
    is_stray = one.contents.filled < FEW and one.contents.filled * SPARSE <= one.lines
    return NO_HEADING if not one.heading and is_stray else ""


def _are_line_numbers(one: Candidate) -> bool:
    return one.contents.are_ranks and plain(one.own) in RANKS


def _may_be_person(one: Candidate, judge: Judge, held: set[str]) -> bool:
    """Whether the import asks for people that no column gives yet, and this one may."""
    asked = {code for code, role in judge.wanted.items() if role.holds in (Content.NAMES, Content.EMAILS)}
    if one.contents.personal - one.contents.emails >= MOST * max(one.contents.filled, 1):
        return False  # telephones, addresses: neither a name nor an e-mail
    return bool(asked - held) and (one.contents.are_names or is_personal_heading(one.own)) and not one.contents.masked


def _likeliest(one: Candidate, judge: Judge, held: set[str]) -> str:
    """The role to propose: named among other words, nearly spelt, or the only one that holds such cells."""
    free = [code for code in one.fits if code not in held or judge.wanted[code].is_many]
    if free:
        return free[0]
    if (near := judge.near(one.own)) and near not in held:
        return near
    kinds = [code for code, role in judge.wanted.items() if code not in held and one.contents.shows(role.holds)]
    return kinds[0] if len(kinds) == 1 else ""
