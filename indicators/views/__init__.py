"""Pages of the indicators, one file per subject."""
