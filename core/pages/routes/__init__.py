"""URL lists of the core, one per subject."""
