"""Rows of the pages of the indicators, ready to print: what a template shows and nothing it must compute."""
