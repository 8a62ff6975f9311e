"""Posters and decks of a campaign: one content, printed or projected, and told out of date when it changes."""

from surveys.results.content import Content, content_of

__all__ = ["Content", "content_of"]
