"""How long the data of agents is kept: five years after their last post, or since they are known without any."""

from collections.abc import Callable
from datetime import date

from django.db.models import Exists, OuterRef, Q

from core.base.registries import PersonalColumn, RetentionRule, personal_columns, retention_rules
from training.models import Agent, Enrolment, Post, TutoringAgreement
from training.rules.dates import add_months

KEPT_MONTHS = 60
RULE, TERM, FILES = "training-agents", "cinq ans après leur dernier poste", "imports-training"
COLUMNS = (
    ("Agent.last_name", "nom d’un agent", TERM, RULE),
    ("Agent.first_name", "prénom d’un agent", TERM, RULE),
    ("Agent.number", "matricule d’un agent", TERM, RULE),
    ("Agent.email", "adresse d’un agent", TERM, RULE),
    ("Agent.name_key", "nom d’un agent, pour le reconnaître", TERM, RULE),
    ("Agent.user", "compte d’un agent", TERM, RULE),
    ("Post.exempt_reason", "raison d’une dispense", TERM, RULE),
    ("PastTraining.label", "justificatif d’une formation ou d’une expérience", TERM, RULE),
    ("Enrolment.certificate", "attestation d’un agent", TERM, RULE),
    ("Enrolment.certificate_name", "nom du fichier d’une attestation", TERM, RULE),
    ("TutoringAgreement.assessment", "bilan de fin de tutorat", TERM, RULE),
    ("TrainingImport.file", "fichier de suivi importé", "90 jours", FILES),
    ("TrainingImport.preview", "aperçu d’un fichier de suivi", "90 jours", FILES),
    ("TrainingImport.shown", "lignes montrées d’un fichier de suivi", "90 jours", FILES),
)


def due(on: date):
    """Agents whose last post ended five years ago, or who were known since then without any; who neither followed nor
    tutored anything since."""
    limit = add_months(on, -KEPT_MONTHS)
    posts = Post.objects.filter(agent=OuterRef("pk"))
    alive = posts.filter(
        (Q(ended_on__isnull=True) | Q(ended_on__gte=limit))
        & (Q(contract_ends_on__isnull=True) | Q(contract_ends_on__gte=limit))
    )
    old = Agent.history.filter(id=OuterRef("pk"), history_type="+", history_date__date__lt=limit)
    seen = Enrolment.objects.filter(agent=OuterRef("pk"), session__ends_on__gte=limit)
    named = Q(tutor=OuterRef("pk")) | Q(tutee=OuterRef("pk")) | Q(head=OuterRef("pk"))
    tutorings = TutoringAgreement.objects.filter(named, ends_on__gte=limit)
    return Agent.objects.known().filter(Exists(posts) | Exists(old), ~Exists(alive), ~Exists(seen), ~Exists(tutorings))


def register(erase: Callable[..., int]) -> None:
    """Register the rule; `erase(rows, by=)` is a verb of the services."""
    retention_rules.register(RetentionRule(RULE, "Agents suivis en formation", TERM, due, erase, 60))
    for column, label, term, rule in COLUMNS:
        personal_columns.register(PersonalColumn(f"training.{column}", label, term, rule))
