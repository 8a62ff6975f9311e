"""The rows of an audit as a file tells them: from a grid, from columns of findings, from lists of a report."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from audits.enums import FINDINGS, Method, Result
from audits.imports import columns as c
from audits.imports.marks import MarkOf
from audits.imports.results import (
    OPTIONS,
    heading_result,
    is_mark,
    is_no_mark,
    is_none,
    known,
    said_of,
)
from core.importing.accounts import Cell
from core.importing.asks import Ask, Given, Option, settle
from core.importing.outlines import OutlinePart, cleaned, outline_of
from core.importing.places import Problem, ReadPlace, error, warning
from core.importing.tables import SourceRow
from core.importing.tables.ticks import is_cross
from core.importing.vocabulary import Words
from core.importing.words import plain
from core.sheets.reading.model import Sheet

LEFT = Option("-", "ne pas reprendre")
METHODS = [*(Option(method.value, method.label) for method in Method), LEFT]
_BULLET = re.compile(r"^\s*[-•▪–—*➢✓]\s+", re.MULTILINE)
_ENGAGEMENTS = re.compile(r"\b(?:engagement|eng\.?) ?(?:n ?[°o] ?)?\d{1,2}(?:\.\d)?(?![\d,]| et )", re.IGNORECASE)
_HEADS = re.compile(r"(?:engagement|module|section|partie|chapitre) (?:n )?(?:\d|[ivx]+\b)")
_CLOSING = re.compile(r"(?:conclusions?|annexes?|avis (?:de l )?auditeur\w*|fait a|signatures?|suites? a donner)\b")
_SEPARATORS = re.compile(r"\s*[,;/+&\n]\s*|\s+(?:et|ou|-)\s+")
SHORT = 3  # characters: a letter in a column of marks is a code, longer words tell the finding


@dataclass
class GridRow:
    """A row of an audit as it was read. `is_none`: « aucun » under a kind of findings, which `result` names."""

    key: str
    place: ReadPlace
    section: str = ""
    engagement_words: str = ""
    requirement: str = ""
    evidence_expected: str = ""
    comment: str = ""
    structure_words: str = ""
    score_words: str = ""
    methods: list[str] = field(default_factory=list)
    result: str = ""
    result_place: ReadPlace | None = None
    is_none: bool = False
    is_asked: bool = False
    source: SourceRow | None = None
    problems: list[Problem] = field(default_factory=list)
    module: object = None
    engagement: object = None
    structure: object = None
    score: object = None
    target: object = None

    @property
    def label(self) -> str:
        return self.requirement or self.comment or self.engagement_words or self.section


class TableRows:
    """Reads the rows of tables. `asks` are its questions about rows with two results."""

    def __init__(self, words: Words, given: Given, legend: Mapping[str, str], *, structures: Collection[str] = ()):
        self.words, self.given, self.legend, self.structures = words, given, legend, structures
        self.asks: list[Ask] = []
        self.heads: dict[str, tuple[str, str]] = {}  # the band and the title under it, by table
        self.titles: set[Cell] = set()  # read over the tables

    def of(self, row: SourceRow) -> Iterator[GridRow]:
        """One row of the audit, or one for each finding that a column tells in words; none for a title of others."""
        if row.codes == (c.REQUIREMENT,) and _HEADS.match(plain(row.text(c.REQUIREMENT))):
            self.heads[row.table.name] = (row.band, _one_line(row.text(c.REQUIREMENT)))
            return
        over, head = self.heads.get(row.table.name, ("", ""))
        row.band = head if head and over == row.band else row.band
        texts = {code: _once(row.text(code)) if code in c.MARKS else row.text(code) for code in row.codes}
        own = self._bare(row, texts)
        said = [(code, text) for code, text in texts.items() if code.startswith(c.MARK)]
        told = [one for code, text in said for one in self._told(row, own, code, text)]
        if told:
            yield from told
            return
        self._refuse_counts(row, own, said)
        marks = [one for one in said if not is_no_mark(one[1]) and not is_cross(row, one[1])]
        own.result = self._result(row, own, texts.get(c.RESULT) or self._colour(row), marks)
        listed = heading_result(row.band) or heading_result(row.facing.sheet.lead)
        if not own.result and not own.is_asked and listed:
            own.result, own.is_none = listed, is_none(own.requirement or own.comment)
        elif own.result in FINDINGS and not own.requirement:
            own.is_none = is_none(own.comment)
        told = (own.requirement, own.comment, own.evidence_expected, own.result, own.score_words, own.is_asked)
        is_heading = not any(told)
        if not is_heading:
            yield own
        elif row.table.of_role(c.SCORE):
            row.left_out = row.left_out or "aucune note"

    def _bare(self, row: SourceRow, texts: Mapping[str, str]) -> GridRow:
        is_section = row.band and not heading_result(row.band) and plain(row.band) not in self.structures
        section = texts.get(c.MODULE, "") or (row.band if is_section else "")
        own = GridRow(
            row.key,
            row.place_of_row,
            section=_one_line(section)[:300],
            engagement_words=_code(texts.get(c.ENGAGEMENT) or texts.get(c.NUMBER) or self._engagement_over(row)),
            requirement=texts.get(c.REQUIREMENT, ""),
            evidence_expected=texts.get(c.EVIDENCE, ""),
            comment=texts.get(c.COMMENT, ""),
            structure_words=_one_line(texts.get(c.STRUCTURE, "")) or self._structure_of(row),
            score_words=_one_line(texts.get(c.SCORE, "")),
            source=row,
        )
        for piece in filter(None, _SEPARATORS.split(texts.get(c.METHOD, ""))):
            known_as = c.method_named(piece)
            answer = self.words.read("method", piece, row.place(c.METHOD), METHODS, known=known_as)
            own.is_asked = own.is_asked or not answer
            own.methods += [answer] if answer and answer != LEFT.value and answer not in own.methods else []
        return own

    def _engagement_over(self, row: SourceRow) -> str:
        """The engagement that heads the lines: a band, else the nearest title over a table without such a column."""
        if row.band or row.table.of_role(c.ENGAGEMENT):
            return _engagement_of(row.band)
        for cell, words in row.titles():
            if len(told := _ENGAGEMENTS.findall(words)) == 1:
                self.titles.add(cell)
                return words[words.index(told[0]) :]
        return row.table.sheet if _ENGAGEMENTS.fullmatch(row.table.sheet) else ""

    def _structure_of(self, row: SourceRow) -> str:
        """The structure that heads the mark, the lines above, or the sheet."""
        if isinstance(row, MarkOf):
            return row.structure
        return next((one for one in (row.band, row.table.sheet) if plain(one) in self.structures), "")

    def _told(self, row: SourceRow, own: GridRow, code: str, text: str) -> Iterator[GridRow]:
        """The findings that a column headed by their kind tells in words; « aucun » is one answer."""
        if not c.is_findings(code) or is_mark(text) or is_no_mark(text) or known(text, self.legend):
            return
        if len(text) <= SHORT and not is_none(text):
            return
        for rank, piece in enumerate(pieces_of(text)):
            yield GridRow(
                f"{row.key}:{code}:{rank}",
                row.place(code),
                own.section,
                own.engagement_words,
                own.requirement,
                own.evidence_expected,
                comment=piece if not own.comment else f"{piece}\n{own.comment}",
                methods=own.methods,
                result=c.result_of(code),
                is_none=is_none(piece),
                is_asked=own.is_asked,
                source=row,
            )

    def _result(self, row: SourceRow, own: GridRow, text: str, marks: list[tuple[str, str]]) -> str:
        found = [self._word(row, own, c.RESULT, text)] if text else []
        for code, words in marks:
            is_code = is_mark(words) and not known(words, self.legend)
            found.append(c.result_of(code) if is_code else self._word(row, own, code, words))
        if not text and not found:
            found.append(self._refused(row, own))
        several = list(dict.fromkeys(filter(None, found)))
        if len(several) > 1 and Result.NONCONFORMITY not in several:
            several = [one for one in several if one != Result.COMPLIANT]
        return several[0] if len(several) == 1 else self._which(row, own, several) if several else ""

    def _colour(self, row: SourceRow) -> str:
        """The colour of the cell of a result, where a column of results has colours and no words."""
        columns = row.by_role.get(c.RESULT, ())
        lines = range(row.table.body[0], row.table.body[1] + 1)
        if not columns or any(row.facing.holds(line, column) for line in lines for column in columns):
            return ""
        fill = row.facing.cell(row.number, columns[0]).marks.fill
        return f"couleur #{fill}" if fill else ""

    def _word(self, row: SourceRow, own: GridRow, code: str, text: str) -> str:
        """A result in words, through the table of words; what follows it is the auditor's comment."""
        said = said_of(text, self.legend)
        place = row.place(code)
        own.result_place = own.result_place or place
        if said.rest:
            own.comment = "\n".join(filter(None, [said.rest, own.comment]))
            return said.result
        answer = self.words.read("result", text, place, OPTIONS, known=said.result, proposed=said.likely)
        own.is_asked = own.is_asked or not answer
        return answer

    def _refused(self, row: SourceRow, own: GridRow) -> str:
        """« non » under « Conforme », and nothing else: asked, an écart is likely."""
        code = f"{c.MARK}{Result.COMPLIANT.value}"
        text = row.text(code) if code in row.codes else ""
        is_alone = not any(row.table.of_role(one) for one in c.MARKS - {code})
        if is_cross(row, text) and is_alone:
            return Result.NONCONFORMITY.value
        if not text or not is_no_mark(text) or not (text[:1].isalpha() or (text == "0" and is_alone)):
            return ""
        heading = next((one.heading for one in row.table.of_role(code)), "Conforme")
        own.result_place = own.result_place or row.place(code)
        words, likely = f"{heading} : {text}", Result.NONCONFORMITY.value
        answer = self.words.read("result", words, row.place(code), OPTIONS, known="", proposed=likely)
        own.is_asked = own.is_asked or not answer
        return answer

    def _refuse_counts(self, row: SourceRow, own: GridRow, said: Iterable[tuple[str, str]]) -> None:
        """« 2 » under « Écarts » counts findings, and « 1 » beside it too: none of them says which."""
        if (numbers := [(code, text) for code, text in said if text.isdecimal() and int(text)]) and _counts(row):
            code, text = numbers[0]
            what = f"« {text} » compte des constats : écrivez une ligne par constat, ou ce que dit chacun."
            own.problems.append(error(what, row.place(code)))

    def _which(self, row: SourceRow, own: GridRow, several: list[str]) -> str:
        ask = settle(
            self.given,
            f"row:{row.key}",
            f"La ligne {row.number} porte plusieurs résultats : lequel retenir ?",
            [Option(one, Result(one).label) for one in several],
            places=[own.result_place or row.place_of_row],
            is_remembered=False,
        )
        self.asks.append(ask)
        own.is_asked = own.is_asked or ask.is_open
        return ask.value


