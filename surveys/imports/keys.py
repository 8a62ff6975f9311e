"""What makes a line of a file one form: its number, else its whole content; so that sending it again adds nothing."""

import json
from collections.abc import Sequence
from uuid import NAMESPACE_URL, UUID, uuid5

from core.imports.words import plain
from surveys.imports.table import Heading, Line

NAMESPACE = uuid5(NAMESPACE_URL, "urn:qualepref:surveys:import")


def key_of(campaign_id: int, number: str, headings: Sequence[Heading], line: Line) -> UUID:
    """The key of a form: the same for the same campaign and number, or for the same content without a number."""
    if number:
        return uuid5(NAMESPACE, f"{campaign_id}|n|{number}")
    pairs = zip(headings, line.cells, strict=True)
    content = sorted([plain(heading.text) or str(heading.column), text] for heading, text in pairs if text)
    return uuid5(NAMESPACE, f"{campaign_id}|c|{json.dumps(content, ensure_ascii=False)}")
