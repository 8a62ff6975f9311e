"""The public name of fuzzy dates, for scripts of an installation; the code is in `core.time.fuzzy_dates`."""

from core.time.fuzzy_dates import FuzzyDate, Kind, parse, resolve, words

__all__ = ["FuzzyDate", "Kind", "parse", "resolve", "words"]
