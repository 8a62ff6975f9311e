"""Agents and their posts, what is required of them, courses and sessions, tutoring."""

from training.models.people import Agent, PastTraining, Post
from training.models.requirements import Requirement, TrainingTheme
from training.models.sessions import Course, Enrolment, Session, SessionTheme
from training.models.tutoring import AgreementTemplate, TrainingImport, TutoringAgreement

__all__ = [
    "Agent",
    "AgreementTemplate",
    "Course",
    "Enrolment",
    "PastTraining",
    "Post",
    "Requirement",
    "Session",
    "SessionTheme",
    "TrainingImport",
    "TrainingTheme",
    "TutoringAgreement",
]
