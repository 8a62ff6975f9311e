"""The texts of an XLSX that calamine does not tell: notes, and words struck out inside a text (18.4 and 18.7)."""

import posixpath
import zipfile
from dataclasses import dataclass, field

from core.sheets.reading.addresses import position_of
from core.sheets.reading.archives import member
from core.sheets.reading.cells import Place
from core.sheets.reading.paragraphs import struck_of
from core.sheets.reading.xlsx_details import places_of_strings
from core.sheets.reading.xml_events import Attributes, is_true, walk

Struck = dict[str, bool | str]  # as marks say it


def relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Identifier → kind and path of what a part leads to inside the archive."""
    found: dict[str, tuple[str, str]] = {}
    folder, name = posixpath.split(part)

    def start(element: str, attributes: Attributes) -> None:
        if element == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], target)

    walk(member(archive, f"{folder}/_rels/{name}.rels") or b"<none/>", start=start)
    return found


def notes(archive: zipfile.ZipFile, part: str) -> dict[Place, str]:
    """The notes of a sheet; the threads of newer files stand before the notes that repeat them."""
    targets = sorted((kind, path) for kind, path in relations(archive, part).values())
    found: dict[Place, str] = {}
    threads: dict[Place, str] = {}
    for kind, path in targets:
        if kind == "comments":
            _add_notes(found, member(archive, path), "comment")
        elif kind == "threadedComment":
            _add_notes(threads, member(archive, path), "threadedComment")
    return found | threads


def struck_strings(archive: zipfile.ZipFile) -> dict[int, Struck]:
    """The shared strings that are struck out, in whole or in part, by index."""
    data = member(archive, "xl/sharedStrings.xml") or b""
    texts = enumerate(_texts(data, "si")) if b"strike" in data else ()
    return {index: struck for index, text in texts if (struck := struck_of(text.runs))}


def struck_cells(data: bytes, shared: dict[int, Struck]) -> dict[Place, Struck]:
    """The cells of a sheet whose text is struck out by words and not by their style."""
    found = {place: shared[index] for place, index in places_of_strings(data, list(shared))} if shared else {}
    texts = _texts(data, "c") if b"strike" in data else []
    return found | {
        place: struck for text in texts if (struck := struck_of(text.runs)) and (place := _place(text.reference))
    }


@dataclass
class _Text:
    """A text with its runs: what each says, and whether it is struck out."""

    reference: str
    runs: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def whole(self) -> str:
        return "".join(text for text, _is_struck in self.runs)


def _texts(data: bytes, container: str) -> list[_Text]:
    """Each text of a part, whose elements are named `container`."""
    found: list[_Text] = []
    state = {"struck": False, "reads": False, "mute": 0}

    def start(name: str, attributes: Attributes) -> None:
        if name == container:
            found.append(_Text(attributes.get("ref") or attributes.get("r", "")))
        elif name == "r":
            state["struck"] = False
        elif name == "strike":
            state["struck"] = is_true(attributes.get("val", "1"))
        elif name == "rPh":  # how a Japanese text is pronounced
            state["mute"] += 1
        elif name == "t" or (name == "text" and container == "threadedComment"):
            state["reads"] = bool(found) and not state["mute"]

    def end(name: str) -> None:
        state["reads"] = False
        state["struck"] = state["struck"] and name not in ("r", container)
        state["mute"] -= name == "rPh"

    def text(words: str) -> None:
        if state["reads"]:
            found[-1].runs.append((words, bool(state["struck"])))

    walk(data, start=start, end=end, text=text)
    return found


def _add_notes(found: dict[Place, str], data: bytes | None, container: str) -> None:
    for text in _texts(data or b"<none/>", container):
        place, words = _place(text.reference), text.whole.strip()
        if words and place:
            found[place] = f"{found[place]}\n{words}" if place in found else words


def _place(address: str) -> Place | None:
    try:
        return position_of(address)
    except ValueError:
        return None
