"""Filters of the indicator lists."""
