"""What shows that the actions of the demonstration worked: documents joined to them, figures they should move."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from actions.models import Action, Proof
from actions.services import proofs
from demo.clock import told_at
from demo.months import moment
from indicators.models import ExpectedEffect, Indicator
from indicators.services import effects
from organisations.models import Unit, User

SITE, HOUR = "13-aix", 17
# (days from today, who, action, indicator, expected effect)
EFFECTS = (
    (
        -640,
        "rq",
        "Organiser la permanence du standard entre 12 h et 14 h",
        "taux-appels-aboutis",
        "90 % d’appels aboutis, pauses déjeuner comprises",
    ),
    (
        -90,
        "rq",
        "Demander à l’opérateur un message d’attente et un renvoi",
        "taux-appels-aboutis",
        "Moins d’appels perdus sur les lignes des titres",
    ),
    (
        -320,
        "suppleant",
        "Relire les dix réponses types en langage clair",
        "courriers-dans-le-delai",
        "Des réponses plus courtes, prêtes à temps",
    ),
)
# (days from today, who, action, file, what it shows, its lines)
PROOFS = (
    (
        -305,
        "chef",
        "Organiser la permanence du standard entre 12 h et 14 h",
        "planning-permanence.csv",
        "Le planning de la permanence, avec le renfort des congés",
        (
            "jour;agents de 12 h à 13 h;agents de 13 h à 14 h",
            "lundi;2;2",
            "mardi;2;2",
            "mercredi;2;1",
            "jeudi;2;2",
            "vendredi;2;2",
        ),
    ),
)


def load_evidence(people: dict[str, User], *, today: date) -> None:
    """Join the documents and aim at the figures, unless one is already there."""
    site = Unit.objects.get(code=SITE)
    if ExpectedEffect.objects.filter(action__finding__plan__site=site).exists():
        return
    actions = {action.text: action for action in Action.objects.filter(finding__plan__site=site).order_by("pk")}
    with told_at((Proof,), (Proof._meta.get_field("added_at"),)) as set_clock:
        for days, who, text, code, words in EFFECTS:
            set_clock(moment(today + timedelta(days=days), HOUR))
            effects.expect(actions[text], Indicator.objects.get(code=code), comment=words, by=people[who])
        for days, who, text, name, note, lines in PROOFS:
            set_clock(moment(today + timedelta(days=days), HOUR))
            file = SimpleUploadedFile(name, "\r\n".join(lines).encode())
            proofs.add_proof(actions[text], file=file, note=note, by=people[who])
