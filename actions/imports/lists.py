"""Plans written as text: points and actions under the same numbers, cells one per line, items of an e-mail.

Slides give their title before or after the two lists of a plan: before, when one stands over the first list.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from actions.imports.entries import LONGEST_TITLE, PlanEntry
from actions.imports.roles import ACTION, FINDING, RESPONSIBLE, SAID, WANTED, expression, is_plan
from actions.imports.titles import is_title, origin_day, updated_day
from core.importing.dates import read_day
from core.importing.follow_up import DEADLINE, STATUS
from core.importing.follow_up.standing import OF_ACTIONS
from core.importing.follow_up.statuses import done_day, said_of
from core.importing.follow_up.told import ToldDocument
from core.importing.outlines import OutlineItem, OutlinePart, cleaned, outline_of
from core.importing.places import Problem, ReadPlace, error, warning
from core.importing.words import plain
from core.sheets.reading.model import Sheet
from core.time.fuzzy_dates import Kind, parse

MOST_LINES = 3_000
_WORDS = SAID["list"]
_KINDS = {code: re.compile(expression(words)) for code, words in _WORDS["kinds"].items()}
_ACTIONS, _LEGEND, _TITLE, _OTHER_PART = (re.compile(_WORDS[name]) for name in ("actions", "legend", "title", "other"))
_PROMISE = re.compile(_WORDS["promise"], re.IGNORECASE)
_ASIDE = re.compile(r"^(.*\S)\s*\(([^()]+)\)\s*[.;]?$", re.DOTALL)
_PARTS = re.compile(r"\s*[,;|]\s*|\s+[-–—/]\s+")
_WITHIN = re.compile(r"^(.*\S)\s*\(([^()]+)\)\s+([^()]+)$", re.DOTALL)
_WHO = re.compile(r"([^:]{2,40}) : (?=[a-zà-ÿ'’]+(?:er|ir|re)\b)(.+)", re.DOTALL)  # « SIDSIC : installer la borne »
_TOLD_FIRST = re.compile(r"(?:\[([^\[\]]{2,20})\]|([^:]{2,20}?) ?:)\s*(\S.*)", re.DOTALL)  # « [FAIT] … », « Fait : … »
_TOLD_LAST = re.compile(
    r"(.*\S)(?:\s*[,;]\s*|\s+(?=[A-ZÉ ]+$))([^,;]{3,40})", re.DOTALL
)  # « …, fait le 12/03 », « … FAIT »
_SUBJECT = re.compile(r"^(?:Objet|Sujet|Subject)\s*:\s*(?:(?:RE|TR|FW|FWD)\s*:\s*)*", re.IGNORECASE)
_LABELS = (RESPONSIBLE, DEADLINE, STATUS)  # « pilote : … – échéance : … »
_ANY_DAY = date(2000, 1, 1)


@dataclass
class ListReader:
    """Reads one sheet of lines; `read` are the lines understood."""

    sheet: Sheet
    read: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def sources(self) -> list[ToldDocument]:
        """The plans of the text; none where it holds no list."""
        if self.sheet.row_count > MOST_LINES:
            message = f"Le texte compte {self.sheet.row_count} lignes ; {MOST_LINES} au plus sont lues."
            self.problems.append(error(f"{message} Collez un plan à la fois.", self._place(MOST_LINES + 1)))
            return []
        if found := self._cells() or self._labelled():
            return found
        parts = outline_of(self.sheet, _is_heading)
        has_lists = any(_kind_of(part.heading) for part in parts) and any(_is_actions(part.heading) for part in parts)
        return self._slides(parts) if has_lists else self._items(parts)

    def _place(self, row: int) -> ReadPlace:
        return ReadPlace(self.sheet.name, row, is_line=True)

    def _lines(self) -> list[tuple[int, str]]:
        return [(cell.row, cleaned(cell.text)) for cell in self.sheet.filled()]

    def _cells(self) -> list[ToldDocument]:
        """Cells one per line: headings that follow each other, then the cells of each row."""
        lines = self._lines()
        codes = [_role_of(line) for _row, line in lines]
        start, end = _run_of(codes)
        heads, rest = codes[start:end], lines[end:]
        if len(heads) < 3 or not is_plan(set(heads)) or not rest:
            return []
        source = self._titled(lines[:start])
        self.read |= {row for row, _line in lines[start:]}
        if len(rest) % len(heads):
            message = (
                f"{len(rest)} lignes suivent {len(heads)} titres : il en manque. Collez le tableau avec ses colonnes."
            )
            self.problems.append(error(message, self._place(rest[0][0])))
        for finding, first in enumerate(range(0, len(rest) - len(rest) % len(heads), len(heads)), start=1):
            self._add(source, finding, dict(zip(heads, rest[first : first + len(heads)], strict=True)))
        return [source]

    def _labelled(self) -> list[ToldDocument]:
        """A label before each cell, « Constat : … », « Action : … »: a line begins where a label comes back."""
        lines = self._lines()
        parted = [(row, *line.partition(":")[::2]) for row, line in lines]
        told = [(row, code, text.strip()) for row, label, text in parted if text and (code := _role_of(label))]
        if len(told) < 3 or not is_plan({code for _row, code, _text in told}):
            return []
        source = self._titled([(row, line) for row, line in lines if row < told[0][0]])
        self.read |= {row for row, _code, _text in told}
        for finding, cells in enumerate(_groups_of(told), start=1):
            self._add(source, finding, cells, has_action=ACTION in cells)
        return [source]

    def _items(self, parts: list[OutlinePart]) -> list[ToldDocument]:
        """Items, numbered or not, under words that name a plan or actions: « (qui, quand) » at their end."""
        items = [item for part in parts for item in part.items]
        around = [line for part in parts for line in ((part.row, part.heading), *part.loose) if line[1]]
        before = [line for line in around if items and line[0] < items[0].row]
        if not _is_named(before) and 2 * sum(map(_tells, items)) <= len(items):
            return []
        source = self._titled(before)
        for finding, item in enumerate(items, start=1):
            told = _told_with_mark(item)
            cells = {FINDING: (item.row, told.pop(ACTION))} | self._at(item, told)
            self._add(source, finding, cells, is_single=True, section=self._over(item, around))
        return [source]

    def _over(self, item: OutlineItem, around: list[tuple[int, str]]) -> str:
        """« Actions réalisées : », the nearest line over an item: where it stands."""
        row, line = next((one for one in reversed(around) if one[0] < item.row), (0, ""))
        found = OF_ACTIONS.fullmatch(line)
        if not found or not _is_state(found[1]):
            return ""
        self.read.add(row)
        return line

    def _titled(self, before: list[tuple[int, str]]) -> ToldDocument:
        """A plan named by the lines above it."""
        before = [(row, _SUBJECT.sub("", line)) for row, line in before]
        named = next((line for line in before if is_title(line[1]) or origin_day(line[1])), (0, "Plan d’actions"))
        source = ToldDocument(named[1][:LONGEST_TITLE], self._place(named[0]), self.sheet.name)
        source.updated_on = next((day for _row, line in before if (day := updated_day(line))), None)
        self.read |= {row for row, line in before if row == named[0] or updated_day(line)}
        return source

    def _at(self, item: OutlineItem, told: dict[str, str]) -> dict[str, tuple[int, str]]:
        self.read |= set(item.rows)
        return {code: (item.row, words) for code, words in told.items() if words}

    def _add(self, source: ToldDocument, finding: int, cells: dict[str, tuple[int, str]], **more) -> None:
        row = next(iter(cells.values()))[0]
        texts = {code: text for code, (_row, text) in cells.items()}
        places = {code: self._place(at) for code, (at, _text) in cells.items()}
        key = f"{self.sheet.name}!L{cells.get(ACTION, (row, ''))[0]}"
        source.entries.append(
            PlanEntry(key, self._place(row), texts, places, plan=source.title, finding=finding, **more)
        )

    def _slides(self, parts: list[OutlinePart]) -> list[ToldDocument]:
        """« Points relevés », numbered; then « Actions », (R) or (C), under the same numbers."""
        pairs: list[list[OutlinePart]] = []
        titles: list[tuple[str, int, int]] = []  # words, line, pairs already read
        for part in parts:
            self.read |= {part.row} | {row for row, line in part.loose if _LEGEND.fullmatch(plain(line))}
            if _kind_of(part.heading):
                pairs.append([part])
            elif _is_actions(part.heading) and pairs:
                pairs[-1].append(part)
            elif _TITLE.fullmatch(plain(part.heading)):
                titles.append((self._whole_title(part), part.row, len(pairs)))
        is_before = next(iter(titles), ("", 0, 1))[2] == 0
        of_pair = {(read if is_before else read - 1): (title, row) for title, row, read in reversed(titles)}
        return [self._pair(pair, of_pair.get(at), at + 1) for at, pair in enumerate(pairs)]

    def _whole_title(self, part: OutlinePart) -> str:
        """« Plan d’actions issues / de l’audit interne / du 10 et 11 octobre 2019 »: it ends with its date."""
        words = part.heading
        for row, line in part.loose:
            if origin_day(words):
                break
            words = f"{words} {line}"
            self.read.add(row)
        return words[:LONGEST_TITLE]

    def _pair(self, pair: list[OutlinePart], titled: tuple[str, int] | None, rank: int) -> ToldDocument:
        """Each point with its actions, in the order of the points."""
        title, line = titled or self._untitled(pair[0].row, rank)
        source = ToldDocument(title, self._place(line), self.sheet.name, updated_day(title))
        points = {item.number or rank: item for rank, item in reversed(list(enumerate(pair[0].items, start=1)))}
        actions = self._numbered([item for part in pair[1:] for item in part.items], points.keys())
        for finding, (number, point) in enumerate(sorted(points.items()), start=1):
            own = actions[number]
            told = self._at(point, {FINDING: point.text})
            more = {"kind": _kind_of(pair[0].heading), "number": number, "has_action": bool(own)}
            for item, mark in own or [(point, "")]:
                said = {ACTION: item.text, STATUS: mark, DEADLINE: promise_in(item.text)} if own else {}
                self._add(source, finding, told | self._at(item, said), **more)
        return source

    def _untitled(self, line: int, rank: int) -> tuple[str, int]:
        """A title for a plan that has none, which is said."""
        title = f"Plan d’actions {rank}"
        message = f"Le plan de la ligne {line} n’a pas de titre : il s’appellera « {title} »."
        self.problems.append(warning(message, self._place(line)))
        return title, line

    def _numbered(self, items: list[OutlineItem], points: Collection[int]) -> dict[int, list[tuple[OutlineItem, str]]]:
        """The actions of each point with their mark; one without a number goes on with the number above."""
        actions: dict[int, list[tuple[OutlineItem, str]]] = {number: [] for number in points}
        number, mark = 0, ""
        for item in items:
            number, mark = (number, mark) if item.number is None else (item.number, item.mark)
            if number not in points:
                message = f"L’action {number}, « {item.text[:60]} », n’a pas de point relevé {number}"
                self.problems.append(error(f"{message} : corrigez l’un des deux.", self._place(item.row)))
            actions.setdefault(number, []).append((item, mark))
        return actions


def _run_of(codes: list[str]) -> tuple[int, int]:
    """Where headings that follow each other begin and end, none of them twice."""
    start = next((at for at, code in enumerate(codes) if code), len(codes))
    end = next((at for at in range(start, len(codes)) if not codes[at] or codes[at] in codes[start:at]), len(codes))
    return start, end


def _groups_of(told: list[tuple[int, str, str]]) -> list[dict[str, tuple[int, str]]]:
    groups: list[dict[str, tuple[int, str]]] = []
    for row, code, text in told:
        if not groups or code in groups[-1]:
            groups.append({})
        groups[-1][code] = (row, text)
    return groups


def _is_named(before: list[tuple[int, str]]) -> bool:
    """Whether words above the items name a plan or actions."""
    return any(re.search(r"\b(?:actions?|plan|mesures?)\b", plain(line)) for _row, line in before)


def _told_with_mark(item: OutlineItem) -> dict[str, str]:
    """What an item tells; its mark says where it stands."""
    return _told(item.text) | ({STATUS: item.mark} if item.mark else {})


def _tells(item: OutlineItem) -> bool:
    """Whether an item tells more than its own words."""
    return len(_told_with_mark(item)) > 1


def promise_in(text: str) -> str:
    """The words of the deadline told at the end of an action's own words: « Installation courant novembre »."""
    if (found := _ASIDE.match(text)) and _is_dated(found[2]):
        return found[2].strip()
    return next((tail for lead in _PROMISE.finditer(text) if _is_dated(tail := text[lead.start() :].strip(" ."))), "")


