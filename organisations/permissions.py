"""What each role may do: the whole table, as code. The page « Rôles et droits » is printed from it."""

from enum import StrEnum

from organisations.enums import Role


class Permission(StrEnum):
    """A right, exercised on the units of the membership that gives it, and on those below."""

    label: str

    def __new__(cls, value: str, label: str):
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    UNIT_VIEW = "unit_view", "Voir les unités"
    UNIT_EDIT = "unit_edit", "Modifier les unités et leurs jours de fermeture"
    ACCOUNT_VIEW = "account_view", "Voir les comptes"
    ACCOUNT_EDIT = "account_edit", "Créer des comptes et donner des rôles"
    DELEGATE = "delegate", "Déléguer son rôle pendant une absence"
    CALENDAR_EDIT = "calendar_edit", "Modifier les jours fériés"
    REFERENTIAL_VIEW = "referential_view", "Voir les référentiels"
    REFERENTIAL_EDIT = "referential_edit", "Modifier les référentiels et le périmètre"
    ACTION_VIEW = "action_view", "Voir les plans d’actions"
    ACTION_EDIT = "action_edit", "Modifier les plans, les constats et les actions"
    ACTION_REPORT = "action_report", "Rendre compte de l’avancement de ses actions"
    ACTION_IMPORT = "action_import", "Importer un plan d’actions"
    INDICATOR_VIEW = "indicator_view", "Voir les indicateurs et les tableaux de bord"
    INDICATOR_EDIT = "indicator_edit", "Modifier le catalogue, les cibles et les affectations"
    VALUE_ENTER = "value_enter", "Saisir les valeurs du mois"
    VALUE_IMPORT = "value_import", "Importer une grille"
    CAMPAIGN_STEER = "campaign_steer", "Relancer, valider et clore un mois"
    DASHBOARD_COMPUTE = "dashboard_compute", "Calculer une édition du tableau de bord"
    SURVEY_VIEW = "survey_view", "Voir les enquêtes et leurs résultats"
    SURVEY_EDIT = "survey_edit", "Préparer, ouvrir et clore une enquête"
    SURVEY_ENTER = "survey_enter", "Saisir les formulaires papier et lancer la tablette"
    SURVEY_IMPORT = "survey_import", "Importer un fichier d’enquête"
    COMPLAINT_VIEW = "complaint_view", "Voir les réclamations, sans le nom des personnes"
    COMPLAINT_REGISTER = "complaint_register", "Enregistrer une réclamation et compter les remarques orales"
    COMPLAINT_IDENTITY = "complaint_identity", "Voir qui a écrit et ce qui est écrit"
    COMPLAINT_REPLY = "complaint_reply", "Trier une réclamation, la transmettre et y répondre"
    COMPLAINT_EDIT = "complaint_edit", "Régler les délais, les modèles, les boîtes aux lettres ; effacer une personne"
    COMPLAINT_IMPORT = "complaint_import", "Importer un registre de réclamations ou un bâtonnage"
    TRAINING_COUNT = "training_count_view", "Voir les chiffres de la formation et du tutorat"
    TRAINING_VIEW = "training_view", "Voir les agents, leurs formations et leurs tutorats"
    TRAINING_INITIALS = "training_initials_view", "Voir le suivi des formations, initiales seules"
    TRAINING_EDIT = "training_edit", "Tenir les postes, les formations et les tutorats des agents"
    TRAINING_MANAGE = "training_manage", "Importer le suivi, tenir les sessions, les inscriptions et les règles"
    TRAINING_WORDS = "training_words", "Écrire le modèle de la convention de tutorat"
    REPORT_VIEW = "report_view", "Voir et télécharger le bilan"
    REPORT_RENDER = "report_render", "Produire le PDF du bilan"
    REPORT_EDIT = "report_edit", "Rédiger, sceller et publier le bilan"
    REPORT_VALIDATE = "report_validate", "Valider une édition du bilan"
    REPORT_READ = "report_published_view", "Lire le bilan publié à son intention"
    AUDIT_VIEW = "audit_view", "Voir les labels et les audits"
    AUDIT_EDIT = "audit_edit", "Tenir les labels, les audits et le registre documentaire"
    AUDIT_IMPORT = "audit_import", "Importer une grille d’audit ou un registre documentaire"
    DOCUMENT_VIEW = "document_view", "Voir le registre documentaire"
    DOCUMENT_CHECK = "document_check", "Dire qu’un document est vu et à jour"
    COMMITTEE_VIEW = "committee_view", "Voir les instances (CLU, COPIL), leurs membres et leurs réunions"
    COMMITTEE_EDIT = "committee_edit", "Tenir les instances, leurs réunions et leurs comptes rendus"
    HISTORY_VIEW = "history_view", "Voir l’historique"
    JOB_VIEW = "job_view", "Suivre ses travaux"