def _code(text: str) -> str:
    """The words of an engagement; a number of a spreadsheet, « 1,1 », is the code 1.1."""
    return re.sub(r"^(\d+),(\d+)$", r"\1.\2", _one_line(text))


def _once(text: str) -> str:
    """The lines of a text, none of them twice: a tick under « NC mineure » and another under « NC majeure » are one."""
    return "\n".join(dict.fromkeys(text.splitlines()))


def _counts(row: SourceRow) -> bool:
    """Whether the columns of findings of a table hold numbers over one."""
    columns = [column for code in c.MARKS for column in row.by_role.get(code, ())]
    lines = range(row.table.body[0], row.table.body[1] + 1)
    words = (row.facing.words(line, column) for line in lines for column in columns)
    return any(text.isdecimal() and int(text) > 1 for text in words)


def rows_of_text(sheet: Sheet, read: set[int]) -> Iterator[GridRow]:
    """The findings of a report in lists: « Points sensibles », then « - aucun »; `read` takes the lines understood."""
    section = engagement = ""
    heads = _engagements_over(sheet)
    for part in outline_of(sheet, lambda line: line in heads or _is_heading(line)):
        result, _, rest = _headed(part.heading)
        if not result:
            section, engagement = ("", part.heading) if part.heading in heads else (part.heading or section, engagement)
            read.update({part.row} if part.heading in heads else ())
            continue
        read.add(part.row)
        lines = [(part.row, rest)] if rest else _lines_of(part)
        for row, text in lines:
            read.add(row)
            yield GridRow(
                f"{sheet.name}!L{row}",
                ReadPlace(sheet.name, row, is_line=True),
                section=section[:300],
                engagement_words=engagement,
                comment=text,
                result=result,
                is_none=is_none(text),
            )


