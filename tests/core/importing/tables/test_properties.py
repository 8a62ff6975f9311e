"""Whatever is done to the columns of a good table: the same values, or a question; never other values."""

from dataclasses import dataclass, field, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from core.sheets.reading.model import MergedRange, Sheet
from tests.core.importing.tables.plans import CODES, HEADINGS, WANTED, read_book

ROWS = [
    ["Hall sombre", "Changer les ampoules", "SIDSIC", "30/06/2026", "Fait"],
    ["Pas de sonnette", "Poser une sonnette", "Accueil général", "31/12/2027", "En cours"],
    ["Attente longue", "Ouvrir un second guichet", "SIDSIC, RQ", "15/03/2027", "À faire"],
    ["Attente longue", "Afficher le temps d’attente", "RQ", "14/02/2027", "Fait"],
]
SYNONYMS = {
    "Constat": ["Écart", "CONSTATS", "constat(s)", "Constat / problème", "Constats de l’audit"],
    "Action": ["Mesure", "Actions", "Action à mener", "Improvement actions"],
    "Pilote": ["Responsable", "Pilotes", "Owner", "Pilote de l’action", "Responsable(s)"],
    "Échéance": ["Délai", "Due date", "Échéances", "Échéance (jj/mm/aaaa)"],
    "Statut": ["État", "État d’avancement", "Status", "statut"],
}
TURNED = ["{} initiale", "Objectif : {}", "{} réalisée", "N° {}", "Taux de {}", "Ancien {}", "Suite", "Xyz", "", "{}{}"]
TITLES = [
    ["Plan d’actions 2026"],
    ["màj", "15/05/2026"],
    [],
    ["Site", "Aix", "RQ : Mme X"],
    ["Vert : fait", "Bleu"],
]

ALONE = [replace(one, is_many=False) for one in WANTED]


@dataclass(frozen=True)
class File:
    """A table as somebody keeps it: headings, lines, and what was done around them."""

    headings: list = field(default_factory=lambda: list(HEADINGS))
    rows: list = field(default_factory=lambda: [list(row) for row in ROWS])
    above: list = field(default_factory=list)
    merged: list = field(default_factory=list)
    hidden: frozenset = frozenset()
    is_turned: bool = False

    @property
    def sheet(self) -> Sheet:
        table = [*self.above, self.headings, *self.rows]
        width = max(map(len, table))
        values = [[*row, *[None] * (width - len(row))] for row in table]
        shift = len(self.above)
        blocks = [MergedRange(top + shift, left, bottom + shift, right) for top, left, bottom, right in self.merged]
        if self.is_turned:
            values = [list(column) for column in zip(*values, strict=True)]
            blocks = [MergedRange(one.first_column, one.first_row, one.last_column, one.last_row) for one in blocks]
            return Sheet("Plan", values, blocks, hidden_rows=self.hidden)
        return Sheet("Plan", values, blocks, hidden_columns=self.hidden)


@st.composite
def permuted(draw, file):
    order = draw(st.permutations(range(len(file.headings))))
    return replace(
        file, headings=[file.headings[at] for at in order], rows=[[row[at] for at in order] for row in file.rows]
    )


@st.composite
def renamed(draw, file):
    at = draw(st.integers(0, len(file.headings) - 1))
    own = file.headings[at]
    if own not in SYNONYMS:
        return file
    new = draw(st.sampled_from(SYNONYMS[own] + [words.format(own, own[:1]) for words in TURNED]))
    return replace(file, headings=[new if place == at else words for place, words in enumerate(file.headings)])


@st.composite
def split(draw, file):
    """The words of a column over two: the second one has the same heading, another one or none."""
    at = draw(st.integers(0, len(file.headings) - 1))
    other = draw(st.sampled_from([file.headings[at], "", "Suite", f"{file.headings[at]} (suite)"]))
    if other == "" and not all(file.headings):
        other = "Suite"
    halves = [(str(row[at] or "").partition(" ")) for row in file.rows]
    rows = [[*row[:at], one[0], one[2] or None, *row[at + 1 :]] for row, one in zip(file.rows, halves, strict=True)]
    return replace(file, headings=[*file.headings[: at + 1], other, *file.headings[at + 1 :]], rows=rows)


