"""Evidence of a column's cells: days, numbers, names, addresses, a few words again and again, sentences."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.importing.tables.wanted import Content
from core.sheets.reading.tagged import DATE, ERROR, INSTANT, Plain

LOOKED_AT = 200  # filled cells: more would say the same
MOST = 0.8
LONGEST_WORD = 40

_DAY = re.compile(  # « jeudi 17 mars 2022 », « répondu le 17/03/2022 » : one word may come before
    r"(?:[^\W\d]{3,12},? )?(?:le )?"
    r"(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}(?:[ T].*)?|\d{1,2}(?:er)? [^\W\d]{3,9}\.? \d{2,4}(?: .*)?)"
)
# Days where a heading says so, nothing otherwise: « 14/03 », « 14 mars », 20220314.
_MAY_BE_DAY = re.compile(r"\d{1,2}/\d{1,2}|\d{1,2}(?:er)? [^\W\d]{3,9}\.?|20\d\d(?:0[1-9]|1[0-2])[0-3]\d")
_NUMBER = re.compile(r"[<>~≥≤]? ?[-+]?\d[\d\s.,'’]*(?: ?%| ?€)?")
_WHOLE = re.compile(r"\d+(?:\.0)?\.?")  # the number of a line: 3, 3.0 of a spreadsheet, « 3. »
_EMAIL = re.compile(r"(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?:\+33|0033|0)\s?(?:\(0\)\s?)?[1-9](?:[\s.-]?\d{2}){4}")
_IP = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{1,4}", re.IGNORECASE)
_STREET = re.compile(
    r"\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|av\.?|boulevard|bd|place|chemin|impasse|allée|route|quai|cours)\b.*",
    re.IGNORECASE,
)
_CITY = re.compile(r"\d{5} [A-ZÉÈ][\w' -]+")
_TITLE = re.compile(r"(?:M|Mr|MM|Mme|Mlle|Madame|Monsieur|Dr|Me)\.? [A-ZÉÈ][\w'’ -]+")
_GIVEN = r"[A-ZÉÈÎÏÇ][a-zà-ÿ]+(?:-[A-ZÉÈÎÏÇ][a-zà-ÿ]+)?"
_FAMILY = r"(?:(?:DE|DU|LE|LA|EL|BEN) )*[A-ZÀ-Ý][A-ZÀ-Ý'’-]{2,}(?: [A-ZÀ-Ý][A-ZÀ-Ý'’-]+)*"
_NAME = re.compile(rf"{_GIVEN} {_FAMILY}|{_FAMILY},? {_GIVEN}")
MASK = "‹donnée personnelle›"  # what stands for a personal cell in the copy that is kept


@dataclass(frozen=True)
class Contents:
    """How many cells of a column hold what; `filled` of them were looked at."""

    filled: int = 0
    days: int = 0
    may_be_days: int = 0  # where a heading says so
    numbers: int = 0
    whole: int = 0  # of the numbers, those without decimals
    emails: int = 0
    personal: int = 0  # e-mail, telephone, IP, street and town
    names: int = 0
    masked: int = 0
    distinct: int = 0
    letters: int = 0  # in all texts

    @property
    def is_empty(self) -> bool:
        return not self.filled

    @property
    def mean_length(self) -> float:
        """Of the texts, in characters."""
        texts = self.filled - self.days - self.numbers
        return self.letters / texts if texts > 0 else 0.0

    def contradicts(self, wanted: Content) -> bool:
        """Whether the cells cannot be what a role asks for."""
        if self.is_empty:
            return False
        plain_share = (self.days + self.numbers) / self.filled
        return {
            Content.ANY: False,
            Content.DAYS: self.days + self.may_be_days < self.filled / 2,
            Content.NUMBERS: self.numbers < self.filled / 2,
            Content.EMAILS: self.emails < self.filled / 2,
            Content.CODES: self.are_ranks,
            Content.NAMES: plain_share > 1 / 2 or self.mean_length > 2 * LONGEST_WORD,
            Content.WORDS: self.days > self.filled / 2 or self.mean_length > LONGEST_WORD,
            Content.TEXT: plain_share >= MOST or self._are_marks,
        }[wanted]

    def shows(self, wanted: Content) -> bool:
        """Whether the cells alone say that they are of a kind: days, numbers, addresses, names."""
        if wanted == Content.NAMES:
            return self.are_names
        if wanted == Content.DAYS:
            return bool(self.filled) and self.days >= self.filled / 2
        return wanted in (Content.NUMBERS, Content.EMAILS) and not self.contradicts(wanted)

    @property
    def _are_marks(self) -> bool:
        """Yes and no, crosses, letters: nothing that says anything by itself."""
        return self.filled >= 3 and self.distinct <= 3 and self.mean_length <= 3

    @property
    def is_personal(self) -> bool:
        """Whether most cells tell who somebody is or how to reach them."""
        return bool(self.filled) and max(self.personal, self.masked) >= self.filled * MOST

    @property
    def are_names(self) -> bool:
        return self.filled >= 2 and self.names >= self.filled * MOST

    @property
    def are_ranks(self) -> bool:
        """Whether they may be the numbers of the lines: as many numbers as cells, but for a total."""
        return self.filled == self.distinct and self.whole >= max(1, self.filled - 1)


def contents_of(values: Iterable[Plain]) -> Contents:
    """What the filled raw values of a column are, the first ones looked at."""
    kinds: dict[str, int] = {}
    distinct: set[Plain] = set()
    filled = letters = whole = may_be_days = 0
    for value in values:
        filled += 1
        kind = _kind(value)
        whole += kind == "number" and bool(_WHOLE.fullmatch(str(value).strip()))
        may_be_days += kind in ("number", "text") and bool(_MAY_BE_DAY.fullmatch(str(value).strip()))
        kinds[kind] = kinds.get(kind, 0) + 1
        distinct.add(value)
        if isinstance(value, str) and kind not in ("day", "number"):
            letters += len(value.strip())
        if filled == LOOKED_AT:
            break
    return Contents(
        filled=filled,
        days=kinds.get("day", 0),
        may_be_days=may_be_days,
        numbers=kinds.get("number", 0),
        whole=whole,
        emails=kinds.get("email", 0),
        personal=kinds.get("email", 0) + kinds.get("personal", 0),
        names=kinds.get("name", 0),
        masked=kinds.get("masked", 0),
        distinct=len(distinct),
        letters=letters,
    )


def _kind(value: Plain) -> str:
    if not isinstance(value, str):
        return "text" if isinstance(value, bool) else "number"
    if value.startswith((DATE, INSTANT)):
        return "day"
    text = value.strip()
    if text.startswith(ERROR) or len(text) > LOOKED_AT:
        return "text"
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(text)), "masked" if text == MASK else "text")


_KINDS = (
    ("email", _EMAIL),
    ("personal", _PHONE),
    ("personal", _IP),
    ("day", _DAY),
    ("number", _NUMBER),
    ("personal", _STREET),
    ("personal", _CITY),
    ("name", _TITLE),
    ("name", _NAME),
)
