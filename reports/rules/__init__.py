"""Pure rules of the reports: what a text may hold, how French is set."""
