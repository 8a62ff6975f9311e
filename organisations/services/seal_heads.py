"""The head of the chain of seals leaves the machine: mailed each month to référents and to auditors on mandate."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from core.base.words import in_words
from core.jobs import notices
from core.models import HistorySeal
from core.record import seals
from organisations.enums import Role
from organisations.models import User

KIND = "seal_head"
ROLES = (Role.QUALITY_REFERENT, Role.AUDITOR)


def mail() -> int:
    """Send the head of the chain to each of them, once a month; how many were told. Nothing before the first seal."""
    last = HistorySeal.objects.order_by("sealed_at").last()
    if last is None:
        return 0
    today = timezone.localdate()
    body = render_to_string(
        "organisations/mails/seal_head.txt",
        {
            "head": seals.head(),
            "number": last.pk,
            "day": last.sealed_at,
            "url": notices.absolute(reverse("core:seals")),
        },
    )
    subject = f"Empreinte de l’historique au {in_words(today)}"
    people = User.objects.holding_today(ROLES, today)
    sent = [notices.send(KIND, to=one, subject=subject, body=body, key=f"{today:%Y-%m}", on=today) for one in people]
    return sum(notice is not None for notice in sent)
