"""Tags of the committees."""
