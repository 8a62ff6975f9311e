"""The grid of a mystery campaign as one file that works without network, and the file it sends back."""

from surveys.kit.page import kit_html
from surveys.kit.reading import read_tests

__all__ = ["kit_html", "read_tests"]
