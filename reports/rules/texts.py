"""What text a chapter may hold, and how it reads without its tags."""

import re
from html import unescape

import nh3

from reports.rules import images

TABLE_TAGS = {"table", "caption", "thead", "tbody", "tr", "th", "td"}
ALLOWED_TAGS = {
    "p",
    "br",
    "strong",
    "b",
    "em",
    "i",
    "ul",
    "ol",
    "li",
    "h3",
    "h4",
    "blockquote",
    "a",
    "img",
} | TABLE_TAGS
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
NOTE_TAGS = {"p", "br", "strong", "b", "em", "i", "ul", "ol", "li", "a"}
LONGEST_TEXT = 100_000
LONGEST_NOTE = 4_000
MOST_SPANNED = 50

_TO_BRING = re.compile(r"<(?:h[1256]|table|!--|style|xml|o:p)\b|<!|mso-|class=[\"']?Mso", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
_END_OF_LINE = re.compile(r"<br>|</(?:p|li|h3|h4|blockquote|caption|tr)>")
_BLANK = re.compile(r"<p>(?:\s|&nbsp;|<br>)*</p>")
_NO_SOURCE = re.compile(r"""<img(?!(?: \w+="[^"]*")*? src=")[^>]*>""")  # as nh3 writes it


def clean_text(html: str) -> str:
    """Rich but simple text: paragraphs, lists, tables, sub-headings, emphasis, links, images of ours; everything else
    is dropped, and no address of an image but ours is left."""
    cleaned = nh3.clean(
        _in_our_forms(html),
        tags=ALLOWED_TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_kept,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    cleaned = _BLANK.sub("", _NO_SOURCE.sub("", cleaned)).strip()
    return _without_gap(cleaned) if plain_text(cleaned) or "<img" in cleaned else ""


def _in_our_forms(html: str) -> str:
    """A text as it is, or what a paste of Word holds brought to our forms."""
    if not _TO_BRING.search(html):
        return html
    from reports.rules import pasted  # with its HTML parser

    return pasted.brought(html)


def clean_note(html: str) -> str:
    """What may be said beside a figure: paragraphs, lists, emphasis, links."""
    return nh3.clean(clean_text(html), tags=NOTE_TAGS, attributes={"a": {"href"}}, link_rel="noopener noreferrer")


def _kept(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute, or None to drop it."""
    if name == "src":
        number = images.address_of(value)
        return None if number is None else f"/bilans/images/{number}/"
    if name in {"colspan", "rowspan"}:
        return value if value.isdecimal() and 1 <= int(value) <= MOST_SPANNED else None
    return value


def plain_text(html: str) -> str:
    """The words of a rich text, without tags."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def images_without_words(html: str) -> int:
    """How many pictures have no text that stands for them."""
    return sum(not images.alternative_of(tag) for tag in images.IMAGE.findall(html))


def subheadings_of(html: str) -> list[str]:
    """The words of the sub-headings of a printed chapter."""
    return [plain_text(found) for found in re.findall(r"<h3[^>]*>(.*?)</h3>", html, re.DOTALL)]


def lines_of(html: str) -> list[str]:
    """The paragraphs, items and headings of a rich text, each as a line of words; a list item keeps its dash."""
    marked = html.replace("<li>", "<li>– ").replace("</td>", " ").replace("</th>", " ")
    marked = images.IMAGE.sub(lambda tag: f"[image : {images.alternative_of(tag[0]) or 'sans texte'}]<br>", marked)
    return [line for line in (plain_text(part) for part in _END_OF_LINE.split(marked)) if line]


def _without_gap(html: str) -> str:
    """Headings of level 4 that come before any of level 3 rise by one: a level is never skipped."""
    start, heading, rest = html.partition("<h3>")
    return re.sub(r"<(/?)h4>", r"<\1h3>", start) + heading + rest
