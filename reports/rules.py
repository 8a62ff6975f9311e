"""What text a chapter may hold, and how complete a chapter is."""

import re

import nh3

ALLOWED_TAGS = {"p", "br", "strong", "b", "em", "i", "ul", "ol", "li", "h3", "h4", "blockquote", "a"}
LONGEST_TEXT = 100_000


def clean_text(html: str) -> str:
    """Rich but simple text: paragraphs, lists, sub-headings, emphasis, links; everything else is dropped."""
    cleaned = nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return cleaned.strip() if plain_text(cleaned) else ""


def plain_text(html: str) -> str:
    """The words of a rich text, without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("&nbsp;", " ").split())
