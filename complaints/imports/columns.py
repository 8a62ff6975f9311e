"""The columns of a tracking table of complaints, by the words of their headings."""

import re

from complaints.enums import Channel, Nature, Outcome
from complaints.imports import words
from complaints.imports.readers import (
    Address,
    Anything,
    DayIfAny,
    InScope,
    OriginOf,
    Out,
    Recipient,
    SiteOf,
    Theme,
    Unused,
    Who,
)
from core.importing.asks import Option
from core.importing.tables import Wanted
from core.importing.tables.readers import Choice, Day, Lookup, Text, YesNo
from core.importing.tables.wanted import Fit
from core.importing.words import plain

_PEOPLE = r"usagere?s?|demandeurs?|reclamants?|requerants?|personnes?|plaignants?|auteurs?"
_OF_WHOM = rf"(?: (?:de l |du |de la |des )?(?:{_PEOPLE}))?"
_THINGS = r"demande|reclamation|saisine|message|courrier|fiche|suggestion|experience|plainte|doleance|avis"
_OF_WHAT = rf"(?: (?:de la |du |de l |d une |de )?(?:{_THINGS}))?"
_SENT = r"(?: (?:le|envoyee?|adressee?|faite?|emise?|apportee?|transmise?|effectuee?|a l usager))*"
_NO_ANSWER = r"(?!.*\b(?:attente|provisoire|intermediaire|partielle)\b)"  # a holding reply answers nothing
_ASKED = r"precisions?|complements?|pieces"


def _of_the_letter(heading: str) -> Fit:
    """« Date de la demande » is that of the receipt where no column says it better."""
    is_one = re.fullmatch(rf"(?:dates?|jours?) (?:de |d |du |de la |de l )?(?:{_THINGS})", plain(heading))
    return Fit.LEADS if is_one else Fit.NONE


