"""Posters and decks of a campaign: one content, printed or projected, and told out of date when it changes."""

from surveys.results.content import SurveyContent, content_of

__all__ = ["SurveyContent", "content_of"]
