"""What a person may choose: the sites they run, the services of a site, the engagements in force."""

from django.utils import timezone

from organisations.models import Unit
from organisations.permissions import Permission
from referential.models import Engagement

REASON = {
    "label": "Raison du changement",
    "required": False,
    "max_length": 500,
    "help_text": "Gardée dans l’historique.",
}


def sites_with(user, permission: Permission = Permission.AUDIT_EDIT):
    """The sites where the person holds the permission."""
    sites = Unit.objects.sites().filter(pk__in=user.access.units_with(permission))
    return sites.order_by("position", "code")


def sites_seen(user, permission: Permission):
    """The sites whose things the person reads: those they hold, and those of their services."""
    return Unit.objects.sites().filter(pk__in=user.sites_with(permission)).order_by("position", "code")


def units_of(site):
    """The units of the préfecture of a site."""
    root = site.ancestors(include_self=True).first() or site
    return Unit.objects.filter(pk__in=Unit.objects.ids_below(root.pk)).order_by("position", "code")


def engagements_in_force():
    """Engagements of the referentials in force today, in their order."""
    today = timezone.localdate()
    rows = Engagement.objects.filter(module__referential__in_force_from__lte=today)
    rows = rows.exclude(module__referential__in_force_until__lt=today).select_related("module__referential")
    return rows.order_by("module__referential", "module__position", "position", "pk")


def named_with_referential(engagement: Engagement) -> str:
    """« Qual-e-Pref · E10 – Un accueil téléphonique attentif »."""
    return f"{engagement.module.referential} · {engagement}"
