"""Filters of the lists of surveys."""
