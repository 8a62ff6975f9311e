"""What text a chapter may hold, and how it reads without its tags."""

import re
from html import unescape

import nh3

ALLOWED_TAGS = {"p", "br", "strong", "b", "em", "i", "ul", "ol", "li", "h3", "h4", "blockquote", "a"}
LONGEST_TEXT = 100_000

_TAG = re.compile(r"<[^>]+>")
_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ALTERNATIVE = re.compile(r"""\balt\s*=\s*(["'])\s*[^"'\s]""", re.IGNORECASE)
_END_OF_LINE = re.compile(r"<br>|</(?:p|li|h3|h4|blockquote)>")


def clean_text(html: str) -> str:
    """Rich but simple text: paragraphs, lists, sub-headings, emphasis, links; everything else is dropped."""
    cleaned = nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return _without_gap(cleaned.strip()) if plain_text(cleaned) else ""


def plain_text(html: str) -> str:
    """The words of a rich text, without tags."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def images_without_words(html: str) -> int:
    """How many pictures have no text that stands for them."""
    return sum(not _ALTERNATIVE.search(tag) for tag in _IMAGE.findall(html))


def subheadings_of(html: str) -> list[str]:
    """The words of the sub-headings of a printed chapter."""
    return [plain_text(found) for found in re.findall(r"<h3[^>]*>(.*?)</h3>", html, re.DOTALL)]


def lines_of(html: str) -> list[str]:
    """The paragraphs, items and headings of a rich text, each as a line of words; a list item keeps its dash."""
    marked = html.replace("<li>", "<li>– ")
    return [line for line in (plain_text(part) for part in _END_OF_LINE.split(marked)) if line]


def _without_gap(html: str) -> str:
    """Headings of level 4 that come before any of level 3 rise by one: a level is never skipped."""
    start, heading, rest = html.partition("<h3>")
    return re.sub(r"<(/?)h4>", r"<\1h3>", start) + heading + rest
