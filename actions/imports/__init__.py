"""Action plans read from workbooks, documents and pasted texts."""
