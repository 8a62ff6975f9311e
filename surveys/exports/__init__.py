"""Files that come out of a campaign."""
