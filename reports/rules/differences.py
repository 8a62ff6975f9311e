"""What differs between two editions: chapters that came, left, moved or changed; in these, each figure and sentence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Protocol

BLOCKS = {"p", "li", "h2", "h3", "h4", "dt", "dd", "div", "section", "blockquote", "figcaption"}


class Printed(Protocol):
    """A chapter as an edition printed it."""

    chapter_id: int | None
    position: int
    title: str
    body: str


@dataclass(frozen=True)
class Change:
    """A figure or a sentence, before and after; what it is of, for a figure. Empty where there was none."""

    before: str
    after: str
    what: str = ""


@dataclass(frozen=True)
class ChapterDifference:
    """What happened to a chapter: « ajouté », « retiré », « déplacé », its former title, or what changed in it."""

    title: str
    words: str
    changes: Sequence[Change] = ()


def between(before: Sequence[Printed], after: Sequence[Printed]) -> list[ChapterDifference]:
    """The differences in the order of the later edition, then what left."""
    former, latter = _compared(before), _compared(after)
    places = {key: place for place, key in enumerate(key for key in former if key in latter)}
    order = {key: place for place, key in enumerate(key for key in latter if key in former)}
    found = [
        ChapterDifference(one.title, "ajouté")
        if key not in former
        else _changed(former[key], one, is_moved=places[key] != order[key])
        for key, one in latter.items()
    ]
    left = [ChapterDifference(one.title, "retiré") for key, one in former.items() if key not in latter]
    return [one for one in [*found, *left] if one]


def _compared(chapters: Sequence[Printed]) -> dict[int | None, Printed]:
    """The chapters that say something; what an edition told of its own corrections is left out."""
    return {one.chapter_id: one for one in chapters if one.body and (one.chapter_id or not one.position)}


def _changed(before: Printed, after: Printed, *, is_moved: bool) -> ChapterDifference | None:
    words = []
    if before.title != after.title:
        words.append(f"s’intitulait « {before.title} »")
    if is_moved:
        words.append("déplacé")
    changes = [] if before.body == after.body else list(_changes(_read(before.body), _read(after.body)))
    return ChapterDifference(after.title, ", ".join(words), changes) if words or changes else None


@dataclass(frozen=True)
class _Read:
    figures: Mapping[str, str]
    sentences: Sequence[str]


def _changes(before: _Read, after: _Read) -> Iterator[Change]:
    """Figures by what they are of, then sentences in their order."""
    for what in [*after.figures, *(key for key in before.figures if key not in after.figures)]:
        was, now = before.figures.get(what, ""), after.figures.get(what, "")
        if was != now:
            yield Change(was, now, what)
    for tag, start, end, first, last in SequenceMatcher(None, before.sentences, after.sentences).get_opcodes():
        if tag != "equal":
            yield Change(" ".join(before.sentences[start:end]), " ".join(after.sentences[first:last]))


def _read(body: str) -> _Read:
    from lxml import html

    root: Any = html.fragment_fromstring(body, create_parent="div")
    figures: dict[str, str] = {}
    for table in root.findall(".//table"):
        for what, value in _cells(table):
            figures[_free(figures, what)] = value
        table.drop_tree()
    for chart in root.findall(".//svg"):
        title = _words(chart.find(".//title")) or "Graphique"
        figures[_free(figures, f"Graphique « {title} »")] = _words(chart)
        chart.drop_tree()
    for item in root.findall(".//li"):
        strong = item.find("strong")
        if strong is not None and item.getparent().get("class") == "key-figures":
            value = _words(strong)
            strong.drop_tree()
            figures[_free(figures, _words(item.find("span")))] = f"{value} {_words(item.find('small'))}".strip()
            item.drop_tree()
    return _Read(figures, _sentences(root))


def _sentences(root: Any) -> list[str]:
    """The words of each block, those typed without any paragraph included."""
    told: dict[Any, list[str]] = {}
    for text in root.xpath(".//text()"):
        within = text.getparent().getparent() if text.is_tail else text.getparent()
        block = next(one for one in (within, *within.iterancestors()) if one.tag in BLOCKS)
        told.setdefault(block, []).append(text)
    return [words for texts in told.values() if (words := " ".join("".join(texts).split()))]


def _cells(table: Any) -> Iterator[tuple[str, str]]:
    """(« Légende – ligne – colonne », value) of each cell."""
    caption = _words(table.find("caption"))
    heads = [_words(cell) for cell in table.xpath("(.//thead//tr)[last()]/*")]
    for row in table.xpath(".//tbody/tr"):
        first, *cells = row.xpath("./th|./td") or [None]
        for place, cell in enumerate(cells, start=1):
            head = heads[place] if place < len(heads) else ""
            yield " – ".join(filter(None, (caption, _words(first), head))), _words(cell)


def _free(taken: Mapping[str, str], name: str) -> str:
    """The name, numbered where it is taken."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free


def _words(element: Any) -> str:
    return "" if element is None else " ".join(element.text_content().split())
