"""What Word and the web put in a paste, brought to headings, paragraphs, lists, tables and links."""

import re
from html import escape
from typing import Any

from lxml import etree
from lxml import html as parser

HEADINGS = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}
DROPPED = ("script", "style", "head", "title", "meta", "link", "xml", "object", "iframe", "template", "noscript")
_ITEM = re.compile(r"mso-list:\s*l\d+\s+level(\d+)", re.IGNORECASE)
_ITEM_CLASS = re.compile(r"\bMsoListParagraph", re.IGNORECASE)
_TITLE_CLASS = re.compile(r"\bMso(?:Title|Subtitle)\b", re.IGNORECASE)
_ORDERED = re.compile(r"^\(?(?:\d+|[a-zA-Z]|[ivxIVX]+)[.)]$")
_MARKER = re.compile(r"^\s*([·•§o▪–-]|\(?(?:\d+|[a-zA-Z])[.)])\s+")


def brought(html: str) -> str:
    """The same words in our forms; what is not a form of ours is left to the cleaning."""
    text = re.sub(r"<!--\[if[^\]]*\]>|<!\[(?:if|endif)[^\]]*\]>|<!\[endif\]-->", "", html)
    try:
        root: Any = parser.fragment_fromstring(text, create_parent="div")
    except etree.ParserError:
        return ""
    for comment in root.xpath(".//comment()"):
        comment.drop_tree()
    etree.strip_elements(root, *DROPPED, with_tail=False)
    for tag, ours in HEADINGS.items():
        for node in root.iter(tag):
            node.tag = ours
    for node in root.xpath(".//p"):
        if _TITLE_CLASS.search(node.get("class", "")):
            node.tag = "h3"
    _gather_items(root)
    for table in root.iter("table"):
        _give_heads(table)
    return _inner(root)


def _gather_items(root: Any) -> None:
    """Word writes its items as paragraphs: each run of them becomes a list."""
    current = None
    for node in list(root.iter("p")):
        if not _is_item(node):
            continue
        is_ordered = _take_marker(node)
        before = node.getprevious()
        tag = "ol" if is_ordered else "ul"
        if current is None or before is not current or current.tag != tag or (current.tail or "").strip():
            current = etree.Element(tag)
            node.addprevious(current)
        following, node.tail = node.tail, None
        node.tag = "li"
        current.append(node)
        current.tail = following


def _is_item(node: Any) -> bool:
    return bool(_ITEM.search(node.get("style", "")) or _ITEM_CLASS.search(node.get("class", "")))


def _take_marker(node: Any) -> bool:
    """Take away the sign that Word wrote before an item; whether it was a number."""
    for span in node.iter("span"):
        if "mso-list" in span.get("style", "") and "ignore" in span.get("style", "").lower():
            words = " ".join(span.text_content().split())
            span.drop_tree()
            return bool(_ORDERED.match(words))
    found = _MARKER.match(node.text or "")
    if found:
        node.text = node.text[found.end() :]
    return bool(found and _ORDERED.match(found[1]))


def _give_heads(table: Any) -> None:
    """A table without heads: those of its first row are; every head says what it is the head of."""
    rows = list(table.iter("tr"))
    if rows and not table.xpath(".//th"):
        for cell in rows[0].xpath("./td"):
            cell.tag = "th"
    for head in table.iter("th"):
        if head.get("scope") not in {"col", "row"}:
            row = head.getparent()
            head.set("scope", "col" if row is rows[0] or row.getparent().tag == "thead" else "row")
    _give_top(table, rows)


def _give_top(table: Any, rows: list[Any]) -> None:
    """Its first row, when all heads, is repeated at the top of each page."""
    if table.find("thead") is not None or not rows or rows[0].xpath("./td") or len(rows) == 1:
        return
    top = etree.Element("thead")
    body = rows[0].getparent()
    (table if body.tag == "tbody" else body).insert(0 if body is not table else list(body).index(rows[0]), top)
    top.append(rows[0])


def _inner(root: Any) -> str:
    parts = [escape(root.text or "", quote=False)]
    parts += [parser.tostring(child, encoding="unicode") for child in root]
    return "".join(parts)