_WHAT = (
    Wanted(
        "number",
        "Numéro",
        heads=r"numeros?(?: (?:d |de |du )?(?:ordre|enregistrement|chrono))?|n|no|num|ref(?:erence)?s?|id|"
        r"identifiants?|"
        rf"chrono|(?:numeros?|ref(?:erence)?s?|id(?:entifiant)?s?|code){_OF_WHAT}",
        read=Anything(60),
        colour="label",
    ),
    Wanted(
        "received",
        "Date de réception",
        fit=_of_the_letter,
        heads=r"(?:dates?|jours?)(?: et heures?)? (?:de |d |du |de la |de l )?(?:reception|arrivee|depot|"
        r"enregistrement|contact|publication|creation|ecriture)|(?:dates?|jours?)$|"
        r"(?:date de )?reception(?: le)?|(?:recue?|arrivee?|ecrite?|deposee?|publiee?)s?(?: le)?|saisine(?: le)?|"
        r"received(?: on)?|date received",
        read=Day(),
        colour="date",
        is_required=True,
    ),
    Wanted(
        "channel",
        "Canal",
        heads=r"can(?:al|aux)(?: (?:de |d )?(?:reception|entree|saisine|depot|contact|arrivee))?|channel|"
        r"supports?|media|"
        r"(?:modes?|moyens?|voies?)(?: (?:de |d )?(?:reception|saisine|depot|contact|entree|envoi|arrivee))?|"
        r"vecteurs?|"
        r"origines?|provenances?|recue?s? par",
        read=Choice.of(Channel, words.CHANNELS),
        colour="label",
    ),
    Wanted(
        "kind",
        "Nature",
        heads=rf"natures?{_OF_WHAT}|types?{_OF_WHAT}|qualifications?|categories?|kind|reclamation(?: ou)? suggestion|"
        r"suggestion(?: ou)? reclamation|r s",
        read=Choice.of(Nature, words.NATURES),
        colour="label",
    ),
    Wanted("feeling", "Ressenti", heads=r"ressentis?(?: .*)?|humeurs?", read=Choice.of(Nature, words.FEELINGS)),
    Wanted(
        "in_scope",
        "Dans le champ",
        heads=r"(?:dans le )?(?:champ|perimetre)(?: (?:ou )?hors (?:champ|perimetre))?|dans hors (?:champ|perimetre)|"
        r"recevab(?:le|ilite)|in scope",
        read=InScope(),
    ),
    Wanted(
        "out",
        "Hors champ",
        heads=r"(?:(?:motifs?|raisons?|causes?) (?:de |du )?)?(?:hors (?:champ|perimetre)|irrecevab(?:le|ilite))|"
        r"out of scope",
        read=Out(),
    ),
    Wanted(
        "theme",
        "Thème",
        heads=rf"themes?{_OF_WHAT}|thematiques?|motifs?{_OF_WHAT}|sujets?{_OF_WHAT}|domaines?|topic",
        read=Theme(),
    ),
    Wanted(
        "service",
        "Service",
        heads=r"(?:services?|bureaux?|directions?|structures?|unites?|entites?)(?: (?:concernee?s?|visee?s?|"
        r"traitante?s?|"
        r"responsables?|instructeurs?|competente?s?|en charge|mis en cause))?|"
        r"(?:intitules?|noms?)(?: (?:de la|du))? (?:structures?|services?)",
        read=Lookup(),
    ),
    Wanted(
        "origin",
        "Venant de",
        heads=rf"qualites?{_OF_WHOM}|typologies?(?: .*)?|(?:types?|profils?|statuts?) (?:d |de l )usagers?",
        read=OriginOf(),
    ),
    Wanted("site", "Site", heads=r"sites?(?: (?:concernee?s?|d accueil))?", read=SiteOf()),
)
_WHEN = (
    Wanted(
        "acknowledged",
        "Accusé de réception le",
        heads=r"(?:date )?(?:de |d |du |de l |d envoi (?:de l |du |d )?)?(?:a ?r|accuses?(?: de)?(?: reception)?)"
        rf"{_SENT}|acknowledged(?: on)?",
        read=DayIfAny(),
        colour="date",
    ),
    Wanted(
        "transmitted_to",
        "Transmis à",
        heads=r"transmi(?:se?s?|ssions?)(?: (?:a|au|aux))?(?: (?:service|bureau|direction))?|service destinataire|"
        r"envoyee? (?:a|au)|orientee? vers|redirigee? vers|destinataires?|attribuee? (?:a|au)|"
        r"services? saisie?s?",
        read=Recipient(),
    ),
    Wanted(
        "transmitted_on",
        "Transmis le",
        heads=r"transmi(?:se?s?|ssions?)(?: (?:au|aux) services?)? le|transmission|dates? (?:de )?(?:la )?transmission"
        r"(?: au service)?|date d envoi au service",
        read=DayIfAny(),
        colour="date",
    ),
    Wanted(
        "suspended_from",
        "Suspendu du",
        heads=r"suspen(?:due?|sion)(?: (?:du|le|depuis|depuis le|debut|a compter du))?|(?:debut|date) (?:de |"
        r"de la )?suspension|"
        rf"(?:en )?attente (?:de l )?usager(?: (?:du|le|depuis|depuis le))?|(?:{_ASKED}) demandee?s?(?: le)?|"
        rf"demande (?:de )?(?:{_ASKED})(?: le)?",
        read=DayIfAny(),
        colour="date",
    ),
    Wanted(
        "suspended_to",
        "Suspendu au",
        heads=r"(?:suspen(?:due?|sion) )?(?:au|jusqu au|fin)|fin (?:de |de la )?suspension|"
        r"reponse (?:de l )?usager(?: le)?|"
        rf"reprise(?: le)?|(?:{_ASKED}) recue?s?(?: le)?|retour (?:de l )?usager(?: le)?|"
        r"(?:en )?attente (?:de l )?usager (?:au|jusqu au)",
        read=DayIfAny(),
        colour="date",
    ),
    Wanted(
        "answered",
        "Répondu le",
        heads=rf"{_NO_ANSWER}(?:"
        r"(?:date )?(?:de |d |de la |d envoi (?:de la |de |d )?)?reponses?"
        rf"(?: (?:au|sur le|de) fond| definitive| finale)?{_SENT}|repondue?s?(?: le)?|traitee?s? le|"
        r"date (?:de )?traitement|(?:answered|replied)(?: on)?|date answered)",
        read=DayIfAny(),
        colour="date",
    ),
    Wanted(
        "extended",
        "Prolongé jusqu’au",
        heads=r"(?:delai )?(?:prolonge|prolongation|proroge|prorogation|reporte|report)e?(?: (?:de |du )?delai)?"
        r"(?: (?:jusqu )?(?:au|le|du))?|"
        r"(?:nouvelle (?:date|echeance)|nouveau delai)"
        r"(?: (?:de (?:la )?reponse|promise?|annoncee?|limite|a l usager))*|"
        r"(?:date|echeance) (?:promise|prolongee|prorogee|reportee)|extended (?:to|until)",
        read=DayIfAny(),
        colour="date",
    ),
    Wanted(
        "closed",
        "Clos le",
        heads=r"dates? (?:de |de la )?cloture(?: du dossier)?|(?:clos|close|cloturee?|soldee?)s? le|cloture(?: le)?|"
        r"closed(?: on)?|date closed",
        read=DayIfAny(),
        colour="date",
    ),
    Wanted(
        "state",
        "État",
        heads=r"etats?(?: (?:du dossier|de la demande|d avancement))?|statuts?|avancement|status",
        read=Choice((Option(words.CLOSED, "clos"), Option(words.OPEN, "en cours")), words.STATES),
    ),
    Wanted(
        "outcome",
        "Issue",
        heads=rf"issues?{_OF_WHAT}|resultats?{_OF_WHAT}|conclusions?|decisions?|outcome|"
        r"(?:bien )?fondee?s?(?: non fondee?s?)?",
        read=Choice.of(Outcome, words.OUTCOMES),
    ),
)
_WHO = (
    Wanted(
        "name",
        "Nom",
        heads=rf"(?:civilites? )?noms?(?: (?:et )?prenoms?)?{_OF_WHOM}|prenoms?(?: (?:et )?noms?)?{_OF_WHOM}|"
        rf"civilites?|"
        rf"{_PEOPLE}|expediteurs?|identites?{_OF_WHOM}",
        read=Who(300),
        is_many=True,
    ),
    Wanted(
        "email",
        "Courriel",
        heads=rf"(?:adresses? )?(?:courriels?|e ?mails?|mails?|mels?|(?:de )?messagerie|electroniques?){_OF_WHOM}",
        read=Address(300),
    ),
    Wanted("phone", "Téléphone", heads=rf"(?:telephones?|tel|portables?|mobiles?){_OF_WHOM}", read=Who(60)),
    Wanted(
        "address",
        "Adresse",
        heads=rf"adresses?(?: postales?)?{_OF_WHOM}|communes?|villes?|code postal|coordonnees?{_OF_WHOM}",
        read=Who(500),
        is_many=True,
    ),
    Wanted("anonymous", "Anonyme", heads=r"anonym(?:e|es|at)", read=YesNo()),
    Wanted("subject", "Objet", heads=rf"objets?{_OF_WHAT}|intitules?|titres?|resumes?|subject", read=Text(300)),
    Wanted(
        "text",
        "Texte",
        heads=r"(?:textes?|messages?|contenus?|descriptions?|details?|exposes?|faits|verbatims?|commentaires?|"
        r"observations?|"
        rf"remarques?){_OF_WHAT}|suites?(?: donnees?)?|actions? (?:correctives?|menees?)",
        read=Text(20_000),
        is_many=True,
    ),
    Wanted(
        "reply",
        "Texte de la réponse",
        heads=r"(?:(?:texte|contenu) de la )?reponses?"
        r"(?: (?:(?:de la )?structures?|apportee|publiee|de l administration|du service))*(?: \d)?",
        read=Text(20_000),
        is_many=True,
    ),
    Wanted(
        "computed",
        "Recalculé ou interne, non repris",
        heads=r"(?:delais?|echeances?)(?! (?:prolong|report|prorog|promis))(?: .*)?|"
        r"(?:respect|hors|dans) (?:du |des |les |le )?delais?.*|(?:nb|nbre|nombre) (?:de )?jours.*|jours? ouvres?|"
        r"date limite.*|a repondre avant.*|retards?|mois|annees?|semaines?|"
        r"trimestres?|"
        r"(?:agents?|suivie?|saisie?|traitee?|instruite?|redigee?|enregistree?|pilotee?)(?: (?:traitants?|par|"
        r"en charge).*)?|"
        r"(?:dates? (?:de |des |de la )?)?relances?.*|priorites?|urgences?|departements?|pays|"
        r"(?:reponses?|repondue?s?|traitee?s?|a ?r|accuses? de reception)(?: .*)? (?:dans|hors) (?:les? )?delais?.*",
        read=Unused(2_000),
        is_many=True,
    ),
)
COLUMNS = (*_WHAT, *_WHEN, *_WHO)
PERSON = ("name", "email", "phone", "address")
