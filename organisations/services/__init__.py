"""Verbs of organisations: accounts, roles, units, closed days."""

from organisations.services.passwords import request_password_link, send_invitation, send_password_link

__all__ = ["request_password_link", "send_invitation", "send_password_link"]
