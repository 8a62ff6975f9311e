"""What the indicators print apart from the bilan."""
