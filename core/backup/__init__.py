"""One archive of the whole installation: database, files, and a manifest of their rows and digests.

The rows are written as PostgreSQL copies them, whichever database they come from: an archive of one restores on
the other.
"""