def _engagements_over(sheet: Sheet) -> set[str]:
    """The lines that name one engagement right over a kind of findings: they head what follows."""
    lines = [line for values in sheet.values if values and (line := cleaned(str(values[0] or "")))]
    return {
        line
        for line, under in pairwise(lines)
        if _ENGAGEMENTS.match(line) and not _headed(line)[0] and _headed(under)[0]
    }


def pieces_of(text: str) -> list[str]:
    """The findings of a cell: one for each bullet, else the whole."""
    if len(_BULLET.findall(text)) < 2:
        return [_BULLET.sub("", text, count=1).strip()]
    return [" ".join(piece.split()) for piece in _BULLET.split(text) if piece.strip()]


def tell_twice(rows: Iterable[GridRow]) -> None:
    """A requirement that the file tells twice, with two results."""
    seen: dict[tuple[str, ...], GridRow] = {}
    for row in rows:
        key = (row.structure_words, plain(row.engagement_words), plain(row.requirement))
        if not row.requirement or row.comment or row.is_none:
            continue
        first = seen.setdefault(key, row)
        if first.result != row.result and first.result and row.result:
            what = f"« {_one_line(row.requirement)[:80]} » a déjà un autre résultat plus haut ({first.place.cell})"
            row.problems.append(warning(f"{what} : les deux sont gardés.", row.result_place or row.place))


def _is_heading(line: str) -> bool:
    return bool(_headed(line)[0] or _CLOSING.match(plain(line)))


def _headed(line: str) -> tuple[str, str, str]:
    """(result, sign, rest) of « Points sensibles : aucun »."""
    if result := heading_result(line):
        return (result if result in FINDINGS else ""), "", ""
    head, sign, rest = line.partition(":")
    result = heading_result(head) if sign else ""
    return (result if result in FINDINGS else ""), sign, rest.strip()


def _lines_of(part: OutlinePart) -> list[tuple[int, str]]:
    """The items under a heading, until other words begin; without items, its lines."""
    if not part.items:
        return [(row, cleaned(line)) for row, line in part.loose]
    first = part.items[0]
    after = min((row for row, _line in part.loose if row > first.row), default=0)
    alike = takewhile(lambda item: (item.number is None) == (first.number is None), part.items)
    return [(item.row, cleaned(item.text)) for item in alike if not after or item.row < after]


def _engagement_of(band: str) -> str:
    """« Engagement 2 – Accès » over the lines of a grid without a column for it."""
    return band if re.match(r"engagement \w", plain(band)) else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
