"""`manage.py label_status --unit 13-aix --on 2026-11-29`: the labels of a site and their state on a day."""

import json
from datetime import date
from typing import Any

from django.utils import timezone

from audits.management.sites import site_of, sites_at
from audits.services.labels import LabelStanding, standings
from core.base.commands import FrenchCommand, parse_date
from core.base.words import in_words


class Command(FrenchCommand):
    help = "Dit l’état des labels d’un site un jour donné : en cours de validité, suivi en retard, expiré…"

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, help="code du site")
        parser.add_argument("--on", default="", help="jour, comme 2026-11-29 (aujourd’hui par défaut)")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, unit: str, on: str, format: str, **options):
        site, day = site_of(unit), parse_date(on, "--on") if on else timezone.localdate()
        found = standings(sites_at(site), day)
        if format == "json":
            self.stdout.write(json.dumps([as_json(one) for one in found], ensure_ascii=False, indent=1))
            return
        for one in found:
            name = f"{one.site}, {one.label.name}" if one.label else str(one.site)
            until = f", jusqu’au {in_words(one.label.valid_until)}" if one.label and one.label.valid_until else ""
            self.stdout.write(f"{name} : {one.state.label.lower()}{until}")


def as_json(standing: LabelStanding) -> dict[str, Any]:
    """A label as it is printed; without label, its state alone."""
    label = standing.label
    told: dict[str, Any] = {"site": standing.site.code, "referential": label and label.referential.code}
    told |= {"level": (label and label.level) or None}
    days = ("obtained_on", "valid_until", "follow_up_due_on")
    told |= {name: _day(getattr(label, name)) if label else None for name in days}
    planned = label.follow_up_planned if label else None
    told["follow_up_planned"] = (
        {"text": planned.text, "earliest": _day(planned.earliest), "latest": _day(planned.latest)}
        if planned and planned.text
        else None
    )
    return told | {"follow_up_done_on": _day(label.follow_up_done_on) if label else None, "state": standing.state.value}


def _day(day: date | None) -> str | None:
    return day and day.isoformat()
