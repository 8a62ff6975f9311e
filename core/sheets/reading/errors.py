"""The one exception of this package: a French sentence a person can act on."""


class SpreadsheetError(Exception):
    """A file that cannot be read: what is wrong, where, and what to do about it.

    `message` is a whole French sentence; `sheet` and `cell` (such as `F12`) say where, when it is known.
    """

    def __init__(self, message: str, sheet: str | None = None, cell: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.sheet = sheet
        self.cell = cell
