"""Verbs of the committees."""