def _told(text: str) -> dict[str, str]:
    """An item and what its first and last words tell: who, when, where it stands."""
    told = _told_around(text)
    if DEADLINE not in told and (promise := promise_in(told[ACTION])):
        told[DEADLINE] = promise
    first, last = _TOLD_FIRST.fullmatch(told[ACTION]), _TOLD_LAST.fullmatch(told[ACTION])
    if STATUS not in told and first and _is_state(first[1] or first[2]):
        return told | {STATUS: first[1] or first[2], ACTION: first[3]}
    if STATUS not in told and last and _is_state(last[2]):
        return told | {STATUS: last[2], ACTION: last[1]}
    return told


def _is_state(words: str) -> bool:
    said = said_of(None, words, today=date.max)
    return bool(said.status or said.likely) and (not said.is_day or done_day(words) is not None)


def _told_around(text: str) -> dict[str, str]:
    if (within := _WITHIN.match(text)) and (found := _told(f"{within[1]} ({within[2]})")).keys() - {ACTION}:
        return found | {ACTION: f"{found[ACTION]} {within[3]}"}
    if (who := _WHO.fullmatch(text)) and not _is_state(who[1]):
        return _promised(_told_around(who[2])) | {RESPONSIBLE: who[1]}
    aside = _ASIDE.match(text)
    head, parts = (aside[1], _PARTS.split(aside[2])) if aside else _dashed(text)
    told = _told_by(parts)
    is_told = told is not None and (aside or told.keys() & {STATUS, DEADLINE})
    return {ACTION: head} | told if is_told else {ACTION: text}


