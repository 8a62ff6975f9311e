"""Forms of the committees; the services decide."""
