"""The cell styles of an XLSX: number format, colours of ground and text, strike (ECMA-376 part 1, 18.8)."""

import colorsys
import zipfile
from typing import NamedTuple

from core.sheets.reading.archives import member
from core.sheets.reading.formats import BUILT_IN
from core.sheets.reading.symbols import is_symbols
from core.sheets.reading.xml_events import Attributes, integer, is_true, walk

# The 64 colours of old Excel, which files still name by their index.
_INDEXED = (
    "000000FFFFFFFF000000FF000000FFFFFF00FF00FF00FFFF" * 2
    + "800000008000000080808000800080008080C0C0C08080809999FF993366FFFFCCCCFFFF660066FF80800066CCCCCCFF"
    + "000080FF00FFFFFF0000FFFF8000808000000080800000FF00CCFFCCFFFFCCFFCCFFFF9999CCFFFF99CCCC99FFFFCC99"
    + "3366FF33CCCC99CC00FFCC00FF9900FF6600666699969696003366339966003300333300993300993366333399333333"
)
_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
_WHITE, _BLACK = "FFFFFF", "000000"


class Style(NamedTuple):
    """What a style says of its cells; `fill` and `ink` are RRGGBB, empty for none; `symbols` a font of signs."""

    number_format: str = "General"
    fill: str = ""
    is_struck: bool = False
    symbols: str = ""
    ink: str = ""


def cell_styles(archive: zipfile.ZipFile) -> list[Style]:
    """Each cell style, by index."""
    reader = _StylesReader(_theme(archive))
    walk(member(archive, "xl/styles.xml") or b"<none/>", start=reader.start, end=reader.end)
    return reader.styles


class _StylesReader:
    """Follows fonts, fills and cell formats; differential formats (conditional, tables) are left aside."""

    def __init__(self, theme: list[str]) -> None:
        self.styles: list[Style] = []
        self._theme = theme
        self._inside: list[str] = []
        self._custom: dict[int, str] = {}
        self._fonts: list[Style] = []  # is it struck out, does it draw signs, its colour
        self._fills: list[str] = []
        self._is_blank = False

    def start(self, name: str, attributes: Attributes) -> None:
        self._inside.append(name)
        if name == "numFmt":
            self._custom[integer(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif "cellXfs" in self._inside and name == "xf":
            self._add_style(attributes)
        elif "fonts" in self._inside:
            self._read_font(name, attributes)
        elif "fills" in self._inside:
            self._read_fill(name, attributes)

    def end(self, _name: str) -> None:
        self._inside.pop()

    def _read_font(self, name: str, attributes: Attributes) -> None:
        if name == "font":
            self._fonts.append(Style())
        elif name == "strike" and self._fonts:
            self._fonts[-1] = self._fonts[-1]._replace(is_struck=is_true(attributes.get("val", "1")))
        elif name == "name" and self._fonts and is_symbols(attributes.get("val", "")):
            self._fonts[-1] = self._fonts[-1]._replace(symbols=attributes["val"])
        elif name == "color" and self._fonts:
            ink = _colour(attributes, self._theme)
            self._fonts[-1] = self._fonts[-1]._replace(ink="" if ink == _BLACK else ink)

    def _read_fill(self, name: str, attributes: Attributes) -> None:
        if name == "fill":
            self._fills.append("")
            self._is_blank = False
        elif name == "patternFill":
            self._is_blank = attributes.get("patternType", "none") == "none"
        elif name in ("fgColor", "color") and self._fills and not self._fills[-1] and not self._is_blank:
            self._fills[-1] = _colour(attributes, self._theme)

    def _add_style(self, attributes: Attributes) -> None:
        number = integer(attributes.get("numFmtId"))
        font = _at(self._fonts, attributes.get("fontId")) or Style()
        code = self._custom.get(number) or BUILT_IN.get(number, "General")
        self.styles.append(font._replace(number_format=code, fill=_at(self._fills, attributes.get("fillId")) or ""))


def _at(found: list, index: str | None):
    place = integer(index)
    return found[place] if place < len(found) else None


def _colour(attributes: Attributes, theme: list[str]) -> str:
    if "rgb" in attributes:
        plain = attributes["rgb"][-6:].upper()
    elif "theme" in attributes:
        plain = _at(theme, attributes["theme"]) or ""
    else:
        place = 6 * integer(attributes.get("indexed", "64"))
        plain = _INDEXED[place : place + 6]
    if len(plain) != 6 or set(plain) - set("0123456789ABCDEF"):
        return ""
    shade = _tinted(plain, attributes.get("tint", "0"))
    return "" if shade == _WHITE else shade


def _tinted(plain: str, tint: str) -> str:
    try:
        amount = max(-1.0, min(1.0, float(tint)))
    except ValueError:
        amount = 0.0
    if not amount:
        return plain
    hue, light, saturation = colorsys.rgb_to_hls(*(int(plain[place : place + 2], 16) / 255 for place in (0, 2, 4)))
    light = light * (1 + amount) if amount < 0 else light * (1 - amount) + amount
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, saturation))


def _theme(archive: zipfile.ZipFile) -> list[str]:
    """The colours of the theme, in the order by which styles count them."""
    found: dict[str, str] = {}
    inside: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        inside.append(name)
        if name in ("srgbClr", "sysClr") and len(inside) > 1 and inside[-2] in _THEME_ORDER:
            found.setdefault(inside[-2], (attributes.get("lastClr") or attributes.get("val", "")).upper())

    part = next((name for name in archive.namelist() if name.startswith("xl/theme/theme")), "")
    walk(member(archive, part) or b"<none/>", start=start, end=lambda _name: inside.pop())
    return [found.get(name, "") for name in _THEME_ORDER]
