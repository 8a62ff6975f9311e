"""What interrupts a job, and the sentences a person reads when it failed."""

UNKNOWN_KIND = "Ce travail n’existe plus dans cette version de l’application."
EXHAUSTED = (
    "Le travail a été interrompu {attempts} fois de suite et n’a pas été repris. "
    "Recommencez ; si l’échec se répète, signalez-le à l’administrateur technique."
)
TOO_LONG = "Le travail a dépassé le temps permis ({limit}) et a été arrêté."
TECHNICAL = (
    "Le travail a échoué pour une raison technique (référence {reference}). "
    "Recommencez ; si l’échec se répète, transmettez cette référence à l’administrateur technique."
)


class JobStopped(Exception):
    """The job was cancelled, ran too long, or its lease went to another worker: the body must end now."""


class LeaseLost(JobStopped):
    """Refused at the end: this attempt no longer holds the job."""
