"""What is printed to collect forms: the poster of a QR code, the A4 paper form."""
