"""From a report to its PDF."""
