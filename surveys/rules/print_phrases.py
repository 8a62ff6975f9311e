"""The sentences of the paper form in French, easy French and English."""

from dataclasses import dataclass

from surveys.enums import Language


@dataclass(frozen=True)
class PaperPhrases:
    """What surrounds the questions on paper."""

    number: str
    day: str
    one_box: str
    several_boxes: str
    addressed: str
    turn: str
    office: str
    answers: str


PAPER_PHRASES = {
    Language.FRENCH: PaperPhrases(
        number="Formulaire n°",
        day="Date de votre visite",
        one_box="Cochez une seule case par ligne.",
        several_boxes="Cochez autant de cases que vous voulez.",
        addressed="À remettre à l’accueil ou à déposer dans l’urne :",
        turn="Suite au verso",
        office="Réservé au service",
        answers="Votre réponse",
    ),
    Language.EASY_FRENCH: PaperPhrases(
        number="Formulaire n°",
        day="Date de votre visite",
        one_box="Cochez une case par ligne.",
        several_boxes="Vous pouvez cocher plusieurs cases.",
        addressed="Donnez cette feuille à l’accueil. Ou mettez-la dans l’urne :",
        turn="Tournez la feuille",
        office="Réservé au service",
        answers="Votre réponse",
    ),
    Language.ENGLISH: PaperPhrases(
        number="Form no.",
        day="Date of your visit",
        one_box="Tick one box per line.",
        several_boxes="Tick as many boxes as you like.",
        addressed="Please hand this form in at reception or put it in the box:",
        turn="Please turn over",
        office="For office use",
        answers="Your answer",
    ),
}


def paper_phrases_in(language: Language) -> PaperPhrases:
    return PAPER_PHRASES[language]
