"""What leaves for auditors: the binder that opens without network."""
