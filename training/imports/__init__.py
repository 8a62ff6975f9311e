"""Imports of training: agents (a theme a line, or a theme a column), sessions, agreements, known by their headings."""
