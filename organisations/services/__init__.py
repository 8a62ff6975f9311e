"""Verbs of organisations, one module per subject: accounts, memberships, units, closed_days, passwords."""
