"""How this installation names itself. A demonstration never poses as a site of the State."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class ServiceIdentity:
    """What the header and the page titles say."""

    name: str
    title: str
    is_demo: bool
    brand: tuple[str, ...]


def service_identity() -> ServiceIdentity:
    """The brand block is for the sites of the State that ask for it by `SITE_BRAND`, and never for a demonstration."""
    lines = settings.SITE_BRAND.split("|")
    return ServiceIdentity(
        name="qualepref",
        title="Qualité en préfecture",
        is_demo=settings.DEMO,
        brand=() if settings.DEMO else tuple(line for line in lines if line),
    )
