"""Forms of labels, audits, compliance, documents and imports: they check what was typed; the services decide."""
