"""`manage.py meetings --unit 13 --year 2022`: the meetings of a site, their agenda and who came."""

import json
from datetime import MAXYEAR, MINYEAR

from clu.management.options import site_of
from clu.models import Meeting
from clu.rules.attendance import counts, counts_in_words
from core.base.commands import FrenchCommand
from core.base.errors import UserError


class Command(FrenchCommand):
    help = "Donne les réunions d’un site dans une année : ordre du jour et présence (des personnes)."

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, help="code du site, comme 13-aix")
        parser.add_argument("--year", required=True, type=int)
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args, **options):
        year = options["year"]
        if not MINYEAR <= year <= MAXYEAR:
            raise UserError(f"--year : « {year} » n’est pas une année.")
        rows = Meeting.objects.for_list().filter(committee__site=site_of(options["unit"]), held_on__year=year)
        found = rows.prefetch_related("items", "attendances").order_by("held_on", "committee__kind", "pk")
        told = [
            {
                "committee": meeting.kind,
                "date": meeting.held_on.isoformat(),
                "agenda": [item.title for item in meeting.items.all()],
                "attendance": counts(meeting.attendances.all()),
            }
            for meeting in found
        ]
        if options["format"] == "json":
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
            return
        for meeting, row in zip(found, told, strict=True):
            came = counts_in_words(row["attendance"]) or "présence non saisie"
            self.stdout.write(f"{meeting.title} : {len(row['agenda'])} points, {came}")
