"""Celery tasks of the organisation. Thin: they call one verb."""

from celery import shared_task

from organisations.services import seal_heads


@shared_task
def mail_seal_heads() -> None:
    """Each month: the head of the chain of seals, to those who can hold the installation to it."""
    seal_heads.mail()
