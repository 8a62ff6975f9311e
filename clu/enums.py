"""Kinds of committees, colleges, states of mandates, presence, items of an agenda, opinions."""

from django.db.models import TextChoices


class CommitteeKind(TextChoices):
    """The values are those of the commands (`--committee clu`)."""

    CLU = "clu", "Comité local des usagers (CLU)"
    COPIL = "copil", "Comité de pilotage (COPIL)"
    CLAC = "clac", "Comité local d’amélioration continue (CLAC)"


KIND_NAMES = {
    CommitteeKind.CLU: "comité local des usagers",
    CommitteeKind.COPIL: "comité de pilotage",
    CommitteeKind.CLAC: "comité local d’amélioration continue",
}
SHORT_NAMES = {CommitteeKind.CLU: "CLU", CommitteeKind.COPIL: "COPIL", CommitteeKind.CLAC: "CLAC"}
KIND_ALIASES = {"cluac": CommitteeKind.CLAC}  # as the Alpes-Maritimes write it


class College(TextChoices):
    """Whom a member sits with."""

    USERS = "users", "Usagers et associations"
    ELECTED = "elected", "Élus et collectivités"
    AGENTS = "agents", "Agents"
    STRUCTURES = "structures", "Services et structures du périmètre"
    PARTNERS = "partners", "Partenaires"
    NONE = "", "Sans collège"


class MandateStatus(TextChoices):
    """A seat on a day; what is vacant is so whatever its dates."""

    ACTIVE = "active", "En cours"
    EXPIRING = "expiring", "Expire bientôt"
    EXPIRED = "expired", "Expiré"
    VACANT = "vacant", "À désigner"


class Presence(TextChoices):
    PRESENT = "present", "Présent"
    EXCUSED = "excused", "Excusé"
    ABSENT = "absent", "Absent"
    UNKNOWN = "", "Non relevé"


class Answer(TextChoices):
    """What a person invited said before the meeting."""

    NONE = "", "Sans réponse"
    COMING = "coming", "Sera présent"
    EXCUSED = "excused", "Excusé"


class ItemState(TextChoices):
    PENDING = "pending", "À traiter"
    TREATED = "treated", "Traité"
    CARRIED = "carried", "Reporté à la réunion suivante"


class ItemContent(TextChoices):
    """What an item of the agenda calls from live data; the slides and the page of the meeting show it."""

    FREE = "", "Point libre"
    APPROACH = "approach", "Démarche, périmètre et dates"
    INDICATORS = "indicators", "Indicateurs"
    SATISFACTION = "satisfaction", "Enquête de satisfaction"
    MYSTERY = "mystery", "Enquêtes mystère"
    COMPLAINTS = "complaints", "Réclamations et suggestions"
    OPINIONS = "opinions", "Modèles pour avis"
    PLAN = "plan", "Plan d’actions"
    TRAINING = "training", "Formation et tutorat"
    REPLIES = "replies", "Vous avez demandé, nous avons fait"
    REVIEW = "review", "Retour sur l’année"
    QUESTIONS = "questions", "Questions et réponses"


class NoteKind(TextChoices):
    """What was said in a meeting."""

    REMARK = "remark", "Remarque"
    REQUEST = "request", "Demande"
    DECISION = "decision", "Décision"


class Subject(TextChoices):
    """What a committee gives its opinion on."""

    MAIL = "mail", "Courriel type"
    LETTER = "letter", "Courrier type"
    PLAN = "plan", "Plan d’actions"
    COMMUNICATION = "communication", "Plan de communication"
    OTHER = "other", "Autre document"


class Advice(TextChoices):
    FAVOURABLE = "favourable", "Favorable"
    RESERVED = "reserved", "Réservé"
    AGAINST = "against", "Défavorable"
    PENDING = "", "Pas encore rendu"
