"""Accounts and roles: list, a person's file, open, change, close, invite, give and end a role, delegate."""

from datetime import timedelta

from django.utils import timezone

from core.pages import AddPage, CreatePage, FormPage, HistoryPage, ListPage, PageAction, UpdatePage, VerbPage
from core.pages.detail import ObjectPage
from core.pages.page import link
from organisations.enums import Role
from organisations.filters import AccountFilter
from organisations.forms.people import AccountEditForm, AccountForm, DelegationForm, EndForm, NamesForm, RoleForm
from organisations.models import Membership, Unit, User
from organisations.permissions import Permission
from organisations.services import accounts, memberships, second_factor
from organisations.tables import AccountTable

LIST = [("Comptes", "organisations:accounts")]


class AccountList(ListPage):
    permission = Permission.ACCOUNT_VIEW
    queryset = User.objects.all()
    table_class = AccountTable
    filterset_class = AccountFilter
    title = "Comptes"
    noun = ("compte", "comptes")
    intro = "Ce qu’une personne peut voir et faire vient de ses rôles du jour, sur leur unité et en dessous."
    create_url_name = "organisations:account-create"
    create_permission = Permission.ACCOUNT_EDIT
    create_label = "Ajouter une personne"
    actions = (PageAction("Rôles et droits", "organisations:roles", kind="tertiary"),)

    def get_queryset(self):
        return User.objects.for_list(timezone.localdate())


class AccountCreate(CreatePage):
    """A new person: an account, its first role, an invitation by mail."""

    permission = Permission.ACCOUNT_EDIT
    form_class = AccountForm
    title = "Ajouter une personne"
    breadcrumbs = LIST
    list_url_name = "organisations:accounts"
    detail_url_name = "organisations:person"
    button_label = "Ouvrir le compte"
    intro = "La personne reçoit par courriel un lien, valable sept jours, pour choisir son mot de passe."

    def get_initial(self):
        asked = self.request.GET.get("unite", "").replace("\0", "")  # PostgreSQL refuses even to compare with it
        unit = Unit.objects.visible_to(self.request.user).filter(code=asked).first()
        return {"unit": unit} if unit else {}

    def save_verb(self, form):
        return accounts.open_account(by=self.request.user, **form.cleaned_data)

    def get_success_message(self, saved):
        if saved.has_usable_password():
            return f"{saved} avait déjà un compte : le rôle lui est donné."
        return f"Le compte de {saved} est ouvert, une invitation part par courriel."


class OnPerson(ObjectPage):
    """A page about a person."""

    queryset = User.objects.all()
    detail_url_name = "organisations:person"
    history_url_name = "organisations:person-history"
    history_permission = Permission.ACCOUNT_VIEW
    breadcrumbs = LIST


class PersonPage(OnPerson):
    """Address, roles past and present, last sign-in."""

    permission = Permission.ACCOUNT_VIEW
    template_name = "organisations/person.html"

    def get(self, request, *args, **kwargs):
        person, today = self.object, timezone.localdate()
        roles = person.memberships.visible_to(request.user).select_related("unit", "delegated_from__user")
        may_edit = request.user.can(Permission.ACCOUNT_EDIT) and person != request.user
        return self.render(
            person=person,
            present=roles.not_over(today).order_by("unit__name", "valid_from"),
            past=roles.filter(valid_until__lt=today).order_by("-valid_until"),
            may_edit=may_edit,
            actions=self.get_actions(person) if may_edit else [],
        )

    def get_actions(self, person):
        actions = []
        if person.is_active:
            actions.append(PageAction("Donner un rôle", "organisations:membership-give", kind=""))
        if accounts.manages(self.request.user, person):
            actions += self.managing_actions(person)
        return [action.shown(person.pk) for action in actions]

    def managing_actions(self, person):
        if not person.is_active:
            return [PageAction("Rouvrir le compte", "organisations:person-reopen")]
        invite = PageAction("Renvoyer l’invitation", "organisations:person-invite", method="post")
        factor = PageAction("Retirer le second facteur", "organisations:person-second-factor-remove")
        return [
            PageAction("Modifier", "organisations:person-edit"),
            *([] if person.has_usable_password() else [invite]),
            *([factor] if second_factor.of(person) else []),
            PageAction("Déconnecter", "organisations:person-sign-out"),
            PageAction("Fermer le compte", "organisations:person-close", kind="tertiary"),
        ]


class PersonHistory(OnPerson, HistoryPage):
    permission = Permission.ACCOUNT_VIEW
    hidden_fields = ("is_staff", "is_superuser", "created_at")


class PersonEdit(OnPerson, UpdatePage):
    permission = Permission.ACCOUNT_EDIT
    form_class = AccountEditForm

    def save_verb(self, form):
        return accounts.change_account(self.object, by=self.request.user, **form.cleaned_data)


class PersonClose(OnPerson, VerbPage):
    permission = Permission.ACCOUNT_EDIT
    reason = "required"
    button_label = "Fermer le compte"
    is_danger = True
    consequences = (
        "La personne est déconnectée aussitôt et ses rôles prennent fin.",
        "Ce qu’elle a saisi reste à son nom.",
    )
    success_message = "Le compte est fermé."

    def get_question(self):
        return f"Fermer le compte de {self.object} ?"

    def verb(self, obj, *, reason):
        accounts.close_account(obj, by=self.request.user, reason=reason)


class PersonSignOut(OnPerson, VerbPage):
    permission = Permission.ACCOUNT_EDIT
    reason = "required"
    button_label = "Déconnecter"
    consequences = ("Toutes ses sessions prennent fin, sur tous ses appareils.", "Son compte et ses rôles restent.")
    success_message = "La personne est déconnectée."

    def get_question(self):
        return f"Déconnecter {self.object} partout ?"

    def verb(self, obj, *, reason):
        accounts.end_sessions(obj, by=self.request.user, reason=reason)


