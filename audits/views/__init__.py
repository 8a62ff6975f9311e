"""Pages of labels, audits, compliance, documents, binders and imports."""