@st.composite
def doubled(draw, file):
    """A column twice, the second one of another day."""
    at = draw(st.integers(0, len(file.headings) - 1))
    old = draw(st.sampled_from(["périmé", "01/01/2020", "Abandonné", "x"]))
    name = draw(st.sampled_from([file.headings[at], f"{file.headings[at]} précédent", f"Nouveau {file.headings[at]}"]))
    rows = [[*row[: at + 1], old, *row[at + 1 :]] for row in file.rows]
    return replace(file, headings=[*file.headings[: at + 1], name, *file.headings[at + 1 :]], rows=rows)


@st.composite
def joined(draw, file):
    """Two columns in one."""
    if sorted(map(str, file.headings)) != sorted(HEADINGS):
        return file
    at = draw(st.integers(0, len(file.headings) - 2))
    sign = draw(st.sampled_from([" / ", " – ", " et "]))
    rows = [[*row[:at], f"{row[at]}{sign}{row[at + 1]}", *row[at + 2 :]] for row in file.rows]
    name = sign.join(map(str, file.headings[at : at + 2]))
    return replace(file, headings=[*file.headings[:at], name, *file.headings[at + 2 :]], rows=rows)


@st.composite
def shifted(draw, file):
    return replace(file, above=draw(st.lists(st.sampled_from(TITLES), max_size=5)))


@st.composite
def widened(draw, file):
    """A blank column, or line numbers, somewhere."""
    at = draw(st.integers(0, len(file.headings)))
    numbers = draw(st.booleans()) or "" in file.headings  # a blank column parts what has no heading from the table
    rows = [[*row[:at], float(rank) if numbers else None, *row[at:]] for rank, row in enumerate(file.rows, start=1)]
    return replace(file, headings=[*file.headings[:at], "N°" if numbers else None, *file.headings[at:]], rows=rows)


@st.composite
def spaced(draw, file):
    """A blank line, or the headings again, between two lines."""
    at = draw(st.integers(1, len(file.rows)))
    again = draw(st.sampled_from([[], file.headings]))
    return replace(file, rows=[*file.rows[:at], list(again), *file.rows[at:]])


@st.composite
def merged(draw, file):
    """The finding of the last two lines merged, where both say the same."""
    at = next((place for place, words in enumerate(file.headings) if words == "Constat"), None)
    findings = [row[at] if at is not None and at < len(row) else "" for row in file.rows]
    lines = [rank for rank, words in enumerate(findings) if words == "Attente longue"]
    if len(lines) != 2 or lines[1] != lines[0] + 1:
        return file
    rows = [list(row) for row in file.rows]
    rows[lines[1]][at] = None
    if draw(st.booleans()):
        return replace(file, rows=rows)  # what a CSV leaves of it
    return replace(file, rows=rows, merged=[(lines[0] + 2, at + 1, lines[1] + 2, at + 1)])


@st.composite
def hidden(draw, file):
    return replace(file, hidden=frozenset({draw(st.integers(1, len(file.headings)))}))


@st.composite
def turned(draw, file):
    return replace(file, is_turned=draw(st.booleans()))


DEEDS = [permuted, renamed, split, joined, shifted, widened]
LAST = [spaced, merged, hidden, turned]


@st.composite
def files(draw):
    file = File()
    for deed in draw(st.lists(st.sampled_from(DEEDS), max_size=3)):
        file = draw(deed(file))
    if draw(st.booleans()):
        file = draw(doubled(file))
    for deed in draw(st.lists(st.sampled_from(LAST), unique=True)):
        file = draw(deed(file))
    return file


@settings(max_examples=400, deadline=None, derandomize=True)
@given(files())
def test_the_same_values_or_a_question_never_other_values(file):
    reading = read_book(file.sheet, wanted=ALONE)
    found = [row for row in reading.rows if any(row)]

    if not reading.open:
        assert found == ROWS
    for row in found:
        for code, text in zip(CODES, row, strict=True):
            whole = [one[CODES.index(code)] for one in ROWS]
            assert not text or any(text in one for one in whole), (code, text, reading.open)