def _promised(told: dict[str, str]) -> dict[str, str]:
    """A deadline told by the last words of an action, cut from them."""
    promise = "" if DEADLINE in told else promise_in(told[ACTION])
    if not promise or told[ACTION].endswith(")"):
        return told
    action = re.sub(r"(?:[\s,]+pour)?[\s,]+$", "", told[ACTION][: told[ACTION].rindex(promise)])
    return told | {ACTION: action, DEADLINE: promise}


def _dashed(text: str) -> tuple[str, list[str]]:
    """« Installer la borne – SIDSIC – mars »: the action, then what is told of it."""
    head, *rest = re.split(r"\s+(?:[–—:-]|[-=]+>|[→⇒])\s+", text)
    return head, [part for one in rest for part in _PARTS.split(one)]


def _told_by(parts: list[str]) -> dict[str, str] | None:
    """What each part tells; None when one is long, or when two tell the same."""
    told: dict[str, str] = {}
    label = ""
    for part in filter(None, parts):
        if not _is_state(part) and (named := _role_of(part)):
            label = named if named in _LABELS else label
            continue
        code, label = label or _code_of(part), ""
        if (code in told and code != RESPONSIBLE) or len(part) > 60:
            return None
        told[code] = f"{told[code]}, {part}" if code in told else part
    return told


def _code_of(part: str) -> str:
    """Whether a part tells a day, where the action stands, or who does it."""
    if _is_state(part):
        return STATUS
    if isinstance(read_day(part), date):
        return DEADLINE
    return DEADLINE if _is_dated(part) else RESPONSIBLE


def _is_dated(words: str) -> bool:
    """Understood on any day: a year left out is not the matter here."""
    return parse(words, written_on=_ANY_DAY).kind in (Kind.DAY, Kind.PERIOD, Kind.EVENT)


def _role_of(label: str) -> str:
    """The role that a label names in full."""
    return next((one.code for one in WANTED if one.heads and re.fullmatch(one.heads, plain(label))), "")


def _is_heading(line: str) -> bool:
    words = plain(line)
    return bool(_kind_of(line) or _is_actions(line) or _TITLE.fullmatch(words) or _OTHER_PART.match(words))


def _kind_of(line: str) -> str:
    words = plain(line)
    return next((code for code, pattern in _KINDS.items() if pattern.fullmatch(words)), "")


def _is_actions(line: str) -> bool:
    return bool(_ACTIONS.fullmatch(plain(line)))
