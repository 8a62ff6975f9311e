"""The unit tree, the people and their roles, and the closed days of a site."""

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from tree_queries.models import TreeNode

from core.models import AbstractImport, HolidayZone
from core.record import history
from organisations.access import Access, Grant
from organisations.enums import SITE_KINDS, Role, UnitKind
from organisations.permissions import Permission
from organisations.querysets import MembershipQuerySet, UnitQuerySet, UserQuerySet
from organisations.scope import Own, Scope, ScopedQuerySet


class Unit(TreeNode):
    """A préfecture, sous-préfecture, direction, service or bureau."""

    code = models.SlugField("code", max_length=60, unique=True)
    sigle = models.CharField("sigle", max_length=30, blank=True)
    name = models.CharField("nom", max_length=200)
    kind = models.CharField("nature", max_length=20, choices=UnitKind)
    active_from = models.DateField("active depuis", default=date(2000, 1, 1))
    active_until = models.DateField("active jusqu’au", null=True, blank=True)
    holiday_zone = models.ForeignKey(
        HolidayZone, models.PROTECT, null=True, blank=True, related_name="units", verbose_name="zone de jours fériés"
    )
    position = models.PositiveIntegerField("rang", default=0)
    history = history.records()

    objects = UnitQuerySet.as_manager()
    scope = Scope(Permission.UNIT_VIEW, unit="pk")

    class Meta:
        verbose_name = "unité"
        verbose_name_plural = "unités"
        ordering = ("position", "code")

    def __str__(self):
        return self.name

    @property
    def is_site(self) -> bool:
        return self.kind in SITE_KINDS

    @cached_property
    def site(self) -> "Unit":
        """The nearest préfecture or sous-préfecture at or above this unit."""
        unit = self
        while not unit.is_site and unit.parent is not None:
            unit = unit.parent
        return unit


class ClosedDay(models.Model):
    """A day on which one site is closed besides public holidays (pont, travaux…)."""

    site = models.ForeignKey(Unit, models.CASCADE, related_name="closed_days", verbose_name="site")
    date = models.DateField("date")
    label = models.CharField("raison", max_length=100)
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope(Permission.UNIT_VIEW)

    class Meta:
        verbose_name = "jour de fermeture"
        verbose_name_plural = "jours de fermeture"
        ordering = ("date",)
        constraints = (models.UniqueConstraint(fields=["site", "date"], name="closed_day_once_per_site"),)

    def __str__(self):
        return f"{self.label} ({self.date:%d/%m/%Y})"


class ClosedDayImport(AbstractImport):
    """A table of closed days sent for a site."""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="closed_day_imports", verbose_name="site")
    history = history.records(excluded_fields=["preview", "shown"])

    objects = ScopedQuerySet.as_manager()
    scope = Scope(Permission.UNIT_VIEW)

    class Meta:
        verbose_name = "import de jours de fermeture"
        verbose_name_plural = "imports de jours de fermeture"
        ordering = ("-sent_at",)


