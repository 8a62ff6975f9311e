"""Tables of the committees."""
