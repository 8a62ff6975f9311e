"""Writes of the annual reports."""
