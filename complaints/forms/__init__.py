"""Forms of complaints. They check what was typed; the services decide."""
