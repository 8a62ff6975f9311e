"""Cases and their messages, the tally of what is said aloud, the files read, and what a site decides."""

from complaints.models.cases import CaseFinding, Complaint, Suspension
from complaints.models.intake import ComplaintImport, Mailbox, MailReceived, Tally, TallyImport
from complaints.models.messages import CaseFile, CaseMessage
from complaints.models.steering import DelayRule, ReplyTemplate, RetentionTerm

__all__ = [
    "CaseFile",
    "CaseFinding",
    "CaseMessage",
    "Complaint",
    "ComplaintImport",
    "DelayRule",
    "MailReceived",
    "Mailbox",
    "ReplyTemplate",
    "RetentionTerm",
    "Suspension",
    "Tally",
    "TallyImport",
]
