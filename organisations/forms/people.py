"""Forms of accounts and roles."""

from django import forms
from django.utils import timezone

from core.pages.choices import GroupedField
from core.pages.forms import DateField, Form, ModelForm
from organisations.enums import Role
from organisations.forms.choices import by_site
from organisations.forms.units import REASON
from organisations.models import Membership, Unit, User
from organisations.permissions import Permission


class RoleForm(Form):
    """A role in a unit, between two dates."""

    unit = GroupedField(Unit.objects.none(), groups=by_site, label="Unité", help_text="Le rôle vaut aussi en dessous.")
    role = forms.ChoiceField(label="Rôle")
    valid_from = DateField(label="À partir du")
    valid_until = DateField(label="Jusqu’au", required=False, help_text="Obligatoire pour un auditeur.")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        units = user.access.units_with(Permission.ACCOUNT_EDIT)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=units)
        roles = [(role.value, role.label) for role in user.access.grantable_roles()]
        self.fields["role"].choices = [("", "Choisir"), *roles]
        self.fields["valid_from"].initial = timezone.localdate()


class AccountForm(RoleForm):
    """A new account with its first role."""

    email = forms.EmailField(label="Adresse électronique professionnelle", max_length=254)
    first_name = forms.CharField(label="Prénom", max_length=100)
    last_name = forms.CharField(label="Nom", max_length=100)

    field_order = ("email", "first_name", "last_name", "unit", "role", "valid_from", "valid_until")


class AccountEditForm(ModelForm):
    """Name and address of an account."""

    reason = forms.CharField(**REASON)

    class Meta:
        model = User
        fields = ("email", "first_name", "last_name")

    def validate_unique(self):
        """The service says it, with the same words everywhere."""


class EndForm(Form):
    """The last day of a role."""

    on = DateField(label="Dernier jour")
    reason = forms.CharField(**REASON)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()


class NamesForm(Form):
    """From when an auditor reads the names of agents, and what the mandate says of it."""

    on = DateField(label="À partir du")
    reason = forms.CharField(
        label="Ce que dit le mandat",
        max_length=300,
        help_text="Par exemple : « lettre de mission du 12/11/2026 : contrôle nominatif des attestations ».",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()


class DelegationForm(Form):
    """One's own role, lent to a colleague of the same site for an absence."""

    membership = forms.ModelChoiceField(label="Rôle délégué", queryset=Membership.objects.none())
    to = forms.ModelChoiceField(label="À", queryset=User.objects.none(), help_text="Une personne de votre site.")
    valid_from = DateField(label="Du")
    valid_until = DateField(label="Au", help_text="La délégation prend fin d’elle-même ce jour-là.")
    reason = forms.CharField(**REASON)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.fields["membership"].queryset = Membership.objects.delegable_by(user)
        self.fields["membership"].label_from_instance = role_and_unit
        self.fields["to"].queryset = User.objects.colleagues_of(user)


def role_and_unit(membership: Membership) -> str:
    return f"{Role(membership.role).label}, {membership.unit}"
