"""What each column and each code of an exported file means."""

from collections.abc import Iterator, Sequence

from core.sheets.writing import Column
from surveys.enums import NEGATIVE, POSITIVE, Kind
from surveys.models import Question
from surveys.rules.wording import answer_labels

COLUMNS = (
    Column("Colonne", 22),
    Column("Question", 60),
    Column("Type", 24),
    Column("Code", 20),
    Column("Libellé", 40),
    Column("Compte comme", 18),
    Column("Posée seulement si", 40),
)
AROUND = (
    ("numero", "Numéro du formulaire"),
    ("date", "Jour où le formulaire a été rempli"),
    ("canal", "Canal"),
    ("lieu", "Lieu d’accueil"),
    ("langue", "Langue"),
)
OF_TEST = (
    ("scenario", "Scénario suivi"),
    ("a_joindre", "Numéro, adresse ou boîte testée"),
    ("enqueteur", "Enquêteur"),
    ("duree_s", "Durée du test, en secondes"),
    ("envoye_le", "Jour et heure de l’envoi"),
    ("reponse_le", "Jour et heure de la réponse ou de l’accusé de réception"),
    ("delai_min", "Délai entre les deux, en minutes"),
)


def rows(questions: Sequence[Question], *, kind: str) -> Iterator[list]:
    """A line per answer of each question, and one for a free text."""
    for code, label in (*AROUND, *(OF_TEST if kind == Kind.MYSTERY else ())):
        yield [code, label, "", "", "", "", ""]
    by_key = {question.pk: question for question in questions}
    for question in questions:
        condition = _condition(question, by_key.get(question.shown_if_id), kind)
        head = [question.code, question.label, question.get_kind_display()]
        labels = answer_labels(question, kind=kind)
        for code, text in labels.items():
            yield [*head, code, str(text), _counts_as(question, code), condition]
        if not labels:
            yield [*head, "", "texte libre", "", condition]


def _counts_as(question: Question, code: str) -> str:
    if not question.is_criterion:
        return ""
    if code in POSITIVE:
        return "satisfait"
    return "non satisfait" if code in NEGATIVE else "hors base"


def _condition(question: Question, parent: Question | None, kind: str) -> str:
    if parent is None:
        return ""
    labels = answer_labels(parent, kind=kind)
    answers = " ou ".join(str(labels[code]) for code in question.shown_if_answers if code in labels)
    return f"{parent.code} = {answers}"
