"""The sentences of the public pages in French, easy French and English."""

from dataclasses import dataclass

from surveys.enums import Language


@dataclass(frozen=True)
class Phrases:
    """What surrounds the questions; `html` is the language of the page for the browser."""

    html: str
    name: str
    title: str
    demonstration: str
    invented: str
    skip: str
    choose_language: str
    anonymous: str
    satisfaction: str
    required: str
    unit: str
    send: str
    sending: str
    one_error: str
    several_errors: str
    error_title: str
    longest: str
    thanks: str
    thanks_text: str
    again: str
    closed: str
    closed_text: str
    not_yet: str
    not_yet_text: str
    late: str
    unknown: str
    unknown_text: str
    empty: str
    empty_text: str
    too_many: str
    too_many_text: str
    legal: str
    accessibility: str
    start: str
    next: str
    skip_question: str
    previous: str
    restart: str
    step: str
    still_there: str
    still_there_text: str
    go_on: str
    finish: str
    back_soon: str
    touch: str


_FRENCH = Phrases(
    html="fr",
    name="Français",
    title="Votre avis",
    demonstration="démonstration",
    invented="Données inventées : ce site n’est pas un site de l’État",
    skip="Aller au questionnaire",
    choose_language="Langue du questionnaire",
    anonymous="N’écrivez ni nom, ni adresse, ni numéro de téléphone ou de dossier : vos réponses restent anonymes.",
    satisfaction="Dites si vous êtes satisfait :",
    required="réponse obligatoire",
    unit="Question",
    send="Envoyer mes réponses",
    sending="Envoi…",
    one_error="Une réponse est à revoir",
    several_errors="réponses sont à revoir",
    error_title="Erreur",
    longest="5 000 caractères au plus.",
    thanks="Merci de votre avis",
    thanks_text="Vos réponses sont enregistrées. Elles nous aident à mieux vous accueillir.",
    again="Personne suivante",
    closed="L’enquête est close",
    closed_text="Elle ne reçoit plus de réponse. Merci à toutes les personnes qui ont donné leur avis.",
    not_yet="L’enquête n’est pas encore ouverte",
    not_yet_text="Revenez à partir du",
    late="Votre réponse est arrivée après la fin : elle est gardée, mais ne compte pas dans les résultats.",
    unknown="Ce lien n’est pas en service",
    unknown_text="Vérifiez l’adresse, ou demandez à l’accueil comment donner votre avis.",
    empty="Aucune réponse",
    empty_text="Répondez à au moins une question, puis envoyez.",
    too_many="Trop de réponses arrivent en même temps",
    too_many_text="Vos réponses sont gardées dans cette page : patientez quelques minutes, puis envoyez de nouveau.",
    legal="Mentions légales et données personnelles",
    accessibility="Accessibilité : non conforme",
    start="Donner mon avis",
    next="Suivant",
    skip_question="Passer cette question",
    previous="Précédent",
    restart="Recommencer",
    step="Question {number} sur {count}",
    still_there="Êtes-vous encore là ?",
    still_there_text="Touchez l’écran pour continuer. Sans réponse dans 20 secondes, vos réponses sont effacées.",
    go_on="Oui, je continue",
    finish="Terminer",
    back_soon="Retour au début dans quelques secondes.",
    touch="Touchez une réponse : la question suivante s’affiche. « Précédent » revient en arrière.",
)
_EASY = Phrases(
    **(
        vars(_FRENCH)
        | {
            "name": "Facile à lire",
            "anonymous": "Nous ne saurons pas qui vous êtes. N’écrivez pas votre nom. N’écrivez pas votre adresse. "
            "N’écrivez pas votre numéro de téléphone.",
            "satisfaction": "Dites si vous êtes content :",
            "required": "il faut répondre",
            "one_error": "Il y a une réponse à changer",
            "several_errors": "réponses sont à changer",
            "thanks": "Merci",
            "thanks_text": "Nous avons reçu vos réponses. Elles nous aident à mieux vous accueillir.",
            "closed": "L’enquête est finie",
            "closed_text": "Vous ne pouvez plus répondre. Merci.",
            "not_yet": "L’enquête n’a pas commencé",
            "not_yet_text": "Revenez à partir du",
            "late": "L’enquête était déjà finie. Nous gardons vos réponses, mais nous ne les comptons pas.",
            "unknown": "Cette page n’existe plus",
            "unknown_text": "Demandez à l’accueil comment donner votre avis.",
            "too_many": "Il y a trop de réponses en même temps",
            "touch": "Touchez votre réponse. La question suivante arrive toute seule. "
            "Appuyez sur « Précédent » pour revenir en arrière.",
            "still_there_text": "Touchez l’écran pour continuer. Sinon, dans 20 secondes, vos réponses sont effacées.",
            "empty": "Vous n’avez pas répondu",
            "empty_text": "Répondez à une question. Puis appuyez encore sur le bouton.",
            "too_many_text": "Attendez quelques minutes. Puis appuyez encore sur le bouton. Vos réponses sont gardées.",
        }
    )
)
_ENGLISH = Phrases(
    html="en",
    name="English",
    title="Your opinion",
    demonstration="demonstration",
    invented="Invented data: this is not a website of the French State",
    skip="Skip to the form",
    choose_language="Language of the form",
    anonymous="Please do not write any name, address, phone number or file number: your answers stay anonymous.",
    satisfaction="How satisfied are you with:",
    required="answer required",
    unit="Question",
    send="Send my answers",
    sending="Sending…",
    one_error="One answer needs your attention",
    several_errors="answers need your attention",
    error_title="Error",
    longest="5,000 characters at most.",
    thanks="Thank you for your opinion",
    thanks_text="Your answers are recorded. They help us to serve you better.",
    again="Next person",
    closed="This survey is closed",
    closed_text="It no longer takes answers. Thank you to all who gave their opinion.",
    not_yet="This survey is not open yet",
    not_yet_text="Please come back from",
    late="Your answer came in after the end: it is kept, but does not count in the results.",
    unknown="This link is not in service",
    unknown_text="Please check the address, or ask at the reception desk how to give your opinion.",
    empty="No answer",
    empty_text="Please answer at least one question, then send.",
    too_many="Too many answers are coming in at the same time",
    too_many_text="Your answers are kept on this page: please wait a few minutes, then send again.",
    legal="Legal notice and personal data (in French)",
    accessibility="Accessibility: not compliant (in French)",
    start="Give my opinion",
    next="Next",
    skip_question="Skip this question",
    previous="Previous",
    restart="Start again",
    step="Question {number} of {count}",
    still_there="Are you still there?",
    still_there_text="Touch the screen to go on. Without an answer within 20 seconds, your answers are erased.",
    go_on="Yes, I am going on",
    finish="Finish",
    back_soon="Back to the start in a few seconds.",
    touch="Touch an answer and the next question appears. “Previous” goes back.",
)
PHRASES: dict[str, Phrases] = {
    Language.FRENCH: _FRENCH,
    Language.EASY_FRENCH: _EASY,
    Language.ENGLISH: _ENGLISH,
}


def phrases_in(language: str) -> Phrases:
    """The sentences of a language."""
    return PHRASES[language]
