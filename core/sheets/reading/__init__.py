"""Reads spreadsheets from outside, as hostile files: `from core.sheets.reading.bounded import read`.

This file stays empty of imports: the bounded reading process goes through it and must start fast.
"""
