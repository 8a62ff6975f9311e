"""One slide of a deck: what is on it, whatever writes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.base.figures import RATE, format_figure

SHORT_TITLE = 44  # characters on one line


@dataclass(frozen=True)
class Bar:
    """A criterion: its percentage in words, its share for a bar (None where withheld), its base, its interval."""

    criterion: str
    percent: str
    share: float | None
    base: str
    low: float | None = None
    high: float | None = None

    @property
    def interval(self) -> str:
        """« 74 à 93 % », empty where there is none."""
        if self.low is None or self.high is None:
            return ""
        return f"{self.low * 100:.0f} à {format_figure(Decimal(str(self.high)), RATE, 0)}"

    @property
    def words(self) -> str:
        """« La courtoisie : 86,3 % (51 réponses, 74 à 93 %) »."""
        aside = ", ".join(filter(None, (self.base, self.interval)))
        return f"{self.criterion} : {self.percent}" + (f" ({aside})" if aside else "")


@dataclass(frozen=True)
class Slide:
    """A title with bullets, figures, a table or bars; `bars` are drawn on one scale, and told by `description`.

    `figures` are (big figure, what it counts, its margin); `widths` the shares of the columns of the table; `notes` are
    for whoever speaks; `foot` is on every page.
    """

    title: str
    bullets: Sequence[str] = ()
    figures: Sequence[tuple[str, str, str]] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    widths: Sequence[int] = ()
    bars: Sequence[Bar] = ()
    notes: str = ""
    foot: str = ""

    @property
    def is_long(self) -> bool:
        """Whether the title takes two lines, in smaller letters."""
        return len(self.title) > SHORT_TITLE

    @property
    def shares(self) -> Sequence[int]:
        """The widths of the columns of the table."""
        return self.widths or (1,) * len(self.head)

    @property
    def description(self) -> str:
        """The bars in words."""
        return "\u00a0; ".join(bar.words for bar in self.bars)

    @property
    def table_description(self) -> str:
        """What the table holds: a screen reader reads it before its cells."""
        lines = f"{len(self.rows)} ligne{'s' if len(self.rows) > 1 else ''}"
        return f"Tableau « {self.title} » : {lines}, colonnes {', '.join(filter(None, self.head))}."
