"""What the public pages say, in French, in English and in easy French. Honest about what is handled here."""

from dataclasses import dataclass, fields

FRENCH, ENGLISH, EASY = "fr", "en", "facile"


@dataclass(frozen=True)
class Phrases:
    """The words of the public form; `html` is the language they are in."""

    html: str
    name: str
    title: str
    lead: str
    handled: tuple[str, ...]
    not_handled_title: str
    not_handled: tuple[str, ...]
    kind: str
    complaint: str
    suggestion: str
    compliment: str
    text: str
    text_hint: str
    reach: str
    reach_hint: str
    person_name: str
    email: str
    phone: str
    files: str
    files_hint: str
    optional: str
    send: str
    error_title: str
    missing_text: str
    too_long: str
    wrong_email: str
    too_many: str
    thanks: str
    thanks_text: str
    thanks_mail: str
    thanks_answer: str
    thanks_nobody: str
    follow: str
    follow_lead: str
    reference: str
    look: str
    unknown: str
    received: str
    acknowledged: str
    transmitted: str
    answered: str
    awaited: str
    due: str
    closed: str
    skip: str
    choose_language: str
    accessibility: str
    legal: str
    demonstration: str
    invented: str
    privacy: str
    gone: str
    gone_text: str


_FRENCH = Phrases(
    html="fr",
    name="Français",
    title="Une réclamation, une suggestion, un merci",
    lead="Dites-nous ce qui s’est mal passé, ou bien passé, lors de votre accueil.",
    handled=(
        "l’accueil au guichet, au téléphone, par courrier ou par courriel ;",
        "l’attente, les rendez-vous, les horaires, les locaux, les informations données.",
    ),
    not_handled_title="Ce que ce formulaire ne traite pas",
    not_handled=(
        "le délai de fabrication d’un titre (carte grise, permis, titre de séjour) et l’avancement d’un dossier ;",
        "le recours contre une décision : écrivez au service qui l’a prise ;",
        "une autre administration.",
    ),
    kind="Votre message est",
    complaint="une réclamation",
    suggestion="une suggestion",
    compliment="un remerciement",
    text="Votre message",
    text_hint="N’écrivez pas de donnée de santé ni de numéro de dossier.",
    reach="Pour vous répondre",
    reach_hint="Sans adresse ni téléphone, votre message est lu et compté, mais personne ne pourra vous répondre.",
    person_name="Nom et prénom",
    email="Adresse électronique",
    phone="Téléphone",
    files="Documents",
    files_hint="PDF, PNG ou JPEG, 5 Mo par document, 5 documents au plus.",
    optional="(facultatif)",
    send="Envoyer",
    error_title="Votre message n’est pas parti",
    missing_text="Écrivez votre message.",
    too_long="Ce champ contient {} caractères : {} au plus. Joignez un document pour en dire davantage.",
    wrong_email="Cette adresse électronique n’est pas complète, par exemple : nom@exemple.fr.",
    too_many="Trop de messages sont partis de votre réseau : réessayez dans une heure. Le vôtre est ci-dessous.",
    thanks="Votre message est enregistré",
    thanks_text="Sa référence est",
    thanks_mail="Un courriel vous la rappelle.",
    thanks_answer="S’il s’agit de votre accueil, la réponse vient en 5 jours ouvrés.",
    thanks_nobody="Vous n’avez pas laissé d’adresse : nous lirons votre message, sans pouvoir vous répondre.",
    follow="Suivre votre demande",
    follow_lead="Donnez la référence reçue et l’adresse électronique que vous aviez indiquée.",
    reference="Référence",
    look="Voir où en est ma demande",
    unknown="Cette référence et cette adresse ne vont pas ensemble. Vérifiez-les.",
    received="Reçue le",
    acknowledged="Accusé de réception le",
    transmitted="Transmise au service compétent",
    answered="Réponse envoyée le",
    awaited="Nous attendons votre réponse à notre question.",
    due="Réponse prévue au plus tard le",
    closed="Votre demande est close.",
    skip="Aller au contenu",
    choose_language="Choisir la langue",
    accessibility="Accessibilité",
    legal="Mentions légales",
    demonstration="Démonstration.",
    invented="Les messages envoyés ici ne sont lus par aucune administration.",
    privacy="Votre nom et votre message sont chiffrés, lus par les seules personnes qui traitent votre demande, "
    "puis effacés. Vous pouvez en demander la copie ou l’effacement.",
    gone="Ce formulaire n’existe pas",
    gone_text="Vérifiez l’adresse, ou passez par le site de la préfecture.",
)
_ENGLISH = Phrases(
    html="en",
    name="English",
    title="A complaint, a suggestion, a thank you",
    lead="Tell us what went wrong, or well, when you were received.",
    handled=(
        "how you were received at the desk, by telephone, by letter or by e-mail;",
        "waiting, appointments, opening hours, premises, the information you were given.",
    ),
    not_handled_title="What this form does not handle",
    not_handled=(
        "how long a document takes (driving licence, residence permit) and the progress of a file;",
        "appeals against a decision: write to the office that made it;",
        "another administration.",
    ),
    kind="Your message is",
    complaint="a complaint",
    suggestion="a suggestion",
    compliment="a thank you",
    text="Your message",
    text_hint="Please write no health data and no file number.",
    reach="So that we can answer",
    reach_hint="Without an address or telephone your message is read and counted, but nobody can answer you.",
    person_name="Name",
    email="E-mail address",
    phone="Telephone",
    files="Documents",
    files_hint="PDF, PNG or JPEG, 5 MB each, 5 documents at most.",
    optional="(optional)",
    send="Send",
    error_title="Your message was not sent",
    missing_text="Write your message.",
    too_long="This field holds {} characters: {} at most. Attach a document to say more.",
    wrong_email="This e-mail address is not complete, for example: name@example.com.",
    too_many="Too many messages came from your network: try again in an hour. What you wrote is below.",
    thanks="Your message is recorded",
    thanks_text="Its reference is",
    thanks_mail="An e-mail reminds you of it.",
    thanks_answer="If it is about how you were received, we answer within 5 working days.",
    thanks_nobody="You left no address: we will read your message but cannot answer you.",
    follow="Follow your request",
    follow_lead="Give the reference you received and the e-mail address you gave.",
    reference="Reference",
    look="See where my request stands",
    unknown="This reference and this address do not go together. Check them.",
    received="Received on",
    acknowledged="Acknowledged on",
    transmitted="Sent to the office in charge",
    answered="Answer sent on",
    awaited="We are waiting for your reply to our question.",
    due="Answer expected by",
    closed="Your request is closed.",
    skip="Skip to content",
    choose_language="Choose the language",
    accessibility="Accessibility",
    legal="Legal notice",
    demonstration="Demonstration.",
    invented="No administration reads the messages sent here.",
    privacy="Your name and message are encrypted, read only by those who handle your request, then erased. You may ask "
    "for a copy or for their erasure.",
    gone="This form does not exist",
    gone_text="Check the address, or go through the website of the préfecture.",
)
_EASY = Phrases(
    **{one.name: getattr(_FRENCH, one.name) for one in fields(Phrases)}
    | {
        "name": "Facile à lire",
        "title": "Écrire à la préfecture",
        "lead": "Vous n’êtes pas content ? Vous avez une idée ? Vous voulez dire merci ? Écrivez ici.",
        "handled": ("comment on vous a reçu ;", "l’attente, les rendez-vous, les heures d’ouverture."),
        "not_handled_title": "Ici, on ne répond pas à ces questions",
        "not_handled": (
            "Quand vais-je avoir ma carte ou mon permis ?",
            "Je ne suis pas d’accord avec une décision.",
            "C’est une autre administration.",
        ),
        "kind": "Votre message, c’est",
        "complaint": "je ne suis pas content",
        "suggestion": "j’ai une idée",
        "compliment": "je dis merci",
        "text_hint": "Ne parlez pas de votre santé.",
        "reach": "Pour avoir une réponse",
        "person_name": "Votre nom",
        "phone": "Votre téléphone",
        "files_hint": "Un fichier PDF ou une photo (PNG ou JPEG). 5 documents, pas plus. 5 Mo par document.",
        "optional": "(si vous voulez)",
        "wrong_email": "L’adresse de courriel n’est pas complète. Exemple : nom@exemple.fr.",
        "too_many": "Trop de messages sont partis d’ici. Attendez une heure. Votre message est en dessous.",
        "thanks": "Nous avons votre message",
        "thanks_text": "Son numéro est",
        "follow": "Où en est mon message ?",
        "follow_lead": "Écrivez le numéro de votre message. Écrivez aussi votre adresse de courriel.",
        "reference": "Le numéro de votre message",
        "look": "Voir où en est mon message",
        "unknown": "Ce numéro et cette adresse ne vont pas ensemble. Vérifiez ce que vous avez écrit.",
        "received": "Nous avons votre message depuis le",
        "acknowledged": "Nous vous avons dit que nous l’avons, le",
        "transmitted": "Un service de la préfecture s’en occupe.",
        "answered": "Nous vous avons répondu le",
        "awaited": "Nous vous avons posé une question. Nous attendons votre réponse.",
        "due": "Vous aurez une réponse au plus tard le",
        "closed": "C’est fini : nous avons traité votre message.",
        "privacy": "Nous gardons secrets votre nom et votre message. Les personnes qui vous répondent les lisent. "
        "Ensuite, nous les effaçons. Vous pouvez demander à les voir, ou à les effacer.",
        "gone": "Cette page n’existe pas",
        "gone_text": "Vérifiez l’adresse. Ou allez sur le site de la préfecture.",
        "too_long": "C’est trop long : {} lettres. Vous pouvez écrire {} lettres.",
        "reach_hint": "Vous voulez une réponse ? Donnez une adresse de courriel ou un téléphone.",
        "files": "Ajouter un document",
        "thanks_mail": "Vous allez recevoir un courriel.",
        "thanks_answer": "Si votre message parle de votre accueil, nous répondons en 5 jours de travail.",
        "email": "Votre adresse de courriel",
        "thanks_nobody": "Vous n’avez pas donné d’adresse. Nous ne pouvons pas répondre.",
    }
)
PHRASES = {FRENCH: _FRENCH, ENGLISH: _ENGLISH, EASY: _EASY}


def phrases_in(language: str) -> Phrases:
    """The words of a language; French for one that is not ours."""
    return PHRASES.get(language, _FRENCH)
