"""Verbs of labels, audits, compliance, documents, evidence and binders."""
