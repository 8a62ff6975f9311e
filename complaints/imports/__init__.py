"""Imports of complaints: tracking tables as services keep them, and the tally of what is said aloud."""
