"""Kinds of surveys, questions and channels, states of a campaign."""

from django.db.models import TextChoices


class Kind(TextChoices):
    SATISFACTION = "satisfaction", "Enquête de satisfaction"
    MYSTERY = "mystery", "Enquête mystère"


class QuestionKind(TextChoices):
    """How a question is answered. The first two are criteria: they have a base and a rate."""

    SCALE = "scale", "Échelle à quatre niveaux"
    YES_NO = "yes_no", "Oui / Non"
    CHOICE = "choice", "Choix unique"
    MULTIPLE = "multiple", "Choix multiples"
    TEXT = "text", "Texte libre"


CRITERION_KINDS = (QuestionKind.SCALE, QuestionKind.YES_NO)


class Level(TextChoices):
    """The four levels of satisfaction; the first two count as satisfied."""

    VERY_SATISFIED = "very_satisfied", "Très satisfait"
    SATISFIED = "satisfied", "Satisfait"
    DISSATISFIED = "dissatisfied", "Peu satisfait"
    VERY_DISSATISFIED = "very_dissatisfied", "Pas du tout satisfait"


class YesNo(TextChoices):
    YES = "yes", "Oui"
    NO = "no", "Non"


POSITIVE = (Level.VERY_SATISFIED, Level.SATISFIED, YesNo.YES)
LEAST = 5  # people: a smaller group is shown nowhere (`surveys.rules.disclosure`)
NEGATIVE = (Level.DISSATISFIED, Level.VERY_DISSATISFIED, YesNo.NO)
NOT_CONCERNED = "na"  # « Non concerné » in a satisfaction survey, « Sans objet » in a mystery grid: never in the base


class CampaignState(TextChoices):
    DRAFT = "draft", "En préparation"
    OPEN = "open", "Ouverte"
    CLOSED = "closed", "Close"


class Channel(TextChoices):
    """How a form came in."""

    WEB = "web", "Lien internet"
    QR = "qr", "QR code"
    TABLET = "tablet", "Tablette du hall"
    PAPER = "paper", "Formulaire papier"
    FILE = "file", "Fichier importé"
    INVESTIGATOR = "investigator", "Enquêteur mystère"


PUBLIC_CHANNELS = (Channel.WEB, Channel.QR, Channel.TABLET)  # without an account
UNGUIDED = (Channel.PAPER, Channel.FILE)  # nobody hid the questions that were not to be answered


class TestChannel(TextChoices):
    """What a mystery test goes through."""

    __test__ = False  # not a test of pytest

    CALL = "call", "Appel téléphonique"
    EMAIL = "email", "Courriel"
    LETTER = "letter", "Courrier"
    VISIT = "visit", "Visite"
    SOCIAL = "social", "Réseau social"
    ACKNOWLEDGEMENT = "acknowledgement", "Accusé de réception automatique"


# Tests of which one waits for a reply: when it was sent and when the reply came are noted.
WRITTEN = (TestChannel.EMAIL, TestChannel.LETTER, TestChannel.SOCIAL, TestChannel.ACKNOWLEDGEMENT)


class Language(TextChoices):
    FRENCH = "fr", "Français"
    EASY_FRENCH = "fr-easy", "Français facile à lire"
    ENGLISH = "en", "English"


class PublicationKind(TextChoices):
    POSTER_A3 = "poster_a3", "Affiche A3"
    POSTER_A4 = "poster_a4", "Affiche A4"
    SLIDES_PPTX = "slides_pptx", "Diaporama (PPTX)"
    SLIDES_ODP = "slides_odp", "Diaporama (ODP)"
    SLIDES_PDF = "slides_pdf", "Diaporama (PDF)"


POSTERS = frozenset({PublicationKind.POSTER_A3, PublicationKind.POSTER_A4})  # they hang where the public reads them
