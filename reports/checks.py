"""What a year lacks, read across the applications: a CLU, the answers of services to what was sent to them."""

from collections import defaultdict
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from audits.models import Label
from clu.enums import CommitteeKind
from clu.models import Committee, Meeting
from complaints.models import Complaint
from core.base.registries import ConsistencyCheck, Contradiction, consistency_checks
from indicators.models import Reading
from organisations.models import Unit

CLU = (CommitteeKind.CLU, CommitteeKind.CLAC)


def year_without_clu(site: Unit, year: int) -> Iterator[Contradiction]:
    """A year of a site that follows its quality, without any CLU (Aix, 2020); of the year under way, none planned."""
    if year > timezone.localdate().year or not _follows_quality(site, year):
        return
    if not Meeting.objects.filter(committee__site=site, committee__kind__in=CLU, held_on__year=year).exists():
        yet = "n’est prévu" if year == timezone.localdate().year else "ne s’est tenu"
        committee = Committee.objects.filter(site=site, kind__in=CLU).order_by("pk").first()
        url = reverse("clu:committee", args=[committee.pk]) if committee else reverse("clu:committees")
        yield Contradiction(f"Aucun CLU {yet} en {year} : il se réunit au moins une fois par an.", url, about="CLU")


def silent_services(site: Unit, year: int) -> Iterator[Contradiction]:
    """A service that never sent its answer to the complaints transmitted to it in the year."""
    rows = Complaint.objects.filter(site=site, is_transmitted=True, received_on__year=year)
    by_service: dict[str, list[Complaint]] = defaultdict(list)
    for complaint in rows.select_related("transmitted_to").order_by("pk"):
        by_service[complaint.transmitted_label].append(complaint)
    for service, several in sorted(by_service.items()):
        if service and not any(complaint.answered_on for complaint in several):
            number = len(several)
            what = f"{number} demandes transmises" if number > 1 else "la demande transmise"
            yield Contradiction(f"« {service} » n’a fait connaître aucune réponse à {what} en {year}.", about=service)


def _follows_quality(site: Unit, year: int) -> bool:
    """Whether the site has a CLU, a label, or figures of the year."""
    return (
        Committee.objects.filter(site=site, kind__in=CLU).exists()
        or Label.objects.filter(site=site, obtained_on__year__lte=year).exists()
        or Reading.objects.filter(site=site, year=year, measured_months__gt=0).exists()
    )


def register() -> None:
    """Register the checks."""
    for code, title, run, position, permission in (
        ("clu_missing", "Réunion annuelle du CLU", year_without_clu, 220, "committee_view"),
        ("complaints_unanswered", "Services qui ne répondent pas", silent_services, 230, "complaint_view"),
    ):
        consistency_checks.register(ConsistencyCheck(code, title, run, position, permission, is_omission=True))
