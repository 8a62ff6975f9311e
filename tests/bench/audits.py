"""330 sites, 10,000 documents, a label, an audit and a committee each: the lists, what is due, the state of labels.

Run by tests/bench/run.py in a process of its own, on a database of one site filled by `seed_national`.
"""

import io
import json
import random
import sys
from datetime import date, timedelta

from tests.bench.timing import fetch, measured

SITES, DOCUMENTS, TODAY = 330, 10_000, date(2026, 11, 30)
DOCUMENTS_SQL = """
SELECT d.*, u.name FROM audits_document d JOIN organisations_unit u ON u.id = d.site_id
WHERE d.withdrawn_on IS NULL ORDER BY d.title LIMIT 25
"""
DUE_SQL = "SELECT * FROM audits_document WHERE site_id = %(site)s AND withdrawn_on IS NULL"
LABELS_SQL = """
SELECT l.*, u.name FROM audits_label l JOIN organisations_unit u ON u.id = l.site_id ORDER BY u.name LIMIT 25
"""
COMMITTEES_SQL = "SELECT c.*, u.name FROM clu_committee c JOIN organisations_unit u ON u.id = c.site_id LIMIT 25"


def fill() -> dict:
    """The sites with what the label lives of, drawn the same at each run; one person reads them all."""
    from audits.enums import DocumentKind
    from audits.models import Document, DocumentEngagement, Label
    from clu.models import Committee, Mandate, Meeting, Member
    from organisations.enums import Role
    from organisations.models import Membership, Unit, User
    from referential.models import Engagement

    first, by = Unit.objects.get(code="p0"), User.objects.get(email="rq@mesures.invalid")
    sites = [first, *_sites(first)]
    engagement, draw = Engagement.objects.order_by("pk").first(), random.Random(SITES)
    reader = User.objects.create(email="lecteur@mesures.invalid")
    Membership.objects.bulk_create(
        Membership(user=reader, unit=site, role=Role.QUALITY_REFERENT, valid_from=date(2020, 1, 1)) for site in sites
    )
    documents = Document.objects.bulk_create(
        Document(
            site=sites[number % SITES],
            title=f"Document {number:05d}",
            kind=draw.choice(list(DocumentKind)),
            checked_on=TODAY - timedelta(days=draw.randrange(700)),
            period_months=12,
        )
        for number in range(DOCUMENTS)
    )
    DocumentEngagement.objects.bulk_create(
        DocumentEngagement(document=one, engagement=engagement) for one in documents[::2]
    )
    version = engagement.module.referential
    Label.objects.bulk_create(
        Label(site=site, referential=version, obtained_on=TODAY - timedelta(days=draw.randrange(1500)))
        for site in sites
    )
    committees = Committee.objects.bulk_create(Committee(site=site, kind="clu") for site in sites)
    members = Member.objects.bulk_create(
        Member(committee=one, organisation=f"Organisme {rank}", position=rank)
        for one in committees
        for rank in range(12)
    )
    Mandate.objects.bulk_create(
        Mandate(member=one, holder="Mme Martin", starts_on=date(2024, 1, 1), ends_on=date(2027, 1, 1))
        for one in members
    )
    Meeting.objects.bulk_create(Meeting(committee=one, held_on=TODAY + timedelta(days=20)) for one in committees)
    return {"site": first.pk, "code": first.code, "user": by, "reader": reader, "committee": committees[0].pk,
            "document": documents[0].pk}  # fmt: skip


def _sites(first) -> list:
    """As many sites as the country has, beside the first."""
    from organisations.enums import UnitKind
    from organisations.models import Unit

    return [
        Unit.objects.create(
            code=f"m{number}", name=f"Préfecture {number}", kind=UnitKind.PREFECTURE, holiday_zone=first.holiday_zone
        )
        for number in range(1, SITES)
    ]


def measure() -> list[dict]:
    """One row per page or command: milliseconds, those of the raw SQL, queries."""
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    where = fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    def page(url: str, who: str = "reader"):
        client = Client(SERVER_NAME="localhost")
        client.force_login(where[who])

        def get() -> None:
            assert client.get(url).status_code == 200

        return get

    def command(name: str, **options):
        return lambda: call_command(name, format="json", stdout=io.StringIO(), **options)

    def sql(text: str):
        return lambda: fetch(text, where)

    documents, code = reverse("audits:documents"), where["code"]
    return [
        measured("Registre de 330 sites (25 sur 10 000)", page(documents), sql(DOCUMENTS_SQL)),
        measured("Registre, une recherche", page(f"{documents}?q=Document+00777"), sql(DOCUMENTS_SQL)),
        measured("Registre d’un site", page(documents, "user"), sql(DUE_SQL)),
        measured("Un document", page(reverse("audits:document", args=[where["document"]])), sql(DUE_SQL)),
        measured("Labels de 330 sites", page(reverse("audits:labels")), sql(LABELS_SQL)),
        measured("Répétition d’audit", page(reverse("audits:rehearsal"), "user"), sql(DUE_SQL)),
        measured("Instances de 330 sites", page(reverse("clu:committees")), sql(COMMITTEES_SQL)),
        measured("Une instance et ses mandats", page(reverse("clu:committee", args=[where["committee"]])),
                 sql(COMMITTEES_SQL)),
        measured("Accueil d’un site", page("/", "user"), sql(DUE_SQL)),
        measured("Accueil de qui lit 330 sites", page("/"), sql(DOCUMENTS_SQL)),
        measured("documents_due", command("documents_due", unit=code, on="2026-11-30", within=60), sql(DUE_SQL)),
        measured("label_status", command("label_status", unit=code, on="2026-11-30"), sql(LABELS_SQL)),
    ]  # fmt: skip


def main() -> None:
    import django

    django.setup()
    json.dump(measure(), sys.stdout)


if __name__ == "__main__":
    main()
