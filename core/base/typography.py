"""French typography of what people typed: spaces before « : ; ! ? % » and inside guillemets, apostrophes, ellipses.

Applied when a report is printed or a page is drawn, never to what is kept: the text stays as its author wrote it.
"""

import re
from html import escape, unescape

NARROW = "\u202f"
NO_BREAK = "\u00a0"
_SPACES = "[ \u00a0\u202f\u2009]"

_RULES = (
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r"(?<!\.)\.\.\.(?!\.)"), "…"),
    (re.compile(rf"«{_SPACES}*(?=\S)"), f"«{NARROW}"),
    (re.compile(rf"(?<=[^\s«]){_SPACES}*»"), f"{NARROW}»"),
    (re.compile(rf"(?<=\d){_SPACES}*%(?!\w)"), f"{NARROW}%"),
    # after a space, any of them; without one, only before a space, a closing sign or the end (addresses stay whole)
    (re.compile(rf"(?<!\s){_SPACES}+(?=[;!?])"), NARROW),
    (re.compile(r"(?<=[\w)’»%])(?=[;!?]+(?:[\s)»]|$))"), NARROW),
    (re.compile(rf"(?<!\s){_SPACES}+(?=:(?:\s|$))"), NO_BREAK),
    (re.compile(r"(?<=[\w)’»%])(?=:(?:\s|$))"), NO_BREAK),
    (re.compile(rf"\b(M\.|MM\.|Mme|Mmes|[nN]°){_SPACES}+(?=\w)"), rf"\1{NO_BREAK}"),
)
_TAGS = re.compile(r"(<[^>]*>)")
_BREAKS = re.compile(r"(?<=«) | (?=[»:;!?])")


def typeset(text: str) -> str:
    """A plain text with the spaces and signs of French printing; setting it twice changes nothing more."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def typeset_html(html: str) -> str:
    """The same for the words of an HTML fragment; its tags and their attributes are left alone."""
    parts = _TAGS.split(html)
    parts[::2] = [escape(typeset(unescape(part)), quote=False) if part.strip() else part for part in parts[::2]]
    return "".join(parts)


def unbroken(text: str) -> str:
    """A sentence of ours for a page: no line begins with « » ? : », its words and those it quotes as they are."""
    return _BREAKS.sub(NO_BREAK, text)
