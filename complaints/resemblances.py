"""Other cases of the same person: near-duplicates are shown, whatever the channel."""

from django.db.models import Q

from complaints.models import Complaint

MOST = 6


def others_of(case: Complaint, user) -> list[Complaint]:
    """The latest other cases whose person has the same address, or the same name."""
    identity = case.identity
    if identity is None or identity.is_erased:
        return []
    same = Q(identity=identity)
    if identity.email_digest:
        same |= Q(identity__email_digest=identity.email_digest)
    if identity.name_digest:
        same |= Q(identity__name_digest=identity.name_digest)
    return list(
        Complaint.objects.visible_to(user).filter(same).exclude(pk=case.pk).order_by("-received_on", "-pk")[:MOST]
    )
