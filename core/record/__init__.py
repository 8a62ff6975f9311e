"""Record: history and changesets, append-only triggers, seals, and what else the core writes in rows."""
