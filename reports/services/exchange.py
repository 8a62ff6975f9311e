"""The exchange file: written for a site's year, read from another installation, refused when altered or supplanted."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from core.base.digests import digest_of_chunks
from core.base.errors import UserError
from core.record import history
from organisations.enums import SITE_KINDS
from organisations.models import Unit
from reports import results
from reports.models import AnnualReport, ForeignYear
from reports.rules import exchange
from reports.rules.exchange import NO_FILE

ANOTHER_KEY = "« {} » signe d’habitude d’une autre clé ({}). Demandez-lui au téléphone l’empreinte de celle-ci : {}."


def write(report: AnnualReport, *, is_named: bool) -> bytes:
    """The measured figures of a site's year, those of a préfecture with its sous-préfectures, signed by the key of this
    installation. UserError where there are none."""
    site, year = report.site, report.year
    figures = [
        {
            "indicator": one.indicator.code,
            "label": one.indicator.label,
            "measure": str(one.indicator.measure),
            "value": str(one.value.normalize()),
            "months": one.months,
            "sites": one.sites,
            "all_sites": one.all_sites,
        }
        for one in sorted(results.figures_of([site], year), key=lambda one: one.indicator.code)
    ]
    if not figures:
        raise UserError(f"Aucun indicateur n’est mesuré en {year} : il n’y a rien à échanger.")
    told = {
        "code": site.code,
        "name": site.name,
        "kind": str(site.kind),
        "year": year,
        "is_named": is_named,
        "written_at": timezone.now().isoformat(),
        "figures": figures,
    }
    return exchange.signed(told, settings.SECRET_KEY)


@transaction.atomic
def read(content: bytes, *, by) -> ForeignYear:
    """Keep what the file of another installation says, in place of an older one of the same site and year."""
    found = exchange.read(content)
    told = found.told
    written_at = parse_datetime(told["written_at"])
    if written_at is None or written_at.tzinfo is None or told["kind"] not in SITE_KINDS:
        raise UserError(NO_FILE, field="file")
    if Unit.objects.filter(code=told["code"], kind__in=SITE_KINDS).exists():
        raise UserError(f"« {told['name']} » est tenu ici : ses chiffres y sont déjà.", field="file")
    _refuse_another_key(told, found.key)
    row = ForeignYear.objects.filter(code=told["code"], year=told["year"]).first() or ForeignYear()
    if row.pk and row.written_at > written_at:
        raise UserError("Un fichier plus récent de ce site et de cette année est déjà lu.", field="file")
    row.code, row.name, row.kind, row.year = told["code"][:60], told["name"][:200], told["kind"], told["year"]
    row.is_named, row.key, row.figures = told["is_named"], found.key, told["figures"]
    row.written_at, row.digest, row.read_by = written_at, digest_of_chunks([content]), by
    history.save(row, by=by)
    return row


def own_fingerprint() -> str:
    """What this installation reads by telephone to who receives its files."""
    return exchange.fingerprint(exchange.public_key(settings.SECRET_KEY))


def _refuse_another_key(told, key: str) -> None:
    known = ForeignYear.objects.filter(code=told["code"]).exclude(key=key).values_list("key", flat=True).first()
    if known:
        words = ANOTHER_KEY.format(told["name"], exchange.fingerprint(known), exchange.fingerprint(key))
        raise UserError(words, field="file")
