"""The two plans of 2019 that both speak of the MSAP, and a third one: « plan d’actions 2019 », as it is written."""

from datetime import date

from actions.enums import Origin, Status
from actions.models import Action
from tests.actions.factories import ActionFactory, FindingFactory, PlanFactory
from tests.organisations.factories import SousPrefectureFactory

CLU = (
    ("R", "Ergonomie du site Internet peu clair et accès complexe pour les démarches",
     "Modification de l'ergonomie du site, création de dossiers, regroupement des démarches par type, création de "
     "dossier, mise en ligne de tutoriel, de FAQ et documents d'accompagnement"),
    ("R", "Présence des membres du CLU à élargir", "Modification de l'arrêté de nomination des membres du CLU"),
    ("R", "Restriction des plages de rendez-vous pour les délivrances de titres étrangers et blocage fréquent pour la "
     "prise de rendez-vous",
     "Augmentation et surveillance régulière des plages de rendez-vous ouvertes et raccourcir le délai"),
    ("R", "Améliorer la communication entre les différents partenaires",
     "Programmation d'un prochain CLU (décembre) et transmission régulière d'informations par courriel"),
    ("R", "Informations sur la prise en charge des usagers par les associations",
     "Formation des agents sur la prise en charge des usagers et participation des membres du CLU"),
    ("C", "Ignorance de l'existence des Maisons de service public du département",
     "Communication auprès des membres du CLU sur les MSAP et les Maisons France services au prochain CLU"),
)  # fmt: skip
SURVEY = (
    ("R", "Accueil, courtoisie de la personne et information donnée insatisfaisants",
     "Former les agents à l'accueil physique et réaliser un guide de l'accueil de l'utilisateur (Septembre 2019)"),
    ("R", "Repérage et accès complexes pour les informations recherchées sur internet",
     "Modifier l'ergonomie du site et accès plus simplifié"),
    ("R", "Retard dans le délai de réponse des courriers et courriels",
     "Informer le personnel et l'encadrement par courriel et par note de service"),
    ("R", "Ignorance de l'existence des Maisons de service public du département",
     "Communiquer sur les MSAP et Maison France services"),
)  # fmt: skip
AUDIT = (
    ("R", "Absence d'affichage sur les résultats des enquêtes de satisfaction et les actions prévues.",
     "Affichage des résultats et de l'enquête de satisfaction et actions conduites à l'accueil et sur le site "
     "internet"),
    ("C", "Échantillon de l'enquête de satisfaction faible.",
     "Augmenter l'échantillon d'utilisateurs répondant à l'enquête de satisfaction (250 utilisateurs) programmée en "
     "début d'année 2020"),
)  # fmt: skip
PLANS = (
    ("CLU du 25 juin 2019", Origin.CLU, date(2019, 6, 25), CLU),
    ("Enquête du 25 juin 2019", Origin.SATISFACTION_SURVEY, date(2019, 6, 25), SURVEY),
    ("Audit interne d’octobre 2019", Origin.INTERNAL_AUDIT, date(2019, 10, 11), AUDIT),
)


def plans_of_2019():
    """The site that has the three plans."""
    site = SousPrefectureFactory(name="Préfecture de 2019")
    for title, origin, origin_on, rows in PLANS:
        plan = PlanFactory(site=site, title=title, origin=origin, origin_on=origin_on)
        for number, (letter, finding, text) in enumerate(rows, start=1):
            status = Status.DONE if letter == "R" else Status.ONGOING
            done_on = date(2019, 11, 4) if letter == "R" else None
            found = FindingFactory(plan=plan, number=number, text=finding)
            ActionFactory(finding=found, text=text, status=status, done_on=done_on)
    return site


def msap() -> tuple[Action, Action]:
    """The action still going in the plan of the CLU, and the one done in the plan of the survey."""
    return tuple(Action.objects.filter(text__contains="MSAP").order_by("pk"))
