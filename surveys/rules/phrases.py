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
    skip_to_content: str
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
    known: str
    corrected: str
    another: str
    stale: str
    stale_text: str
    offline: str
    waiting: str
    error_titles: dict[int, tuple[str, str]]
    unknown: str
    unknown_text: str
    empty: str
    empty_text: str
    too_many: str
    too_many_text: str
    legal: str
    notice: str
    notice_link: str
    accessibility: str
    start: str
    next: str
    skip_question: str
    previous: str
    restart: str
    step: str
    page_step: str
    still_there: str
    still_there_text: str
    go_on: str
    finish: str
    back_soon: str
    touch: str
    unsent: str
    unsent_text: str


_ERRORS_FRENCH = {
    400: ("Demande non comprise", "Revenez en arrière et envoyez de nouveau : rien n’a été enregistré."),
    403: ("Accès refusé", "Cette page n’est pas ouverte au public."),
    404: ("Page introuvable", "Vérifiez l’adresse, ou demandez à l’accueil comment donner votre avis."),
    405: ("Rien à lire à cette adresse", "Revenez au questionnaire."),
    413: (
        "Vos réponses sont trop longues",
        "Revenez en arrière et raccourcissez votre texte : rien n’est enregistré.",
    ),
    429: ("Trop de demandes", "Patientez quelques minutes, puis recommencez."),
    500: ("Une erreur est survenue", "Réessayez dans quelques minutes."),
    503: ("Le service ne répond pas", "Réessayez dans une minute."),
}

_ERRORS_ENGLISH = {
    400: ("Request not understood", "Please go back and send again: nothing was recorded."),
    403: ("Access denied", "This page is not open to the public."),
    404: ("Page not found", "Please check the address, or ask at the desk how to give your opinion."),
    405: ("Nothing to read here", "Please go back to the form."),
    413: ("Your answers are too long", "Please go back and shorten your text: nothing was recorded."),
    429: ("Too many requests", "Please wait a few minutes, then try again."),
    500: ("Something went wrong", "Please try again in a few minutes."),
    503: ("The service does not answer", "Please try again in a minute."),
}

_FRENCH = Phrases(
    html="fr",
    name="Français",
    title="Votre avis",
    demonstration="démonstration",
    invented="Données inventées : ce site n’est pas un site de l’État",
    skip="Aller au questionnaire",
    skip_to_content="Aller au contenu",
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
    known="Ces réponses étaient déjà enregistrées : elles comptent une fois.",
    corrected="Vos réponses sont corrigées : elles remplacent celles que vous veniez d’envoyer.",
    another="Donner un autre avis",
    stale="Vérifiez vos réponses",
    stale_text="Ce formulaire était ouvert depuis longtemps : rien n’est perdu, envoyez-le de nouveau.",
    offline="Pas de réseau : vos réponses restent ici et partiront d’elles-mêmes.",
    waiting="Envoi…",
    error_titles=_ERRORS_FRENCH,
    unknown="Ce lien n’est pas en service",
    unknown_text="Vérifiez l’adresse, ou demandez à l’accueil comment donner votre avis.",
    empty="Aucune réponse",
    empty_text="Répondez à au moins une question, puis envoyez.",
    too_many="Trop de réponses arrivent en même temps",
    too_many_text="Vos réponses sont gardées dans cette page : patientez quelques minutes, puis envoyez de nouveau.",
    legal="Mentions légales et données personnelles",
    notice="Vos réponses servent à améliorer l’accueil ; rien n’y dit qui vous êtes. N’écrivez ni nom ni coordonnées.",
    notice_link="Ce qu’elles deviennent",
    accessibility="Accessibilité : non conforme",
    start="Donner mon avis",
    next="Suivant",
    skip_question="Passer cette question",
    previous="Précédent",
    restart="Recommencer",
    step="Question {number} sur {count}",
    page_step="Étape {number} sur {count}",
    still_there="Êtes-vous encore là ?",
    still_there_text="Touchez l’écran pour continuer. Sans réponse dans 20 secondes, vos réponses sont effacées.",
    go_on="Oui, je continue",
    unsent="Vos réponses ne sont pas encore envoyées",
    unsent_text="La tablette ne garde rien et le réseau ne répond pas. Prévenez l’accueil, puis appuyez de nouveau.",
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
            "unsent": "Vos réponses ne sont pas envoyées",
            "unsent_text": "Il n’y a pas de réseau. Demandez à l’accueil. Puis appuyez encore sur le bouton.",
            "empty": "Vous n’avez pas répondu",
            "empty_text": "Répondez à une question. Puis appuyez encore sur le bouton.",
            "known": "Nous avons déjà vos réponses. Elles comptent une fois.",
            "corrected": "Vos réponses sont changées.",
            "another": "Donner un autre avis",
            "stale": "Regardez vos réponses",
            "stale_text": "Le formulaire était ouvert depuis longtemps. Rien n’est perdu. Envoyez encore une fois.",
            "offline": "Il n’y a pas de réseau. Vos réponses restent ici. Elles partiront toutes seules.",
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
    skip_to_content="Skip to content",
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
    known="These answers were already recorded: they count once.",
    corrected="Your answers are corrected: they replace those you have just sent.",
    another="Give another opinion",
    stale="Please check your answers",
    stale_text="This form had been open for a long time: nothing is lost, please send it again.",
    offline="No network: your answers stay here and will be sent by themselves.",
    waiting="Sending…",
    error_titles=_ERRORS_ENGLISH,
    unknown="This link is not in service",
    unknown_text="Please check the address, or ask at the reception desk how to give your opinion.",
    empty="No answer",
    empty_text="Please answer at least one question, then send.",
    too_many="Too many answers are coming in at the same time",
    too_many_text="Your answers are kept on this page: please wait a few minutes, then send again.",
    legal="Legal notice and personal data (in French)",
    notice="Your answers help us improve our service; nothing tells who you are. Please write no name and no contact.",
    notice_link="What becomes of them (in French)",
    accessibility="Accessibility: not compliant (in French)",
    start="Give my opinion",
    next="Next",
    skip_question="Skip this question",
    previous="Previous",
    restart="Start again",
    step="Question {number} of {count}",
    page_step="Step {number} of {count}",
    still_there="Are you still there?",
    still_there_text="Touch the screen to go on. Without an answer within 20 seconds, your answers are erased.",
    go_on="Yes, I am going on",
    unsent="Your answers are not sent yet",
    unsent_text="This tablet keeps nothing and the network does not answer. Please tell the desk, then press again.",
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
