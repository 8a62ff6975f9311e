"""In which encoding a text was written: told by its mark or its bytes, else by which one gives French words."""

import codecs
import re
from collections import Counter

from core.sheets.reading.errors import SpreadsheetError
from core.sheets.reading.model import Remark

ENCODINGS = {
    "utf-8": "UTF-8",
    "cp1252": "Windows-1252",
    "iso-8859-1": "Latin-1",
    "mac-roman": "Mac OS",
    "cp850": "DOS (cp850)",
    "utf-16": "UTF-16",
}

_SINGLE_BYTE = ("cp1252", "iso-8859-1", "mac-roman", "cp850")  # the first wins where two give the same
# Letters that French words hold, and signs that stand between words.
_COMMON = "éèàêç"
_LETTERS = "éèàêçùôîâûïëœæüÿ"
_SIGNS = "\xa0’‘“”«»–—…•€°²³½µ§©®"
_SEVERAL = re.compile(rb"\xc2[\xa0-\xbf]|[\xc3-\xf4][\x80-\xbf]+")
_DAMAGED = re.compile("Ã[©¨ª«§´®¢¹»‰€]|â€™")  # UTF-8 once read as Windows-1252, and written again
_TOLD_LINES = 3


def decoded(data: bytes, encoding: str = "") -> tuple[str, str, list[Remark]]:
    """The text without its mark, the key of its encoding, and what is doubtful. Raises SpreadsheetError."""
    if encoding and encoding not in ENCODINGS:
        raise SpreadsheetError(f"l’encodage « {encoding} » n’est pas de ceux qui sont lus.")
    found, remarks = (encoding, []) if encoding else _encoding_of(data)
    if found == "utf-8":
        text, lines = _utf8(data)
        remarks += _doubts(lines)
    else:
        text = data.decode(_utf16_of(data) or "utf-16-le" if found == "utf-16" else found, "replace")
        lost = text.count("\ufffd")
        remarks += [Remark(f"Signes illisibles en {ENCODINGS[found]} : {lost}. Vérifiez les accents.")] if lost else []
    if _DAMAGED.search(text):
        remarks.append(Remark("Des accents étaient déjà abîmés dans le fichier (« Ã© ») : exportez-le à nouveau."))
    return text.removeprefix("\ufeff").rstrip("\x1a\x00"), found, remarks


def _encoding_of(data: bytes) -> tuple[str, list[Remark]]:
    if _utf16_of(data):
        return "utf-16", []
    first = re.search(rb"[\x80-\xff]", data)
    start = max(first.start() - 1_000, 0) if first else 0
    sample = data[start : start + 200_000]
    # A letter of several bytes does not come about by chance: a few bad bytes do not take it back.
    if 4 * len(_SEVERAL.findall(sample)) >= _utf8(sample)[1].total():
        return "utf-8", []
    scores = {name: _french(sample.decode(name, "replace")) for name in _SINGLE_BYTE}
    best = max(scores, key=scores.__getitem__)
    doubt = Remark(f"L’encodage du fichier n’est pas certain : il est lu en {ENCODINGS[best]}. Vérifiez les accents.")
    return best, [doubt] if scores[best] < 0 else []


def _utf16_of(data: bytes) -> str | None:
    """UTF-16 is told by its mark, or by Latin letters with a zero byte before or after each."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    head = data[:2000]
    if head[1::2].count(0) * 4 > len(head):
        return "utf-16-le"
    return "utf-16-be" if head[0::2].count(0) * 4 > len(head) else None


def _utf8(data: bytes) -> tuple[str, Counter[int]]:
    """The text, its bad bytes read as Windows-1252, and how many there are on each line."""
    lines: Counter[int] = Counter()
    seen = [0, 1]  # the place up to which lines were counted, and the line there

    def mend(problem: UnicodeError) -> tuple[str, int]:
        if not isinstance(problem, UnicodeDecodeError):
            raise problem
        seen[:] = problem.start, seen[1] + _line_ends(data[seen[0] : problem.start])
        lines[seen[1]] += problem.end - problem.start
        return data[problem.start : problem.end].decode("cp1252", "replace"), problem.end

    codecs.register_error("read-as-windows", mend)
    return data.decode("utf-8", "read-as-windows"), lines


def _line_ends(data: bytes) -> int:
    return data.count(b"\n") or data.count(b"\r")


def _doubts(lines: Counter[int]) -> list[Remark]:
    if not lines:
        return []
    total = lines.total()
    bytes_ = "1 octet douteux" if total == 1 else f"{total} octets douteux"
    places = [str(line) for line in sorted(lines)]
    where = f"à la ligne {places[0]}" if len(places) == 1 else f"aux lignes {', '.join(places[:_TOLD_LINES])}"
    more = "…" if len(places) > _TOLD_LINES else ""
    read = "lu" if total == 1 else "lus"
    return [Remark(f"Le fichier est lu en UTF-8, {bytes_} {where}{more}, {read} en Windows-1252. Vérifiez ces mots.")]


def _french(text: str) -> int:
    """How much a text looks French: accents inside words and signs between them, against signs of other languages."""
    return sum(
        _fit(sign, word[place - 1 : place], word[place + 1 : place + 2])
        for word in re.findall(r"(?<!\S)\S*[^\x00-\x7f]\S*", text)
        for place, sign in enumerate(word)
        if sign > "\x7f"
    )


def _fit(sign: str, before: str, after: str) -> int:
    """Does a sign stand where French puts it? A capital inside a small word, a quote between two letters do not."""
    if sign.lower() in _LETTERS:
        return _fit_of_letter(sign, before, after)
    between_letters = before.isalpha() and after.isalpha()
    return 2 if sign in _SIGNS and (sign == "’" or not between_letters) else -3


def _fit_of_letter(sign: str, before: str, after: str) -> int:
    if not sign.islower() and (before.islower() or (after.islower() and before.isalpha())):
        return -3
    return 3 if sign.lower() in _COMMON and not (sign == "à" and before.isalpha()) else 2
