"""Import of a tally: what was said aloud at desks and on the telephone, counted by strokes."""

import re
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django.urls import reverse
from django.utils import timezone

from complaints.enums import ORAL, Channel
from complaints.imports import words
from complaints.imports.bare_days import with_months
from complaints.imports.readers import Theme
from complaints.imports.tally_columns import (
    BY_DAY,
    CODES,
    SEVERAL,
    TallyPeriod,
    channel_in,
    columns_of,
    period_of,
    said_by_column,
    says_twice,
)
from complaints.models import Tally, TallyImport
from core.importing.asks import Option
from core.importing.kind import Noun
from core.importing.layout import Layout, TableRead
from core.importing.places import warning
from core.importing.plan import Plan
from core.importing.tables import Wanted
from core.importing.tables.readers import Choice, Day, Entry, Named, NumberOf, Said, Text
from core.importing.tables.rows import RowCell, SourceRow, row_cell
from core.importing.tables.table_import import Entered, TableImport
from core.importing.tables.wanted import Content
from core.importing.vocabulary import Words
from core.importing.words import plain
from core.record import history
from core.sheets.reading.model import Workbook
from organisations.permissions import Permission

MOST = 10_000  # strokes of a line
NO_STROKE = "aucun trait"
NOT_THE_SUM = "Le total écrit ({}) n’est pas la somme des colonnes ({}) : ce sont elles qui sont prises."
FIVES = {"𝍸": 5, "卌": 5}  # signs of four strokes crossed by a fifth
_STROKES = re.compile(r"[\s,;]*(?:[|/lI𝍷𝍸卌x✓✔]+[\s,;]*)+")  # no figure: « 1,1 » is a number, and no count
_SUM = re.compile(r"\s*\d{1,4}(?:\s*\+\s*\d{1,4})+\s*")
_NONE = re.compile(r"\s*(?:[-–—]+|néant|aucune?|ras)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class DayOrMonth(Day):
    """A day, or a month: its strokes are those of its last day."""

    month_end: bool = True
    content: ClassVar[Content] = Content.ANY


@dataclass(frozen=True)
class Strokes(NumberOf):
    """A number, or strokes as they are drawn: « |||| || »."""

    content: ClassVar[Content] = Content.ANY

    def __call__(self, entry: Entry) -> Said:
        text = entry.text
        if _NONE.fullmatch(text):
            return Said(0)
        if isinstance(entry.value, str) and _STROKES.fullmatch(text):
            return Said(sum(FIVES.get(sign, 1) for sign in re.sub(r"[\s,;]", "", text)))
        if isinstance(entry.value, str) and _SUM.fullmatch(text):
            return Said(sum(map(int, text.split("+"))))
        said = super().__call__(entry)
        if said.value is None:
            return said
        if said.value != int(said.value) or not 0 <= said.value <= MOST:
            return entry.wrong(f"« {text} » : un nombre entier de traits est attendu, de 0 à {MOST}.")
        return Said(int(said.value), said.problem)


class TallyFile(TableImport[TallyImport]):
    """One count a line. A line that counts nothing says nothing."""

    code = "tally"
    namespace = "complaints"
    prefix = "tally-import"
    title = "Importer un bâtonnage"
    noun = Noun("ligne", "lignes", is_feminine=True)
    permission = seen_with = Permission.COMPLAINT_IMPORT
    model = TallyImport
    related = ("site",)
    columns = (
        Wanted(
            "on",
            "Jour",
            heads=r"(?:dates?|jours?)(?: .*)?|mois|periodes?|semaine du|le|day|date",
            read=DayOrMonth(),
            colour="date",
            is_required=True,
        ),
        Wanted(
            "channel",
            "Canal",
            heads=r"can(?:al|aux)|modes?|moyens?|supports?|origines?|channel",
            read=Choice(
                [Option(str(one.value), str(one.label)) for one in ORAL],
                {str(one.value): words.CHANNELS[one] for one in ORAL},
            ),
        ),
        Wanted("theme", "Thème", heads=r"themes?|thematiques?|motifs?|sujets?|objets?|natures?|topic", read=Theme()),
        Wanted(
            "place",
            "Lieu",
            heads=r"lieux?|guichets?|accueils?|services?|sites?|points? d accueil|place",
            read=Text(200),
        ),
        Wanted(
            "count",
            "Traits",
            heads=r"traits?|batons?|batonnages?|nombres?(?: .*)?|nb(?:re)?(?: .*)?|effectifs?|quantites?|totaux|"
            r"total|compte|count",
            read=Strokes(),
            is_required=True,
        ),
        *SEVERAL,
    )

    def plan(self, book: Workbook) -> Plan:
        self.periods: dict[str, TallyPeriod] = {}
        self.desks: set[str] = set()  # the tables whose strokes go to the desk because nothing says where
        return super().plan(with_months(book))

    def is_table(self, said: set[str]) -> bool:
        """Days or months alone head any grid: something must say of what, or where."""
        return len(said) >= 2 and bool(said - {BY_DAY, "place"}) and not says_twice(said)

    def layout_of(self, book: Workbook) -> Layout:
        layout, today = super().layout_of(book), timezone.localdate()
        for table in layout.tables:
            if table.is_read:
                self.periods[table.name] = period_of(book, layout, table, self.given, today)
        asks = (period.ask for period in self.periods.values() if period.ask is not None)
        return replace(layout, asks=(*layout.asks, *asks))

    def lines_of(self, row: SourceRow) -> Iterator[SourceRow]:
        """One line for each count, where a line holds several."""
        columns = dict(columns_of(row.table))
        if not columns:
            yield row
            return
        ask = self.periods[row.table.name].ask
        for number in (*columns, *_totals(row.table)):
            cell = row_cell(row, "count", number, apart=CODES)
            cell.asked = ask.code if columns.get(number) == BY_DAY and ask and ask.is_open else ""
            if cell.cell("count") is not None:
                yield cell

    def _lacking(self, table: TableRead) -> Iterator[Wanted]:
        """What the headings or the title say is not lacking."""
        told = set(dict(columns_of(table)).values())
        told |= {"count"} if told else set()
        told |= {"on"} if BY_DAY in told or self.periods[table.name].on else set()
        return (one for one in super()._lacking(table) if one.code not in told)

    def _entered(self, row: SourceRow, words_met: Words, options: Mapping[str, Sequence[Option]]) -> Entered:
        """A line without a count is one where nothing was said."""
        entry = super()._entered(row, words_met, options)
        if row.table.of_role("count") and row.cell("count") is None:
            entry.problems.clear()
            row.left_out = NO_STROKE
        period = self.periods[row.table.name]
        if period.on and "on" not in entry.values and not row.table.of_role("on"):
            entry.values["on"] = period.on
        if isinstance(row, RowCell):
            self._say_of_column(entry, row, period)
        if "channel" not in entry.values and "channel" not in entry.asked:
            self._take_channel(entry, period)
        return entry

    def _take_channel(self, entry: Entered, period: TallyPeriod) -> None:
        """The channel that the place or the titles name; the desk, said once, where nothing does."""
        place = entry.values.get("place", "")
        entry.values["channel"] = channel_in(place) or period.channel or Channel.DESK
        is_said = channel_in(place) or period.channel
        if not is_said and not entry.row.left_out and entry.row.table.name not in self.desks:
            self.desks.add(entry.row.table.name)
            entry.doubtful("count", "Le canal n’est dit nulle part : les traits sont comptés au guichet.")

    def gathered(self, entries: Sequence[Entered]) -> Sequence[Entered]:
        """The counts of a line, less the total written beside, which they answer for."""
        sums: Counter[tuple[str, int]] = Counter()
        kept, totals = [], []
        for entry in entries:
            is_total = isinstance(entry.row, RowCell) and entry.row.column in _totals(entry.row.table)
            (totals if is_total else kept).append(entry)
            sums[entry.row.table.name, entry.row.number] += 0 if is_total else entry.values.get("count", 0)
        last = {(entry.row.table.name, entry.row.number): entry for entry in kept}
        for total in totals:
            line = (total.row.table.name, total.row.number)
            written, found = total.values.get("count"), sums[line]
            if line in last and written not in (None, found):
                last[line].problems.append(warning(NOT_THE_SUM.format(written, found), total.row.place("count")))
        return kept

    def _say_of_column(self, entry: Entered, row: RowCell, period: TallyPeriod) -> None:
        """What the heading of a count tells of it: when, through which channel, about what."""
        column = next(one for one in row.table.columns if one.number == row.column)
        entry.values |= said_by_column(column.code, column.heading)
        if row.column in period.days:
            entry.values["on"] = period.days[row.column]

    def stored(self, entries: Sequence[Entered]) -> dict[tuple, Tally]:
        rows = Tally.objects.filter(site=self.record.site, source__isnull=False).order_by("pk")
        known: dict[tuple, Tally] = {}
        seen: Counter[tuple] = Counter()
        for row in rows:
            key = (row.on, row.channel, plain(row.theme_words), plain(row.place))
            seen[key] += 1
            known[(*key, seen[key])] = row
        seen.clear()
        for entry in entries:
            key = _key(entry.values)
            seen[key] += 1
            entry.extra = (*key, seen[key])
        return known

    def match(self, entry: Entered, stored: dict[tuple, Tally]) -> Tally | None:
        return stored.get(entry.extra)

    def check(self, entry: Entered) -> None:
        day = entry.values["on"]
        is_month_under_way = (day.year, day.month) == (timezone.localdate().year, timezone.localdate().month)
        if day > timezone.localdate() and not is_month_under_way:
            entry.wrong("on", f"Ce jour est à venir ({day:%d/%m/%Y}).")
        if not entry.values["count"]:
            entry.row.left_out = NO_STROKE

    def before(self, entry: Entered, code: str) -> Any:
        if code == "theme":
            return Named(entry.target.theme, entry.target.theme_words)
        return getattr(entry.target, code)

    def hold(self) -> None:
        history.lock(self.record.site)

    def write(self, plan: Plan, *, by: Any, reason: str) -> None:
        made, changed = [], []
        for line in plan.kept:
            entry: Entered = line.content
            row = entry.target or Tally(site=self.record.site, key=uuid.uuid4(), source=self.record, entered_by=by)
            row.on, row.count = min(entry.values["on"], timezone.localdate()), entry.values["count"]
            row.channel = entry.values.get("channel", Channel.DESK)
            row.place = entry.values.get("place", "")
            theme = entry.values.get("theme", Named("", ""))
            row.theme, row.theme_words = theme.value, theme.text
            (changed if entry.target else made).append(row)
        history.bulk_create(made, by=by, reason=reason)
        history.bulk_update(changed, ["count"], by=by, reason=reason)

    @classmethod
    def scope_key(cls, record: TallyImport) -> str:
        return record.site.code

    @classmethod
    def place(cls, record: TallyImport) -> str:
        return str(record.site)

    @classmethod
    def way(cls, record: TallyImport) -> list[tuple[str, str]]:
        return [cls.leads_to(record)]

    @classmethod
    def upload_url(cls, record: TallyImport) -> str:
        return reverse("complaints:tally-import-upload", args=[record.site.code])

    @classmethod
    def leads_to(cls, record: TallyImport) -> tuple[str, str]:
        return "Bâtonnage", reverse("complaints:tally")


def _totals(table: TableRead) -> list[int]:
    """The columns of the total, where others count one thing each."""
    return [column.number for column in table.of_role("count")]


def _key(values: dict[str, Any]) -> tuple:
    theme = values["theme"].text if "theme" in values else ""
    return (values.get("on"), values.get("channel", Channel.DESK), plain(theme), plain(values.get("place", "")))
