"""Loads the whole demonstration, in order; what is already there is left as it is."""

import time
from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.utils import timezone

from core import jobs
from core.services import calendars, seals
from demo import (
    acknowledgements,
    audits,
    committees,
    complaints,
    evidence,
    grid,
    months,
    mystery,
    organisation,
    plan_imports,
    plans,
    reports,
    steering,
    surveys,
    training,
)
from indicators.services import catalogue_loading
from organisations.models import Unit
from referential.services import loading as referential_loading
from reports.services import contradictions
from surveys.services import questionnaire_loading

SEED = 2020


def is_loaded() -> bool:
    """Whether the database already holds units, those of the demonstration or others."""
    return Unit.objects.exists()


@transaction.atomic
def load(*, today: date, seed: int = SEED, tell: Callable[[str], None] = lambda line: None) -> None:
    """Load or complete the demonstration as it stands on a day, the same for the same seed and day."""
    started = time.monotonic()

    def done(what: str) -> None:
        tell(f"{time.monotonic() - started:5.1f} s  {what}")

    calendars.load()
    referential_loading.load_all(referential_loading.SHIPPED)
    catalogue_loading.load()
    questionnaire_loading.load()
    done("jours fériés, référentiels, catalogue d’indicateurs, questionnaires")
    units = organisation.load_units(by=None)
    people = organisation.load_people(units, today=today)
    organisation.load_perimeters(units, by=people["rq"])
    months.load_assignments(units, by=people["rq"])
    done("unités, comptes, affectations")
    grid.load_grid(units["13-aix"], by=people["rq"])
    done("grille 2020 d’Aix-en-Provence, par l’import")
    count = months.load_figures(people, today=today, seed=seed)
    months.load_campaigns(people, today=today)
    done(f"{count} valeurs mensuelles, mois de saisie")
    steering.load_amendment_and_dashboard(units["13-aix"], people, today=today)
    plan_imports.load_imports(units, by=people["rq"])
    plans.load_history(units, people, today=today)
    evidence.load_evidence(people, today=today)
    done("plans d’actions : Aisne 2016, 2019 et deux ans d’historique")
    audits.load_audits(units, people, today=today)
    done("labels, audit de 2020, registre documentaire et autodiagnostics d’Aix")
    surveys.load_surveys(units, people, today=today, seed=seed)
    mystery.load_mystery(units, people, today=today)
    acknowledgements.load_acknowledgements(units, people, today=today)
    done("enquêtes : CLU de mars 2022, années précédentes, deux campagnes ouvertes à Aix")
    training.load_training(units, people, today=today)
    done("formation et tutorat : Isère 2022, Aix aujourd’hui")
    complaints.load_complaints(units, people, today=today)
    done("réclamations : l’Isère en 2022, la boîte d’Aix")
    committees.load_committees(units, people, today=today)
    done("instances : CLU de mars 2022, COPIL et CLU de l’Isère, CLU et CLAC d’Aix")
    reports.load_reports(units, by=people["rq"])
    contradictions.count_due()
    seals.seal(settled_before=timezone.now())
    jobs.run_now(seals.request_verification(by=None))
    done("rectification, tableau de bord, bilans, sceau de l’historique")
