"""Time: fuzzy dates, working days and public holidays, as pure functions."""
