"""Pure rules of the indicators: no database, no clock."""
