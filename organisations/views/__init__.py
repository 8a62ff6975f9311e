"""Pages of organisations; `locked_out` is named in the settings."""

from organisations.views.account import locked_out

__all__ = ["locked_out"]
