"""The database that real servers share with the test."""

from tests.core.conftest import shared_database

__all__ = ["shared_database"]