P = Permission
_READ = {P.UNIT_VIEW, P.REFERENTIAL_VIEW, P.ACTION_VIEW, P.INDICATOR_VIEW, P.SURVEY_VIEW, P.JOB_VIEW}
_READ |= {P.AUDIT_VIEW, P.DOCUMENT_VIEW}
_READ |= {P.COMMITTEE_VIEW, P.COMPLAINT_VIEW, P.REPORT_READ}
_ANSWER = {P.COMPLAINT_REGISTER, P.COMPLAINT_IDENTITY, P.COMPLAINT_REPLY}
_REFERENT = _READ | {
    P.AUDIT_EDIT,
    P.AUDIT_IMPORT,
    P.DOCUMENT_CHECK,
    P.UNIT_EDIT,
    P.ACCOUNT_VIEW,
    P.ACCOUNT_EDIT,
    P.DELEGATE,
    P.CALENDAR_EDIT,
    P.REFERENTIAL_EDIT,
    P.INDICATOR_EDIT,
    P.ACTION_EDIT,
    P.ACTION_REPORT,
    P.ACTION_IMPORT,
    P.VALUE_ENTER,
    P.VALUE_IMPORT,
    P.CAMPAIGN_STEER,
    P.DASHBOARD_COMPUTE,
    P.SURVEY_EDIT,
    P.SURVEY_ENTER,
    P.SURVEY_IMPORT,
    P.TRAINING_COUNT,
    P.TRAINING_VIEW,
    P.TRAINING_INITIALS,
    P.TRAINING_WORDS,
    P.REPORT_VIEW,
    P.REPORT_RENDER,
    P.REPORT_EDIT,
    P.COMMITTEE_EDIT,
    P.HISTORY_VIEW,
}
_REFERENT |= _ANSWER | {P.COMPLAINT_EDIT, P.COMPLAINT_IMPORT}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.QUALITY_REFERENT: frozenset(_REFERENT),
    Role.DEPUTY_REFERENT: frozenset(_REFERENT - {P.ACCOUNT_EDIT, P.DELEGATE}),
    Role.HEAD_OF_SERVICE: frozenset(
        _READ
        | _ANSWER
        | {P.ACTION_REPORT, P.VALUE_ENTER, P.DELEGATE, P.DOCUMENT_CHECK, P.HISTORY_VIEW}
        | {P.TRAINING_COUNT, P.TRAINING_VIEW, P.TRAINING_EDIT}
    ),
    Role.CONTRIBUTOR: frozenset(_READ | _ANSWER | {P.ACTION_REPORT, P.VALUE_ENTER, P.DOCUMENT_CHECK, P.HISTORY_VIEW}),
    Role.RECEPTION_AGENT: frozenset(
        {
            P.UNIT_VIEW,
            P.SURVEY_VIEW,
            P.SURVEY_ENTER,
            P.JOB_VIEW,
            P.COMPLAINT_VIEW,
            P.COMPLAINT_REGISTER,
            P.DOCUMENT_VIEW,
            P.DOCUMENT_CHECK,
            P.REPORT_READ,
        }
    ),
    Role.MANAGEMENT: frozenset(
        _READ | {P.TRAINING_COUNT, P.REPORT_VIEW, P.REPORT_RENDER, P.REPORT_VALIDATE, P.HISTORY_VIEW}
    ),
    Role.TRAINING_MANAGER: frozenset(
        {P.UNIT_VIEW, P.TRAINING_COUNT, P.TRAINING_VIEW, P.TRAINING_EDIT, P.TRAINING_MANAGE, P.JOB_VIEW, P.REPORT_READ}
        | {P.TRAINING_WORDS}
    ),
    Role.AUDITOR: frozenset(_READ | {P.TRAINING_COUNT, P.TRAINING_INITIALS, P.REPORT_VIEW, P.HISTORY_VIEW}),
    Role.TECHNICAL_ADMIN: frozenset({P.UNIT_VIEW, P.UNIT_EDIT, P.ACCOUNT_VIEW, P.ACCOUNT_EDIT, P.JOB_VIEW}),
}

# A delegation ends by itself: it must not leave rights behind it.
NOT_DELEGATED = frozenset({P.ACCOUNT_EDIT, P.DELEGATE})

# What is of human resources alone: a référent who names the heads of service does not hold it for that.
HR_ONLY = frozenset({P.TRAINING_EDIT, P.TRAINING_MANAGE})

# What the direction alone says: who writes the bilan and names the direction does not validate it.
DIRECTION_ONLY = frozenset({P.REPORT_VALIDATE})

# What the mandate of an auditor may add to the role: the agents by their names, read only.
MANDATE_MORE = frozenset({P.TRAINING_VIEW})

# Who may give which role, on the units where the giver's own role holds. Never to oneself (`rules.roles`).
GRANTABLE_ROLES: dict[Role, frozenset[Role]] = {
    Role.QUALITY_REFERENT: frozenset(Role) - {Role.TECHNICAL_ADMIN},
    Role.TECHNICAL_ADMIN: frozenset(Role),
}


def roles_with(permission: Permission) -> list[Role]:
    """The roles that hold a permission, in the order of `Role`."""
    return [role for role in Role if permission in ROLE_PERMISSIONS[role]]
