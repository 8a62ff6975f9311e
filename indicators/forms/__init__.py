"""Forms of the indicators, one file per subject."""
