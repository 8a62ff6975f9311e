"""Plans written as text: « Points relevés », numbered; then « Actions », (R) or (C), under the same numbers.

Slides give their title before or after the two blocks: before, when one stands over the first block.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from actions.enums import FindingKind, Origin
from actions.imports.document import ACTION, DEADLINE, FINDING, STATUS, Document, SourcePlan, SourceRow
from actions.imports.origins import origin_day, origin_of, updated_day
from actions.imports.promises import promise_in
from core.imports.problems import ERROR, WARNING, Problem
from core.imports.words import plain

MOST_LINES = 3_000
LONGEST_TITLE = 300
SHEET = "Texte"
_DASH = r"[-–—.):]"
_POINT = re.compile(rf"^[-•*]*\s*(?:\(\s*(\d{{1,3}})\s*\)\s*{_DASH}*|(\d{{1,3}})\s*{_DASH}+)\s*(.+)$")
_LETTER = re.compile(rf"^[-•*]*\s*\(\s*([^()\d]{{1,20}})\s*\)\s*\(?\s*(\d{{1,3}})\s*\)?\s*{_DASH}*\s*(.+)$")
_BULLET = re.compile(r"^\s*[-•▪◦*]\s+")
_LEGEND = re.compile(r"^\W*r\W*realisees?\W*(?:c\W*en ?cours)?$")
_KINDS = (
    (FindingKind.WEAKNESS, r"points? (?:sensibles?|faibles?)"),
    (FindingKind.STRENGTH, r"points? forts?"),
    (FindingKind.IMPROVEMENT, r"pistes? (?:de progres|d amelioration)|points? a ameliorer"),
    (FindingKind.NONCONFORMITY, r"ecarts?(?: constates?)?|non conformites?"),
    (FindingKind.OBSERVATION, r"points? releves?|constats?|remarques?|demandes?"),
)
_ACTIONS = re.compile(
    r"actions?(?: (?:correctrices?|correctives?|prevues?|engagees?|menees?))?(?: r realisees? c en ?cours)?"
)
_TITLE = re.compile(r"plan(?: d)?(?: actions?)?(?: (?:issue?s?|suite|du|de|d)\b.*)?")
_OTHER_PART = re.compile(r"(?:le plan d actions? de la|synthese|sommaire|merci|annexe)\b")


@dataclass
class _Block:
    """One pair of lists, and the title that goes with it."""

    kind: str
    number: int
    line: int
    points: dict[int, tuple[str, int]] = field(default_factory=dict)
    actions: list[tuple[int, str, str, int]] = field(default_factory=list)  # number, letter, text, line
    title: str = ""
    title_line: int = 0


@dataclass
class _Reading:
    blocks: list[_Block] = field(default_factory=list)
    titles: list[tuple[str, int, int]] = field(default_factory=list)  # words, line, blocks already read
    problems: list[Problem] = field(default_factory=list)
    part: str = ""  # "points", "actions", "title" or ""
    can_continue: bool = False


def is_text_plan(text: str) -> bool:
    """Whether a text has the two lists: something found, and actions."""
    lines = [_clean(line) for line in text.splitlines()[:MOST_LINES]]
    return any(_kind_of(line) for line in lines) and any(_is_actions(line) for line in lines)


def recognise_text(text: str) -> Document:
    """The plans of a text. Never raises on what it holds."""
    lines = text.replace("\0", "").splitlines()
    if len(lines) > MOST_LINES:
        message = f"Le texte compte {len(lines)} lignes ; {MOST_LINES} au plus sont lues : collez un plan à la fois."
        return Document(problems=(Problem(ERROR, SHEET, place(MOST_LINES + 1), message),))
    reading = _Reading()
    for number, line in enumerate(lines, start=1):
        _read_line(reading, _clean(line), number, is_bullet=bool(_BULLET.match(line)))
    _give_titles(reading)
    plans = [_plan(block, reading) for block in reading.blocks]
    if not plans:
        message = (
            "Aucun plan n’est reconnu : il faut une liste « Points relevés » numérotée, puis une liste « Actions »."
        )
        reading.problems.append(Problem(ERROR, SHEET, place(1), message))
    return Document(tuple(plans), tuple(reading.problems))


def place(line: int) -> str:
    return f"ligne {line}"


def _clean(line: str) -> str:
    """The line without the marks of a pasted slide: bold, non-break spaces, odd bullets."""
    return " ".join(line.replace("**", "").replace("↳", "").replace("❖", "").split())


def _kind_of(line: str) -> str:
    words = plain(line)
    return next((kind.value for kind, pattern in _KINDS if re.fullmatch(pattern, words)), "")


def _is_actions(line: str) -> bool:
    return bool(_ACTIONS.fullmatch(plain(line)))


def _read_line(reading: _Reading, line: str, number: int, *, is_bullet: bool) -> None:
    words = plain(line)
    if not words:
        reading.can_continue = False
        return
    if kind := _kind_of(line):
        reading.blocks.append(_Block(kind, len(reading.blocks) + 1, number))
        reading.part = "points"
    elif _is_actions(line) and reading.blocks:
        reading.part = "actions"
    elif _LEGEND.match(words):
        pass
    elif _OTHER_PART.match(words):
        reading.part = ""
    elif reading.part not in ("points", "actions", "title") or not _read_item(reading, line, number, is_bullet):
        _read_title(reading, line, words, number)
        return
    reading.can_continue = reading.part in ("points", "actions")


def _read_item(reading: _Reading, line: str, number: int, is_bullet: bool) -> bool:
    """A point, an action, or more words of the last one; False when the line is none."""
    if reading.part == "points":
        return _read_point(reading, line, number)
    if reading.part == "actions":
        return _read_action(reading, line, number, is_bullet)
    return False


def _read_point(reading: _Reading, line: str, number: int) -> bool:
    block = reading.blocks[-1]
    if found := _POINT.match(line):
        block.points.setdefault(int(found[1] or found[2]), (found[3].strip(), number))
        return True
    if reading.can_continue and block.points and not _TITLE.fullmatch(plain(line)):
        last = max(block.points, key=lambda one: block.points[one][1])
        block.points[last] = (f"{block.points[last][0]} {line}", block.points[last][1])
        return True
    return False


def _read_action(reading: _Reading, line: str, number: int, is_bullet: bool) -> bool:
    actions = reading.blocks[-1].actions
    if found := _LETTER.match(line):
        actions.append((int(found[2]), found[1].strip(), found[3].strip(), number))
        return True
    if found := _POINT.match(line):
        actions.append((int(found[1] or found[2]), "", found[3].strip(), number))
        return True
    if not actions or _TITLE.fullmatch(plain(line)):
        return False
    of_number, letter, text, at = actions[-1]
    if is_bullet:
        actions.append((of_number, letter, _BULLET.sub("", line).lstrip("-•* "), number))
        return True
    if reading.can_continue:
        actions[-1] = (of_number, letter, f"{text} {line}", at)
    return reading.can_continue


def _read_title(reading: _Reading, line: str, words: str, number: int) -> None:
    """« Plan d’actions issues / de l’audit interne / du 10 et 11 octobre 2019 », on one line or several."""
    if reading.part == "title":
        title, at, read = reading.titles[-1]
        reading.titles[-1] = (f"{title} {line}", at, read)
        if origin_day(line):  # a title ends with its date
            reading.part = ""
    elif _TITLE.fullmatch(words):
        reading.titles.append((line, number, len(reading.blocks)))
        reading.part = "title"
    reading.can_continue = False


def _give_titles(reading: _Reading) -> None:
    """Each block takes the title over it where the first block has one, else the title under it."""
    is_before = bool(reading.titles) and reading.titles[0][2] == 0
    for title, line, read in reading.titles:
        index = read if is_before else read - 1
        if 0 <= index < len(reading.blocks) and not reading.blocks[index].title:
            reading.blocks[index].title, reading.blocks[index].title_line = title[:LONGEST_TITLE], line
    for block in reading.blocks:
        if not block.title:
            block.title, block.title_line = f"Plan d’actions {block.number}", block.line
            message = f"Le plan de la ligne {block.line} n’a pas de titre : il s’appellera « {block.title} »."
            reading.problems.append(Problem(WARNING, SHEET, place(block.line), message))


def _plan(block: _Block, reading: _Reading) -> SourcePlan:
    rows = tuple(_rows(block, reading))
    origin_on = origin_day(block.title)
    return SourcePlan(
        sheet=f"{SHEET}, plan {block.number}" if len(reading.blocks) > 1 else SHEET,
        title=block.title,
        title_cell=place(block.title_line),
        origin=origin_of(block.title) if block.title_line != block.line else Origin.OTHER,
        origin_on=origin_on,
        updated_on=updated_day(block.title),
        rows=rows,
    )


def _rows(block: _Block, reading: _Reading) -> Iterator[SourceRow]:
    """Each point with its actions, in the order of the points."""
    sheet = f"{SHEET}, plan {block.number}" if len(reading.blocks) > 1 else SHEET
    for number, _letter, text, line in block.actions:
        if number not in block.points:
            message = f"L’action {number}, « {text[:60]} », n’a pas de point relevé {number} : corrigez l’un des deux."
            reading.problems.append(Problem(ERROR, sheet, place(line), message))
    for finding, (number, (point, line)) in enumerate(sorted(block.points.items()), start=1):
        own = [one for one in block.actions if one[0] == number]
        first = True
        for _number, letter, text, at in own or [(number, None, "", line)]:
            texts = ({FINDING: point} if first else {}) | _action_texts(letter, text)
            cells = {FINDING: place(line), ACTION: place(at), STATUS: place(at), DEADLINE: place(at)}
            yield SourceRow(at, finding, texts, cells, "", block.kind, number, has_action=bool(own))
            first = False


def _action_texts(letter: str | None, text: str) -> dict[str, str]:
    if letter is None:
        return {}
    told = {ACTION: text, STATUS: letter, DEADLINE: promise_in(text)}
    return {name: words for name, words in told.items() if words}
