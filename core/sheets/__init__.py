"""Sheets: workbooks and delimited files, read in a bounded process and written as they were shown."""
