"""The words of tracking tables: channels, natures, scope, themes, states. Expressions on plain words, all of them."""

from complaints.enums import Channel, Nature, Outcome, OutOfScope, Topic

YES, NO = "yes", "no"
OPEN, CLOSED = "open", "closed"

# What may follow a channel: anything but another one, since « courriel et courrier » is a question.
_REST = (
    r"(?: (?!.*\b(?:courriers?|lettres?|courriels?|mails?|telephon|tel|appels?|urne|guichet|oral|formulaire|facebook)"
    r").*)?"
)
_ONLINE = r"(?:numeriques?|en ligne|virtuels?|electroniques?|internet)"
CHANNELS = {
    Channel.LETTER: r"courriers?(?: (?:postal|papier|simple|recommande|rar|lrar|ar))*|"
    rf"lettres?{_REST}|(?:voie )?postale?|papier|poste|lr ?ar|rar",
    Channel.EMAIL: rf"(?:courriels?|e ?mails?|mails?|mels?){_REST}|messagerie|bal(?:f|{_REST})|boite fonctionnelle|"
    r"(?:courrier|message|adresse) electronique",
    Channel.WEB_FORM: rf"guichets? {_ONLINE}|"
    r"formulaires?(?: (?:de contact|en ligne|web|internet|numerique|du site|electronique))*|"
    r"(?:site )?internet|site(?: web)?|en ligne|web(?: form)?|teleservice|rubrique contact|online form",
    Channel.URN: rf"urnes?{_REST}|boites? a (?:idees?|suggestions?|reclamations?){_REST}",
    Channel.DESK: rf"guichets?(?! {_ONLINE}){_REST}|accueil(?: physique| general)?|"
    r"oral(?:e|ement)?|sur place|comptoir|de vive voix|verbal(?:e|ement)?|en personne|physique|front desk",
    Channel.PHONE: r"telephon(?:e|ique)s?|tel|appels?(?: telephoniques?)?|standard|par telephone|phone(?: call)?",
    Channel.SOCIAL_NETWORK: rf"reseaux? sociaux?{_REST}|facebook|twitter|instagram|linkedin|messenger|"
    r"social (?:media|network)",
    Channel.SP_PLUS: rf"sp(?: ?plus)?|services? publics?(?: plus)?{_REST}|je donne mon avis{_REST}|jdma",
    Channel.OTHER: r"autres?(?: canal)?",
}
NATURES = {
    Nature.COMPLAINT: r"reclamations?(?: (?:ecrite|orale)s?)?|plaintes?|recla|rec|r|insatisfactions?|mecontentements?|"
    r"doleances?",
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
OUT = {  # under « Hors champ »
    YES: r"non|n|0|faux|no|dans le (?:champ|perimetre)",
    NO: r"oui|o|x|v|1|vrai|yes|hors (?:champ|perimetre)|hc|hp",
    OutOfScope.ISSUING_DELAY: r"delais?(?: (?:de |d )(?:delivrance|fabrication|instruction|traitement)(?: .*)?)?",
    OutOfScope.INDIVIDUAL_FILE: r"(?:dossier|situation)s?(?: individuel(?:le)?s?)?|suivi (?:de |d un )dossier",
    OutOfScope.APPEAL: r"recours(?: .*)?|contestations?(?: .*)?",
    OutOfScope.OTHER_ADMINISTRATION: r"autres? (?:administration|service|organisme|prefecture)s?(?: .*)?|incompetence",
    OutOfScope.OTHER: r"autres?(?: raison)?",
}
LOCAL_AUTHORITY = (
    r"(?:collectivites?|communes?|mairies?|maires?|elue?s?|epci|communautes? .*|departements?|regions?)(?: .*)?"
)
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
_FOUNDED = r"(?:bien )?(?:fondee?|justifiee?|averee?)s?"
OUTCOMES = {
    Outcome.FOUNDED: rf"{_FOUNDED}|(?:accueillie?|acceptee?)s?",
    Outcome.PARTLY: rf"(?:partiellement|en partie) {_FOUNDED}|{_FOUNDED} (?:partiellement|en partie)|partiel(?:le)?",
    Outcome.UNFOUNDED: rf"(?:non|pas) {_FOUNDED}|(?:infondee?|injustifiee?|rejetee?)s?",
    Outcome.REDIRECTED: r"(?:hors champ )?(?:redirigee?|reorientee?|transferee?)s?(?: .*)?",
    Outcome.SETTLED_AT_DESK: r"(?:resolue?|reglee?|traitee?)s? (?:a l accueil|sur place|au guichet|immediatement)",
    Outcome.NO_FURTHER: r"(?:classee?s? )?sans suites?|abandonnee?s?",
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
