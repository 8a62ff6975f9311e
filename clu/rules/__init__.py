"""Pure rules of the committees."""
