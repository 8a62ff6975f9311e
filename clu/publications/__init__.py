"""The deck of a meeting: its agenda, each item with the live figures it calls, and what is still blank."""

from clu.publications.deck import Deck, deck_of, file_name

__all__ = ["Deck", "deck_of", "file_name"]
