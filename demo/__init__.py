"""The demonstration préfecture: units, people, the real grid of Aix 2020, plausible years up to today, reports."""
