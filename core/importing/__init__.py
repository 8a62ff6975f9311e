"""Files sent by people: read, shown as read, questioned, recorded in one transaction, undone as a whole."""
