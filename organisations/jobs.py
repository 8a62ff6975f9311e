"""Background work of organisations: mails about accounts."""

from core.jobs import job_kind
from organisations.services import accounts, passwords


@job_kind(passwords.PASSWORD_LINK, label="Lien de mot de passe", is_routine=True)
def send_password_link(job, *, email: str) -> dict:
    return {"sent": passwords.send_password_link(email=email)}


@job_kind(accounts.INVITATION, label="Invitation")
def send_invitation(job, *, user_id: int, by_id: int | None) -> dict:
    return {"sent": passwords.send_invitation(user_id=user_id, by_id=by_id)}
