"""Errors a person can cause. Services raise them; pages and commands print their French sentence."""


class UserError(Exception):
    """A refusal in one French sentence, tied to a field of the form when there is one."""

    def __init__(self, message: str, *, field: str | None = None):
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return self.message


class Conflict(UserError):
    """Someone else saved first: both versions are carried so that the person can choose and nothing is lost."""

    def __init__(
        self,
        message: str = "Cette fiche a été modifiée entre-temps.",
        *,
        current=None,
        submitted=None,
        field: str | None = None,
    ):
        super().__init__(message, field=field)
        self.current = current
        self.submitted = submitted
