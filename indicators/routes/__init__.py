"""URL patterns of the indicators, one file per subject; `indicators.urls` puts them together."""
