"""The ticks that people draw with a font of symbols: « ü » in Wingdings is seen as ✓."""

_WINGDINGS = {
    "ü": "✓",
    "û": "✗",
    "þ": "☑",
    "ý": "☒",
    "¨": "☐",
    "o": "☐",
    "l": "●",
    "n": "■",
    "J": "☺",
    "K": "😐",
    "L": "☹",
}
_FONTS = {
    "wingdings": str.maketrans(_WINGDINGS),
    "wingdings 2": str.maketrans({"P": "✓", "O": "✗", "R": "☑", "Q": "☒", "£": "☐", "T": "☒", "S": "☒"}),
    "webdings": str.maketrans({"a": "✓", "r": "✗", "c": "☐", "g": "■"}),
}
# Word writes the signs of such a font at the private place 0xF000 and on, with or without naming the font.
_PRIVATE = {0xF000 + ord(sign): seen for sign, seen in _WINGDINGS.items()}


def is_symbols(font: str) -> bool:
    """Does the font draw signs in place of letters?"""
    return font.lower() in _FONTS


def seen(text: str, *, font: str = "") -> str:
    """The text as it is seen, in a font of symbols or with its private signs."""
    return text.translate(_FONTS.get(font.lower(), _PRIVATE))
