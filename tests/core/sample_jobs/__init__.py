"""Kinds of jobs that behave well or badly on purpose, for tests and for the worker processes tests start."""
