"""Import of an audit: its grid, its columns of findings or its report in lists; the audit is created when missing."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from audits.enums import AuditKind, Result
from audits.imports import columns as c
from audits.imports import scoring
from audits.imports.grid_rows import GridRow, TableRows, rows_of_text, tell_twice
from audits.imports.marks import marks_of
from audits.imports.results import legend_cells, legend_in, legend_lines
from audits.models import Audit, AuditImport, AuditRow
from audits.services import audits
from audits.terms.grids import SCORED, tally
from core.base.words import in_words
from core.importing.accounts import Accounts
from core.importing.kind import FileImport, Noun
from core.importing.layout import Layout
from core.importing.lines import Fate, Line, LineChange
from core.importing.places import NOWHERE, Problem, error, warning
from core.importing.plan import Plan
from core.importing.tables import Lines, account_of, read_lines, recognise
from core.importing.vocabulary import Words
from core.importing.words import plain
from core.record import history
from core.sheets.reading.model import Workbook
from organisations.permissions import Permission
from referential.services.naming import book_of

MOST_ROWS = 5_000
AROUND = "texte autour des constats"
NOTHING = (
    "Aucun résultat d’audit dans ce fichier : il faut un tableau avec une colonne « Exigence » ou « Engagement » et "
    "une colonne « Résultat », ou des listes « Points forts », « Points sensibles », « Pistes de progrès », « Écarts »."
)
FIELDS = ("result", "score", "structure", "comment", "evidence_expected", "methods", "section")
EMPTY = (None, "", [])
LABELS = {
    "result": "Résultat",
    "score": "Note",
    "structure": "Structure",
    "comment": "Constat",
    "evidence_expected": "Preuves attendues",
    "methods": "Méthode",
    "section": "Rubrique",
}


class AuditFile(FileImport[AuditImport]):
    """Each row is a requirement with its result; « aucun » under a kind of findings is an answer too."""

    code = "audit"
    namespace = "audits"
    prefix = "audit-import"
    title = "Importer un audit"
    noun = Noun("ligne d’audit", "lignes d’audit", is_feminine=True)
    permission = Permission.AUDIT_IMPORT
    seen_with = Permission.AUDIT_VIEW
    model = AuditImport
    related = ("site",)

    def plan(self, book: Workbook) -> Plan:
        units = scoring.units_of(self.record.site)
        wanted = c.wanted_in(book, units.keys())
        layout = recognise(book, wanted, given=self.given, is_table=c.is_grid)
        lines = read_lines(book, layout, wanted, given=self.given, joins=False)
        words, used = Words(self.given), {}
        reader = TableRows(words, self.given, _legend(book, layout), structures=units.keys())
        rows = [one for row in lines for own in marks_of(row) for one in reader.of(own)]
        for sheet in book.sheets:
            if sheet.is_lines:
                rows += rows_of_text(sheet, used.setdefault(sheet.name, set()))
        self._name(rows)
        audit = self._audit()
        scale, scales = scoring.settle(rows, units, audit)
        tell_twice(rows)
        found = [self._line(row) for row in self._matched(rows, audit)]
        plan = Plan(
            layout,
            self._account(book, layout, lines, used),
            lines=found,
            words=words,
            asks=[*lines.asks, *reader.asks],
            problems=[
                *(warning(one.text) for one in book.remarks),
                *lines.problems,
                *scales,
                *self._problems(rows, layout),
            ],
            reading={"rows": [_told(row) for row in rows], **tally(_counted(rows)).as_json()},
            extra={
                "audit": audit,
                "scale": scale,
                "none": sorted({row.result for row in rows if row.is_none and row.result}),
            },
        )
        for ask in plan.open_asks:
            plan.accounts.ask(((one.sheet, one.row, one.column or 1) for one in ask.places if one.row), ask.code)
        plan.accounts.read(*reader.titles)
        plan.accounts.close()
        return plan

    def hold(self) -> None:
        history.lock(self.record.site)

    def write(self, plan: Plan, *, by: Any, reason: str) -> None:
        record = self.record
        audit = plan.extra["audit"] or audits.open_audit(
            site=record.site,
            kind=record.kind,
            starts_on=record.audit_on,
            score_scale=plan.extra["scale"],
            by=by,
            reason=reason,
        )
        rows = [line.content for line in plan.kept if not line.content.is_none]
        if audit.score_scale != plan.extra["scale"] and any(row.score is not None for row in rows):
            audit = audits.change_audit(audit, score_scale=plan.extra["scale"], by=by, reason=reason)
        new = [row for row in rows if row.target is None]
        audits.add_rows(audit, [AuditRow(**_fields(row)) for row in new], by=by, reason=reason)
        changed = [row for row in rows if row.target is not None and _changed(row)]
        for row in changed:
            audits.change_row(row.target, by=by, reason=reason, **{name: getattr(row, name) for name in _changed(row)})
        audits.state_none(audit, plan.extra["none"], by=by, reason=reason)

    # What the database has ------------------------------------------------------------------------------------------
    def _audit(self) -> Audit | None:
        record = self.record
        rows = Audit.objects.on_day(record.site, record.kind, record.audit_on)
        return rows.prefetch_related("rows").order_by("starts_on").first()

    def _name(self, rows: Iterable[GridRow]) -> None:
        """The module and the engagement that words name, in the referential in force on the day of the audit."""
        rows, book = list(rows), book_of(self.record.audit_on)
        referential = book.referential_of({(row.section, _engagement_words(row)) for row in rows})
        for row in rows:
            found = book.find(row.section, _engagement_words(row), referential.pk if referential else None)
            row.module = found.module
            row.engagement = found.engagements[0] if found.engagements and not found.doubt else None
            if found.doubt:
                row.problems.append(warning(f"Engagement à vérifier : {found.doubt}.", row.place))

    def _matched(self, rows: Iterable[GridRow], audit: Audit | None) -> Iterator[GridRow]:
        """Each row with the one that the audit has already: the same requirement, or the same finding."""
        known: dict[tuple[str, ...], list[AuditRow]] = {}
        for stored in audit.rows.all() if audit else ():
            known.setdefault(_key(stored), []).append(stored)
        for row in rows:
            same = known.get(_key(row), [])
            row.target = same.pop(0) if same and not row.is_none else None
            if row.is_none and audit and row.result in audit.stated_none:
                row.target = audit
            yield row

    # What is told ---------------------------------------------------------------------------------------------------
    def _line(self, row: GridRow) -> Line:
        line = Line(row.key, row.place, " ".join(row.label.split())[:200], content=row, problems=row.problems)
        line.written = [
            LineChange(LABELS[name], "", _said(row, name), row.place) for name in FIELDS if _said(row, name)
        ]
        if row.is_none:
            label = Result(row.result).label if row.result else "Résultat"
            line.changes = [] if row.target else [LineChange(label, "", "aucun", row.place)]
            line.counted = Counter()
        elif row.target is None:
            line.changes = [one for one in line.written if one.after]
        else:
            line.changes = [
                LineChange(LABELS[name], _said(row.target, name), _said(row, name), row.place) for name in _changed(row)
            ]
        line.fate = self._fate(row, line)
        return line

    def _fate(self, row: GridRow, line: Line) -> Fate:
        if row.source is not None and (row.source.left_out or row.source.asked):
            return Fate.LEFT_OUT if row.source.left_out else Fate.ASKED
        if line.has_error:
            return Fate.REFUSED
        is_undecided = row.source is not None and row.source.table.is_undecided
        if row.is_asked or is_undecided or (row.is_none and not row.result):
            return Fate.ASKED
        if row.target is None:
            return Fate.CREATED
        return Fate.CHANGED if line.changes else Fate.UNCHANGED

    def _problems(self, rows: list[GridRow], layout: Layout) -> Iterator[Problem]:
        record, today = self.record, timezone.localdate()
        has_open = any(ask.is_open for ask in layout.all_asks())
        if not rows and not has_open:
            yield error(NOTHING, layout.tables[0].place(layout.tables[0].headings[1], 1) if layout.tables else NOWHERE)
        if len(rows) > MOST_ROWS:
            yield error(f"Le fichier compte {len(rows)} lignes ; {MOST_ROWS} au plus sont lues.", rows[MOST_ROWS].place)
        if record.audit_on > today:
            yield warning(f"L’audit du {in_words(record.audit_on)} est à venir : vérifiez sa date.")
        yield from audits.date_problems(record.site, record.kind, record.audit_on)
        for result in sorted({row.result for row in rows if row.is_none} & {r.result for r in rows if not r.is_none}):
            if result:
                message = f"« {Result(result).label} » : le fichier dit « aucun » et en donne pourtant."
                yield warning(message, next(row.place for row in rows if row.is_none and row.result == result))

    def _account(self, book: Workbook, layout: Layout, lines: Lines, used: dict[str, set[int]]) -> Accounts:
        accounts = account_of(book, layout, lines)
        for name, read in used.items():
            accounts.read(*((name, row, 1) for row in read))
            accounts.leave_out((cell for cell in accounts.filled if cell[0] == name), AROUND)
        return accounts

    # Where it stands ------------------------------------------------------------------------------------------------
    @classmethod
    def scope_key(cls, record: AuditImport) -> str:
        return record.site.code

    @classmethod
    def place(cls, record: AuditImport) -> str:
        return f"{record.site}, {AuditKind(record.kind).label.lower()} du {in_words(record.audit_on)}"

    @classmethod
    def way(cls, record: AuditImport) -> list[tuple[str, str]]:
        return [("Audits", reverse("audits:audits"))]

    @classmethod
    def upload_url(cls, record: AuditImport) -> str:
        return reverse("audits:audit-import-upload")

    @classmethod
    def leads_to(cls, record: AuditImport) -> tuple[str, str]:
        audit = Audit.objects.on_day(record.site, record.kind, record.audit_on).order_by("starts_on").first()
        if audit is None:
            return "Audits", reverse("audits:audits")
        return str(audit), reverse("audits:audit", args=[audit.pk])


def _counted(rows: Iterable[GridRow]) -> list[str]:
    """The results of the rows that are of the audit: « aucun » is no row, nor is a line left out."""
    taken = [row for row in rows if not row.is_none and not (row.source is not None and row.source.left_out)]
    return [row.result or (SCORED if row.score is not None else "") for row in taken]


def _key(row: GridRow | AuditRow) -> tuple[str, ...]:
    """What makes a row the same: its requirement under its engagement; without one, the words of the finding."""
    where = str(row.structure or "") or (row.section if row.score is not None else "")
    what = (where, plain(row.engagement_words), plain(row.requirement))
    is_finding = isinstance(row, GridRow) and ":" in row.key and bool(row.comment)
    if (row.requirement or row.score is not None) and not is_finding:
        return what
    return *what, plain(row.comment)


def _fields(row: GridRow) -> dict[str, Any]:
    names = ("module", "engagement", "engagement_words", "requirement", *FIELDS)
    return {name: getattr(row, name) for name in names}


def _changed(row: GridRow) -> list[str]:
    """What the file says otherwise than the audit; what it leaves empty stays as it is."""
    told = (name for name in FIELDS if getattr(row, name) not in EMPTY)
    return [name for name in told if getattr(row, name) != getattr(row.target, name)]


def _said(row: Any, name: str) -> str:
    value = getattr(row, name)
    if name == "result":
        return Result(value).label if value else ""
    return ", ".join(value) if isinstance(value, list) else "" if value is None else in_words(value)


def _engagement_words(row: GridRow) -> str:
    return row.engagement_words or (row.requirement if row.requirement[:3].strip("Ee.").isdigit() else "")


def _legend(book: Workbook, layout: Layout) -> dict[str, str]:
    """What is written of the codes around the tables, on any sheet."""
    read = [table for table in layout.tables if table.is_read]
    bodies = {(table.sheet, line) for table in read for line in range(table.headings[0], table.body[1] + 1)}
    around = [
        cell.text
        for sheet in book.sheets
        if not sheet.is_lines
        for cell in sheet.filled()
        if (sheet.name, cell.row) not in bodies or plain(cell.text).startswith("legende")
    ]
    around += [line for sheet in book.sheets if sheet.is_lines for line in legend_lines(sheet)]
    headed = {column.heading for table in layout.tables for column in table.columns}
    sure = {word: result.value for word, result in c.YES_OR_NO.items()} if any(map(c.is_yes_or_no, headed)) else {}
    return sure | legend_in([*around, *(text for sheet in book.sheets for text in legend_cells(sheet))])


def _told(row: GridRow) -> dict[str, Any]:
    """The row as `--format json` prints it."""
    return {
        "sheet": row.place.sheet,
        "cell": row.place.cell,
        "engagement": row.engagement_words,
        "requirement": row.requirement,
        "structure": row.structure_words,
        "score": None if row.score is None else float(row.score),
        "result": "none" if row.is_none else row.result or None,
        "comment": row.comment,
    }
