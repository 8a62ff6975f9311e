"""Words of training: statuses of a day, contracts, states of an enrolment, kinds of a past training."""

from django.db.models import TextChoices


class Status(TextChoices):
    """Where an agent stands for one theme on a day. The first that fits, in this order."""

    EXEMPT = "exempt", "Dispensé"
    UP_TO_DATE = "up_to_date", "À jour"
    OVERDUE = "overdue", "En retard"
    TUTORED = "tutored", "En tutorat"
    LEAVING = "leaving", "Part avant l’échéance"
    TO_TRAIN = "to_train", "À former"


class Contract(TextChoices):
    PERMANENT = "permanent", "Titulaire"
    OPEN_ENDED = "open_ended", "CDI"
    FIXED_TERM = "fixed_term", "CDD"
    CIVIC = "civic", "Service civique"
    TRAINEE = "trainee", "Stagiaire ou apprenti"


class Attendance(TextChoices):
    """The way of an enrolment: inscrit → retenu → présent or absent."""

    REGISTERED = "registered", "Inscrit"
    SELECTED = "selected", "Retenu"
    PRESENT = "present", "Présent"
    ABSENT = "absent", "Absent"
    DECLINED = "declined", "Non retenu"


class PastKind(TextChoices):
    TRAINING = "training", "Formation suivie"
    EXPERIENCE = "experience", "Expérience justifiée"


AWAITED = (Attendance.REGISTERED, Attendance.SELECTED)  # who is convened
HELD = (Attendance.REGISTERED, Attendance.SELECTED, Attendance.PRESENT)  # who takes a seat