class DirectoryImport(AbstractImport):
    """A table of services and people sent for a site."""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="directory_imports", verbose_name="site")
    history = history.records(excluded_fields=["preview", "shown"])

    objects = ScopedQuerySet.as_manager()
    scope = Scope(Permission.ACCOUNT_VIEW)

    class Meta:
        verbose_name = "import de services et de personnes"
        verbose_name_plural = "imports de services et de personnes"
        ordering = ("-sent_at",)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Users are known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account; what they may do comes from their memberships alone."""

    email = models.EmailField("adresse électronique", unique=True)
    first_name = models.CharField("prénom", max_length=100)
    last_name = models.CharField("nom", max_length=100)
    is_active = models.BooleanField("compte actif", default=True)
    is_staff = models.BooleanField("accès à l’administration technique", default=False)
    created_at = models.DateTimeField("créé le", auto_now_add=True)
    rights_version = models.PositiveIntegerField("changements de droits", default=0, editable=False)
    history = history.records(excluded_fields=["password", "last_login", "rights_version"])

    objects = UserManager()
    scope = Scope(Permission.ACCOUNT_VIEW, unit="memberships__unit", own=Own(lambda user: models.Q(pk=user.pk)))
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ("first_name", "last_name")

    class Meta:
        verbose_name = "compte"
        verbose_name_plural = "comptes"
        ordering = ("last_name", "first_name")

    def __str__(self):
        return self.get_full_name()

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email

    def get_short_name(self) -> str:
        return self.first_name or self.email

    @property
    def role_sentence(self) -> str:
        """The roles in force or to come in words, from `User.objects.for_list`."""
        return ", ".join(f"{m.get_role_display()} ({m.unit})" for m in self.present_memberships)

    @property
    def role_names(self) -> str:
        """The names of all the roles, each once."""
        return ", ".join(dict.fromkeys(m.get_role_display() for m in self.memberships.all()))

    @cached_property
    def access(self) -> Access:
        """The rights of today, in two queries; cached for the life of this instance, that is one request."""
        today = timezone.localdate()
        memberships = list(self.memberships.in_force(today)) if self.is_active else []
        below = Unit.objects.ids_below_each(m.unit_id for m in memberships)
        return Access(
            [
                Grant(Role(m.role), below[m.unit_id], m.delegated_from_id is not None, m.unit_id, m.reads_names(today))
                for m in memberships
            ],
            on=today,
        )

    def sites_with(self, permission: Permission) -> set[int]:
        """Identifiers of the sites that the permission covers, and of the site of each service in which it is held.

        For what belongs to a site and concerns all its services; kept for the life of this instance.
        """
        roots = frozenset(self.access.roots_with(permission))
        if roots not in self._sites_of:
            self._sites_of[roots] = Unit.objects.site_ids_of(roots)
        return self._sites_of[roots] | self.access.units_with(permission)

    @cached_property
    def _sites_of(self) -> dict[frozenset[int], set[int]]:
        return {}

    def can(self, permission: Permission, unit_id: int | None = None) -> bool:
        return self.access.can(permission, unit_id)


class Membership(models.Model):
    """A role of a person in a unit and all below it, between two dates.

    `names_from`: the day from which the mandate of an auditor lets the names of agents be read, and why.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name="personne")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships", verbose_name="unité")
    role = models.CharField("rôle", max_length=20, choices=Role)
    valid_from = models.DateField("depuis le")
    valid_until = models.DateField("jusqu’au", null=True, blank=True)
    delegated_from = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="delegations", verbose_name="délégation de"
    )
    names_from = models.DateField("noms des agents lisibles depuis le", null=True, blank=True)
    names_reason = models.CharField("ce que dit le mandat", max_length=300, blank=True)
    history = history.records()

    objects = MembershipQuerySet.as_manager()
    scope = Scope(Permission.ACCOUNT_VIEW, unit="unit", own=Own(lambda user: models.Q(user=user)))

    class Meta:
        verbose_name = "rôle"
        verbose_name_plural = "rôles"
        ordering = ("user", "-valid_from")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=models.F("valid_from")),
                name="membership_dates_in_order",
            ),
            models.CheckConstraint(
                condition=~models.Q(role="auditor") | models.Q(valid_until__isnull=False),
                name="membership_auditor_has_an_end",
            ),
            models.CheckConstraint(
                condition=models.Q(delegated_from__isnull=True) | models.Q(valid_until__isnull=False),
                name="membership_delegation_has_an_end",
            ),
            models.CheckConstraint(
                condition=models.Q(names_from__isnull=True, names_reason="")
                | (models.Q(role="auditor", names_from__isnull=False) & ~models.Q(names_reason="")),
                name="membership_names_for_an_auditor_and_a_reason",
            ),
        )

    def __str__(self):
        return f"{self.user} : {self.get_role_display()}, {self.unit}"

    def reads_names(self, on: date) -> bool:
        """Whether the mandate lets the names of agents be read that day."""
        return self.names_from is not None and self.names_from <= on


class SecondFactor(models.Model):
    """The telephone that gives a person's codes, its secret under the key of the installation, and the codes of help.

    Without history: who turned it on or off, and when, is written in that of the account.
    """

    user = models.OneToOneField(User, models.CASCADE, related_name="second_factor", verbose_name="compte")
    wrapped_secret = models.BinaryField("secret chiffré")
    confirmed_at = models.DateTimeField("mis en service le", null=True)
    last_step = models.BigIntegerField("dernier code servi", default=0)
    codes = models.JSONField("empreintes des codes de secours", default=list)

    class Meta:
        verbose_name = "second facteur"
        verbose_name_plural = "seconds facteurs"

    def __str__(self):
        return f"second facteur de {self.user}"


class OutsideIdentity(models.Model):
    """How an identity provider (ProConnect) names a person: `sub` never changes, an address may."""

    user = models.ForeignKey(User, models.CASCADE, related_name="outside_identities", verbose_name="compte")
    issuer = models.CharField("fournisseur", max_length=200)
    sub = models.CharField("identifiant chez lui", max_length=255)
    linked_at = models.DateTimeField("rattaché le", auto_now_add=True)

    class Meta:
        verbose_name = "identité extérieure"
        verbose_name_plural = "identités extérieures"
        constraints = (models.UniqueConstraint(fields=["issuer", "sub"], name="outside_identity_once"),)

    def __str__(self):
        return f"{self.user} chez {self.issuer}"
