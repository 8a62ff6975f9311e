"""Imports of the organisation: the closed days of a site, its units and people."""
