"""Files given back by the indicators."""
