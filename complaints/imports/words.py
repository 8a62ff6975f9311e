"""The words of tracking tables: channels, natures, scope, themes, states. Expressions on plain words, all of them."""

from complaints.enums import Channel, Nature, Topic

YES, NO = "yes", "no"
OPEN, CLOSED = "open", "closed"

CHANNELS = {
    Channel.LETTER: r"courriers?(?: (?:postal|papier|simple|recommande|rar|lrar|ar))*|lettres?(?: .*)?|"
    r"(?:voie )?postale?|"
    r"papier|poste|lr ?ar|rar",
    Channel.EMAIL: r"(?:courriels?|e ?mails?|mails?|mels?)(?: .*)?|messagerie|bal(?:f| .*)?|boite fonctionnelle|"
    r"(?:courrier|message|adresse) electronique",
    Channel.WEB_FORM: r"formulaires?(?: (?:de contact|en ligne|web|internet|numerique|du site|electronique)(?: .*)?)?|"
    r"(?:site )?internet|site(?: web)?|en ligne|web|teleservice|rubrique contact",
    Channel.URN: r"urnes?(?: .*)?|boites? a (?:idees?|suggestions?|reclamations?)(?: .*)?",
    Channel.DESK: r"guichets?(?: .*)?|accueil(?: physique| general)?|oral(?:e|ement)?|sur place|comptoir|de vive voix|"
    r"verbal(?:e|ement)?|en personne|physique",
    Channel.PHONE: r"telephon(?:e|ique)s?|tel|appels?(?: telephoniques?)?|standard|par telephone",
    Channel.SOCIAL_NETWORK: r"reseaux? sociaux?(?: .*)?|facebook|twitter|instagram|linkedin|messenger",
    Channel.SP_PLUS: r"sp(?: ?plus)?|services? publics?(?: plus)?(?: .*)?|je donne mon avis(?: .*)?|jdma",
    Channel.OTHER: r"autres?(?: canal)?",
}
NATURES = {
    Nature.COMPLAINT: r"reclamations?|plaintes?|recla|rec|r|insatisfactions?|mecontentements?|doleances?",
    Nature.SUGGESTION: r"suggestions?|propositions?|idees?|sug|s|(?:piste|proposition)s? d amelioration",
    Nature.COMPLIMENT: r"felicitations?|remerciements?|compliments?|eloges?|f",
    Nature.INFORMATION_REQUEST: r"(?:demandes? )?(?:(?:d |de )?(?:informations?|renseignements?|"
    r"infos?))(?: generales?)?|di",
}
FEELINGS = {
    Nature.COMPLIMENT: r"positi(?:f|ve|fs|ves)|satisf(?:ait|aite|aisant|aisante)|bien|tres bien|content",
    Nature.COMPLAINT: r"negati(?:f|ve|fs|ves)|insatisf(?:ait|aite|aisant)|mauvais|mal|pas bien|mecontent",
    Nature.SUGGESTION: r"neutres?|mitigee?|moyen",
}
SCOPE = {
    YES: r"oui|o|x|v|vrai|1|true|yes|(?:dans le |dans )?(?:champ|perimetre)|in|recevable|concerne|in scope",
    NO: r"non|n|0|faux|false|no|hors(?: (?:du )?(?:champ|perimetre|qualite))?|hc|hp|irrecevable|"
    r"non (?:recevable|concerne)|"
    r"out|out of scope",
}
OUT = {YES: r"non|n|0|faux|no|dans le champ", NO: r"oui|o|x|v|1|vrai|yes|hors champ|hc"}  # under « Hors champ »
THEMES = {
    Topic.APPOINTMENT: r"(?:difficultes? (?:de |d )?)?(?:prises? (?:de |d )?)?(?:rendez ?vous|rdv|rv)(?: en ligne)?",
    Topic.COURTESY: r"(?:manque de )?(?:courtoisie|amabilite|politesse)(?: .*)?|"
    r"comportement(?: d un agent| de l agent| des agents)?",
    Topic.WAITING: r"(?:temps |delais? )?(?:d )?attente(?: (?:au guichet|a l accueil))?|file(?: d attente)?",
    Topic.PHONE: r"(?:accueil )?telephon(?:e|ique)|standard(?: telephonique)?|svi",
    Topic.WEBSITE: r"site(?: (?:internet|web))?|internet|teleprocedures?|demarches? en ligne",
    Topic.INFORMATION: r"informations?|orientation",
    Topic.SIGNAGE: r"signaletique|affichage",
    Topic.PREMISES: r"locaux|confort|proprete",
    Topic.HOURS: r"horaires?(?: d ouverture)?",
    Topic.ACCESSIBILITY: r"accessibilite|handicap",
    Topic.CONFIDENTIALITY: r"confidentialite",
    Topic.ANSWERS: r"(?:absence de )?reponses?(?: aux (?:courriers|courriels).*)?|non reponse",
    Topic.OTHER: r"autres?|divers",
}
STATES = {
    CLOSED: r"clos(?:e|es|ture)?|cloturee?s?|traitee?s?|terminee?s?|finie?s?|soldee?s?|repondue?s?|fait|"
    r"classee?(?: sans suite)?",
    OPEN: r"(?:en )?(?:cours|attente|instance)(?: .*)?|ouverte?s?|a traiter|rouverte?s?|reouverte?s?|nouveau|"
    r"non traitee?",
}
NOBODY = (
    r"anonymes?|inconnue?s?|non (?:communiquee?s?|renseignee?s?|connue?s?|precisee?s?|identifiee?s?)|nc|nr|"
    r"sans(?: nom)?|"
    r"neant|x+|aucune?|"
)
NOT_DONE = (
    r"non|neant|nc|n|so|s o|sans objet|aucune?|en (?:cours|attente).*|pas (?:de|d|encore).*|inconnue?s?|"
    r"non (?:connue?|communiquee?)|a faire|"
)
DONE = r"oui|o|x|fait|ok|envoyee?|repondue?|vu"
