"""Pure rules of complaints: delays and their explanation, rates, words that call for care. No database, no clock."""
