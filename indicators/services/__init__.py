"""Writes of the indicators: values, readings, campaigns, dashboards, catalogue, imports."""
