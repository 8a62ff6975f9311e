"""Mails about one's account: password link, invitation."""

from django.core.mail import send_mail
from django.template.loader import render_to_string

from organisations import links
from organisations.models import User


def notify_password_link(user: User) -> None:
    _send("Choisir un nouveau mot de passe", "password_link", user, link=links.password_link(user))


def notify_invitation(user: User, *, by: User | None) -> None:
    _send(
        "Votre compte pour la démarche qualité",
        "invitation",
        user,
        link=links.invitation_link(user),
        by=by,
        days=links.INVITATION_DAYS,
    )


def _send(subject: str, template: str, user: User, **context) -> None:
    body = render_to_string(f"organisations/mails/{template}.txt", {"user": user, **context})
    send_mail(subject, body, None, [user.email])