class PersonReopen(OnPerson, VerbPage):
    permission = Permission.ACCOUNT_EDIT
    reason = "optional"
    button_label = "Rouvrir le compte"
    explanation = "Ses anciens rôles ne reviennent pas : donnez-lui ceux d’aujourd’hui."
    success_message = "Le compte est rouvert."

    def get_question(self):
        return f"Rouvrir le compte de {self.object} ?"

    def verb(self, obj, *, reason):
        accounts.reopen_account(obj, by=self.request.user, reason=reason)


class PersonInvite(OnPerson, VerbPage):
    permission = Permission.ACCOUNT_EDIT
    is_direct = True
    success_message = "Une invitation part par courriel."

    def verb(self, obj, *, reason):
        accounts.invite_again(obj, by=self.request.user)


class PersonSecondFactorRemove(OnPerson, VerbPage):
    permission = Permission.ACCOUNT_EDIT
    reason = "required"
    button_label = "Retirer le second facteur"
    is_danger = True
    consequences = ("La personne entre par son mot de passe seul, jusqu’à ce qu’elle remette un second facteur.",)
    success_message = "Le second facteur est retiré."

    def get_question(self):
        return f"Retirer le second facteur de {self.object} ?"

    def verb(self, obj, *, reason):
        accounts.take_second_factor_away(obj, by=self.request.user, reason=reason)


class MembershipGive(OnPerson, AddPage):
    permission = Permission.ACCOUNT_EDIT
    form_class = RoleForm
    button_label = "Donner le rôle"
    success_message = "Le rôle est donné."

    def get_title(self):
        return f"Donner un rôle à {self.object}"

    def save_verb(self, form):
        memberships.give(self.object, by=self.request.user, **form.cleaned_data)


class OnMembership(ObjectPage):
    """A page about a role of a person."""

    queryset = Membership.objects.select_related("user", "unit", "delegated_from__user")
    breadcrumbs = LIST

    def get_object_url(self):
        return link("organisations:person", self.object.user_id)

    def get_tabs(self):
        return []


class MembershipEnd(OnMembership, AddPage):
    permission = Permission.ACCOUNT_EDIT
    form_class = EndForm
    button_label = "Mettre fin au rôle"
    success_message = "La fin du rôle est enregistrée."

    def get_title(self):
        return f"Mettre fin au rôle : {self.object}"

    def save_verb(self, form):
        memberships.end(self.object, by=self.request.user, **form.cleaned_data)


class OnAuditor(OnMembership):
    """A page about the role of an auditor."""

    queryset = OnMembership.queryset.filter(role=Role.AUDITOR)


class MembershipNames(OnAuditor, AddPage):
    permission = Permission.ACCOUNT_EDIT
    form_class = NamesForm
    button_label = "Laisser lire les noms"
    intro = (
        "L’auditeur lit les chiffres et les initiales des agents. Si son mandat le prévoit, il lit aussi leurs noms, "
        "leurs fiches, leurs attestations et leurs conventions de tutorat, sans rien pouvoir modifier, jusqu’à la fin "
        "de son accès."
    )
    success_message = "L’auditeur lit les noms des agents à partir du jour donné."

    def get_title(self):
        return f"Noms des agents : {self.object}"

    def save_verb(self, form):
        memberships.open_names(self.object, by=self.request.user, **form.cleaned_data)


class MembershipNamesClose(OnAuditor, VerbPage):
    permission = Permission.ACCOUNT_EDIT
    title = "Initiales seules"
    button_label = "Ne plus montrer les noms"
    reason = "required"
    success_message = "L’auditeur ne lit plus que les initiales."

    def get_question(self):
        return f"Ne plus montrer les noms des agents à {self.object.user} ?"

    def verb(self, obj, *, reason):
        memberships.close_names(obj, by=self.request.user, reason=reason)


class MembershipHistory(OnMembership, HistoryPage):
    permission = Permission.ACCOUNT_VIEW


class Delegate(FormPage):
    """Lend one's own role to a colleague for an absence."""

    permission = Permission.DELEGATE
    form_class = DelegationForm
    title = "Déléguer mon rôle"
    breadcrumbs = [("Mon compte", "organisations:account")]
    intro = (
        "Pendant vos absences, un collègue fait ce que votre rôle permet, sauf donner des rôles ou déléguer à son tour."
    )
    button_label = "Déléguer"
    success_url_name = "organisations:account"
    success_message = "La délégation est enregistrée ; elle prend fin d’elle-même."

    def save_verb(self, form):
        values = dict(form.cleaned_data)
        return memberships.delegate(values.pop("membership"), by=self.request.user, **values)

    def get_cancel_url(self):
        return link("organisations:account")


class DelegationEnd(OnMembership, VerbPage):
    """The head is back: the delegation ends on the day before."""

    permission = Permission.DELEGATE
    breadcrumbs = [("Mon compte", "organisations:account")]
    title = "Mettre fin à la délégation"
    button_label = "Mettre fin à la délégation"
    reason = "optional"
    success_message = "La délégation a pris fin."

    def visible(self):
        units = self.request.user.access.units_with(Permission.DELEGATE)
        return Membership.objects.delegations_in(units).select_related("user", "unit", "delegated_from__user")

    def get_question(self):
        return f"Mettre fin à la délégation de {self.object.user} ?"

    def verb(self, obj, *, reason):
        memberships.end(obj, on=timezone.localdate() - timedelta(days=1), by=self.request.user, reason=reason)

    def get_object_url(self):
        return link("organisations:account")
