"""How dates and numbers are written: settled by the cells of a column, by the other columns of the file, or asked."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from core.importing.asks import Ask, Given, Option, settle
from core.importing.dates import DateOrder, order_of
from core.importing.layout import COLUMNS, ColumnRead, TableRead
from core.importing.numbers import Writing, writing_of
from core.importing.places import ReadPlace
from core.importing.tables.facing import Facing
from core.importing.tables.wanted import DATES, NUMBERS, Judge
from core.sheets.reading.addresses import column_letters
from core.sheets.reading.model import Sheet
from core.sheets.reading.tagged import MARK

LOOKED_AT = 1000  # different texts of a column
LONGEST = 80


class _Evidence(Protocol):
    @property
    def is_sure(self) -> bool: ...
    @property
    def evidence(self) -> tuple[str, ...]: ...
    @property
    def against(self) -> tuple[str, ...]: ...
    @property
    def doubtful(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class _Setting:
    question: str
    options: Sequence[Option]
    look: Callable[[Iterable[str]], _Evidence]
    value: Callable[[_Evidence], str]


_SETTINGS = {
    DATES: _Setting(
        "les dates sont-elles écrites jour/mois ou mois/jour ?",
        (Option(DateOrder.DAY_MONTH, "jour/mois/année"), Option(DateOrder.MONTH_DAY, "mois/jour/année")),
        order_of,
        lambda found: str(getattr(found, "order", "")),
    ),
    NUMBERS: _Setting(
        "comment les nombres sont-ils écrits ?",
        (
            Option(Writing.FRENCH, "1 200,50 (virgule)"),
            Option(Writing.DOTTED, "1.200,50 (points et virgule)"),
            Option(Writing.ENGLISH, "1,200.50 (à l’anglaise)"),
        ),
        writing_of,
        lambda found: str(getattr(found, "writing", "")),
    ),
}


def settled(
    tables: Sequence[TableRead], sheets: Sequence[Sheet], judge: Judge, *, given: Given
) -> tuple[TableRead, ...]:
    """The tables with the settings of their columns."""
    settling = _Settling(given, {code: one.settles for code, one in judge.wanted.items()})
    by_name = {sheet.name: sheet for sheet in sheets}
    for table in tables:
        settling.look(table, Facing(by_name[table.sheet], table.axis))
    return tuple(
        replace(table, columns=tuple(replace(one, settings=settling.asks(table, one)) for one in table.columns))
        for table in tables
    )


@dataclass
class _Settling:
    """The texts of the columns whose writing matters, and what they say together."""

    given: Given
    kinds: Mapping[str, tuple[str, ...]]
    texts: dict[tuple[str, int], dict[str, ReadPlace]] = field(default_factory=dict)
    pooled: dict[str, list[str]] = field(default_factory=lambda: {DATES: [], NUMBERS: []})

    def look(self, table: TableRead, facing: Facing) -> None:
        for column in table.columns:
            kinds = self.kinds.get(column.code, ())
            if kinds:
                said = self.texts[table.name, column.number] = _texts(table, column, facing)
                for kind in kinds:
                    self.pooled[kind] += said

    def asks(self, table: TableRead, column: ColumnRead) -> tuple[Ask, ...]:
        """The writing of a column, found or asked; nothing when nothing in it depends on it."""
        said = self.texts.get((table.name, column.number))
        asks = (self._ask(table, column, kind, said) for kind in self.kinds.get(column.code, ()) if said)
        return tuple(ask for ask in asks if ask)

    def _ask(self, table: TableRead, column: ColumnRead, kind: str, said: Mapping[str, ReadPlace]) -> Ask | None:
        setting = _SETTINGS[kind]
        own = setting.look(said)
        if not (own.evidence or own.against or own.doubtful):
            return None
        together = [] if own.is_sure or own.against else [setting.look(self.pooled[kind])]
        sure = next((one for one in (own, *together) if one.is_sure), None)
        letter = column_letters(column.number) if table.axis == COLUMNS else str(column.number)
        return settle(
            self.given,
            f"set:{table.name}:{letter}:{kind}",
            f"« {column.heading} » : {setting.question}",
            setting.options,
            found=setting.value(sure) if sure else "",
            proposed=setting.value(own),
            places=[said[text] for text in (*own.doubtful, *own.against) if text in said],
        )


def _texts(table: TableRead, column: ColumnRead, facing: Facing) -> dict[str, ReadPlace]:
    """The different texts of a column, each with the first place where it stands."""
    found: dict[str, ReadPlace] = {}
    for line in range(table.body[0], table.body[1] + 1):
        value = facing.raw(line, column.number)
        if isinstance(value, str) and 0 < len(value) <= LONGEST and not value.startswith(MARK):
            found.setdefault(value.strip(), facing.place(line, column.number))
            if len(found) == LOOKED_AT:
                break
    return found
