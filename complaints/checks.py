"""What contradicts itself in the complaints of a site's year, listed before a meeting."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from complaints.models import Complaint
from core.base.registries import ConsistencyCheck, Contradiction, consistency_checks
from core.base.words import counted


def without_news(site, year: int) -> Iterator[Contradiction]:
    """Cases sent to a service whose answer nobody knows; cases late for months."""
    rows = Complaint.objects.filter(site=site).of_year(year)
    url = reverse("complaints:cases")
    if number := rows.transmitted_without_copy().count():
        yield Contradiction(
            f"{counted(number, 'demande transmise', 'demandes transmises')} à un service, sans copie de la réponse : "
            "le taux de réponse les compte en retard.",
            f"{url}?state=transmis&site={site.pk}",
        )
    if number := rows.filter(theme="", theme_words="", in_scope=True).count():
        yield Contradiction(
            f"{counted(number, 'dossier')} de {year} sans thème : le bilan ne dit pas sur quoi.",
            f"{url}?site={site.pk}",
        )
    late = rows.open().filter(answer_by__lt=timezone.localdate(), is_transmitted=False, answered_on__isnull=True)
    if number := late.count():
        yield Contradiction(
            f"{counted(number, 'dossier')} de {year} sans réponse, hors délai.", f"{url}?state=en-retard&site={site.pk}"
        )


def register() -> None:
    consistency_checks.register(
        ConsistencyCheck("complaints_without_news", "Réclamations", without_news, 55, "complaint_view")
    )
