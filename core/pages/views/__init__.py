"""Views of core, one file per subject."""
