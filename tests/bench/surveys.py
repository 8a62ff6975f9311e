"""Results of a large survey: closing it, then its pages. `python -m tests.bench.surveys [--forms 200000]`.

Run by hand or by tests/bench/run.py with DATABASE_URL on a migrated database; prints JSON.
"""

import argparse
import json
import random
import time
import uuid
from datetime import date, timedelta

from tests.bench.timing import median_ms

CRITERIA, PLACES = 15, 6
LEVELS = ("very_satisfied", "satisfied", "dissatisfied", "very_dissatisfied", "na")
WEIGHTS = (30, 40, 12, 6, 12)
BATCH = 5_000


def main() -> None:
    import django

    django.setup()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--forms", type=int, default=200_000)
    print(json.dumps(measure(parser.parse_args().forms), ensure_ascii=False, indent=1))


def measure(forms: int) -> dict:
    """Closing time, then the server time and queries of each page."""
    campaign, user = _fill(forms)
    seconds = _closing(campaign)
    return {"forms": forms, "closing_seconds": round(seconds, 2), "pages": _pages(campaign, user)}


def _fill(forms: int):
    """A campaign open with so many forms, drawn the same at each run."""
    from organisations.enums import Role
    from surveys.enums import Channel
    from surveys.models import Response
    from tests.organisations.factories import SousPrefectureFactory, user_with
    from tests.surveys.factories import PlaceFactory, QuestionFactory, QuestionnaireFactory, SurveyCampaignFactory

    tag = uuid.uuid4().hex[:8]
    site = SousPrefectureFactory(code=f"banc-{tag}")
    questionnaire = QuestionnaireFactory(code=f"banc-{tag}")
    codes = [QuestionFactory(questionnaire=questionnaire, label=f"critère {n}").code for n in range(CRITERIA)]
    campaign = SurveyCampaignFactory(
        code=f"banc-{tag}",
        questionnaire=questionnaire,
        site=site,
        starts_on=date(2021, 1, 1),
        ends_on=date(2021, 12, 31),
    )
    places = [PlaceFactory(site=site, name=f"Lieu {n}").pk for n in range(PLACES)]
    channels = [Channel.WEB, Channel.QR, Channel.TABLET, Channel.PAPER]
    draw = random.Random(2021)
    for start in range(0, forms, BATCH):
        Response.objects.bulk_create(
            Response(
                campaign=campaign, key=uuid.UUID(int=draw.getrandbits(128)), channel=draw.choice(channels),
                place_id=draw.choice(places), answered_on=campaign.starts_on + timedelta(days=draw.randrange(365)),
                answers=dict(zip(codes, draw.choices(LEVELS, WEIGHTS, k=CRITERIA), strict=True)),
            )
            for _ in range(min(BATCH, forms - start))
        )  # fmt: skip
    return campaign, user_with(Role.QUALITY_REFERENT, site)


def _closing(campaign) -> float:
    from surveys.services import campaigns

    started = time.perf_counter()
    campaigns.close(campaign, by=None)
    return time.perf_counter() - started


def _pages(campaign, user) -> list[dict]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    addresses = {"Résultats": reverse("surveys:results", args=[campaign.code])} | {
        f"Résultats par {cut}": reverse("surveys:results-cut", args=[campaign.code, cut])
        for cut in ("lieu", "canal", "mois")
    }
    found = []
    for name, address in addresses.items():
        with CaptureQueriesContext(connection) as queries:
            status = client.get(address).status_code
        number = len(queries)  # the next request empties the log
        assert status == 200, f"{address}: {status}"
        ms = median_ms(lambda address=address: client.get(address))
        found.append({"name": name, "ms": round(ms, 1), "queries": number, "status": status})
    return found


if __name__ == "__main__":
    main()
