"""What comes from files: the members of an arrêté, the attendance of a meeting."""
