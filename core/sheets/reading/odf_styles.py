"""The styles of an OpenDocument file: colours of ground and text, strike, tables that are not displayed."""

from dataclasses import dataclass

from core.sheets.reading.cells import Marks
from core.sheets.reading.xml_events import Attributes

_LONGEST_LINE = 20  # of styles that come from one another


@dataclass
class _Style:
    parent: str
    fill: str | None = None
    is_struck: bool | None = None
    ink: str | None = None
    is_displayed: bool = True


class Styles:
    """Styles by family and name, each taking from its parent what it does not say."""

    def __init__(self) -> None:
        self.strikes = False  # does any style strike a text out?
        self._styles: dict[tuple[str, str], _Style] = {}
        self._looks: dict[str, Marks] = {}
        self._open: _Style | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        """Follows the elements that hold styles; `style:` elements of anything else say nothing here."""
        if name == "style":
            key = (attributes.get("style:family", ""), attributes.get("style:name", ""))
            self._open = self._styles[key] = _Style(attributes.get("style:parent-style-name", ""))
        elif self._open is None:
            return
        elif name == "table-cell-properties" and "fo:background-color" in attributes:
            self._open.fill = _colour(attributes["fo:background-color"], but="FFFFFF")
        elif name == "text-properties":
            line = attributes.get("style:text-line-through-style") or attributes.get("style:text-line-through-type")
            self._open.is_struck = line != "none" if line else None
            self.strikes |= bool(self._open.is_struck)
            self._open.ink = _colour(attributes["fo:color"], but="000000") if "fo:color" in attributes else None
        elif name == "table-properties":
            self._open.is_displayed = attributes.get("table:display") != "false"

    def end(self, name: str) -> None:
        if name == "style":
            self._open = None

    def look(self, name: str) -> Marks:
        """What a cell style says: its background, and whether it strikes the text out."""
        found = self._looks.get(name)
        if found is None:
            line = self._line("table-cell", name)
            fill = next((style.fill for style in line if style.fill is not None), "")
            ink = next((style.ink for style in line if style.ink is not None), "")
            found = self._looks[name] = Marks(fill=fill, is_struck=self.is_struck("table-cell", name), ink=ink)
        return found

    def is_struck(self, family: str, name: str) -> bool:
        if not self.strikes:
            return False
        return next((style.is_struck for style in self._line(family, name) if style.is_struck is not None), False)

    def is_displayed(self, table: str) -> bool:
        return all(style.is_displayed for style in self._line("table", table))

    def _line(self, family: str, name: str) -> list[_Style]:
        found: list[_Style] = []
        while len(found) < _LONGEST_LINE and (style := self._styles.get((family, name))):
            found.append(style)
            name = style.parent
        return found


def _colour(text: str, *, but: str) -> str:
    """RRGGBB; empty for none, and for the colour that says nothing."""
    colour = text.lstrip("#").upper()
    return "" if colour in ("TRANSPARENT", but) or len(colour) != 6 else colour
