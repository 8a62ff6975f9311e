"""Models of the committees: who sits, when they meet, what was said."""

from clu.models.committees import Committee, Mandate, Member, Order
from clu.models.imports import AttendanceImport, MembersImport
from clu.models.meetings import AgendaItem, Attendance, Meeting, Note, Opinion

__all__ = [
    "AgendaItem",
    "Attendance",
    "AttendanceImport",
    "Committee",
    "Mandate",
    "Meeting",
    "Member",
    "MembersImport",
    "Note",
    "Opinion",
    "Order",
]
