"""Documents of a committee: members, convocation, sign-in sheet, minutes, the whole file of a meeting."""
