"""`manage.py committee_members --unit 13 --committee clu --on 2022-03-10`: the seats of a committee on a day."""

import json

from django.utils import timezone

from clu.management.options import add_place, committee_of
from clu.rules.mandates import seats_on
from core.base.commands import FrenchCommand, parse_date


class Command(FrenchCommand):
    help = "Donne les membres d’une instance à une date, avec l’état de leur mandat."

    def add_arguments(self, parser):
        add_place(parser)
        parser.add_argument("--on", help="jour, comme 2022-03-10 ; aujourd’hui par défaut")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args, **options):
        on = parse_date(options["on"], "--on") if options["on"] else timezone.localdate()
        rows = seats_on(committee_of(options).members.with_mandates(), on)
        if options["format"] == "json":
            self.stdout.write(json.dumps([row.as_json() for row in rows], ensure_ascii=False, indent=1))
            return
        for row in rows:
            self.stdout.write(f"{row.organisation} : {row.words}")
