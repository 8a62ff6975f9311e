"""Files of audits and registers of documents: what each reads, and what recording it does."""
