"""Convening a meeting: members in office are invited, each receives the convocation and a link of their own."""

import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from clu import notifications
from clu.models import Attendance, Meeting
from clu.services import attendance
from core.base.errors import UserError
from core.base.words import counted
from core.record.deeds import Deed, brought_up_to_date, locked


@dataclass(frozen=True)
class Convened:
    """How many are invited, and how many of them have an address."""

    invited: int
    written_to: int

    @property
    def words(self) -> str:
        without = self.invited - self.written_to
        told = f"{counted(self.written_to, 'personne convoquée', 'personnes convoquées')} par courriel"
        return f"{told} ; {without} sans adresse : remettez-leur la convocation." if without else f"{told}."


@transaction.atomic
def convene(meeting: Meeting, *, by, reason: str = "") -> Convened:
    """Invite the members in office and write to those who have an address. UserError once the day is over."""
    row = locked(meeting, "committee__site")
    if row.held_on < timezone.localdate():
        raise UserError("Cette réunion est passée : il n’y a plus à la convoquer.")
    if not row.items.exists():
        raise UserError("Écrivez d’abord l’ordre du jour : la convocation le donne.")
    attendance.invite_members(row, by=by, reason=reason)
    invited = list(Attendance.objects.filter(meeting=row))
    if not invited:
        raise UserError("Personne n’est à convoquer : enregistrez les membres de l’instance, ou ajoutez des invités.")
    for one in invited:
        if not one.token:
            one.token = secrets.token_urlsafe(24)
            Deed(by, "Convocation").save(one)
    row.convened_at = timezone.now()
    Deed(by, reason or "Convocation envoyée").save(row)
    brought_up_to_date(meeting, row)
    sent = [notifications.notify_convocation(one, meeting=row) for one in invited]
    return Convened(len(invited), sum(1 for one, _ in zip(invited, sent, strict=True) if one.email))
