"""A small plan of actions as a table, and how it is read."""

from dataclasses import dataclass

from core.importing.accounts import Accounts
from core.importing.asks import Ask, Given
from core.importing.layout import Layout
from core.importing.tables import Content, Lines, Wanted, account_of, read_lines, recognise
from core.sheets.reading.model import MergedRange, Sheet, Workbook

WANTED = (
    Wanted("finding", "Constat", heads=r"constats?|ecarts?", content=Content.TEXT, is_carried=True),
    Wanted("action", "Action", heads=r"(?:improvement )?actions?|mesures?", content=Content.TEXT),
    Wanted("owner", "Responsable", heads=r"responsables?|pilotes?|owner", content=Content.NAMES, is_many=True),
    Wanted("deadline", "Échéance", heads=r"echeances?|delais?|due date"),
    Wanted("status", "Statut", heads=r"statuts?|etats?(?: d avancement)?|status", content=Content.WORDS),
    Wanted("done", "Réalisé le", heads=r"realisee? le|done on", content=Content.DAYS),
    Wanted("comment", "Commentaire", heads=r"commentaires?|comments?", is_many=True),
)
HEADINGS = ["Constat", "Action", "Pilote", "Échéance", "Statut"]
DARK = ["Hall sombre", "Changer les ampoules", "SIDSIC", "30/06/2026", "Fait"]
BELL = ["Pas de sonnette", "Poser une sonnette", "Accueil", "31/12/2027", "En cours"]
CODES = ("finding", "action", "owner", "deadline", "status")


@dataclass(frozen=True)
class Reading:
    """A file read as a plan."""

    book: Workbook
    layout: Layout
    lines: Lines
    accounts: Accounts

    @property
    def rows(self) -> list[list[str]]:
        """The words of the five roles, line by line."""
        return [[row.text(code) for code in CODES] for row in self.lines]

    @property
    def roles(self) -> dict[str, str]:
        """The role of each heading; « ? » and what is proposed where it is asked."""
        columns = (column for table in self.layout.tables for column in table.columns)
        return {one.heading: f"?{one.role.proposed}" if one.role.is_open else one.code for one in columns}

    @property
    def open(self) -> dict[str, str]:
        """The open questions with what they propose."""
        asks: list[Ask] = [*self.layout.all_asks(), *self.lines.asks]
        return {ask.code: ask.proposed for ask in asks if ask.is_open}

    @property
    def told(self) -> list[str]:
        return [problem.placed for problem in self.lines.problems]


def read(*rows, merged=(), chosen=None, technical="", **sheet) -> Reading:
    """A sheet « Plan » of these rows, read with the answers chosen."""
    width = max(map(len, rows))
    values = [[*row, *[None] * (width - len(row))] for row in rows]
    return read_book(
        Sheet("Plan", values, [MergedRange(*block) for block in merged], **sheet), chosen=chosen, technical=technical
    )


def read_book(*sheets, chosen=None, technical="", wanted=WANTED) -> Reading:
    """Sheets read as plans; every filled cell is accounted for."""
    book, given = Workbook("plan.xlsx", list(sheets)), Given(chosen or {})
    layout = recognise(book, wanted, given=given, technical=technical)
    lines = read_lines(book, layout, wanted, given=given)
    accounts = account_of(book, layout, lines)
    assert not accounts.unspoken
    counts = accounts.counts
    assert counts["filled"] == counts["read"] + counts["left_out"] + counts["asked"]
    return Reading(book, layout, lines, accounts)


def turned(rows):
    """Rows as columns."""
    return [list(column) for column in zip(*rows, strict=True)]
