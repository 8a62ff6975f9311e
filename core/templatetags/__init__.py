"""Template filters and tags of core."""
