"""Files sent by people: received, read in a job, previewed, recorded in one transaction, undone as a whole."""
