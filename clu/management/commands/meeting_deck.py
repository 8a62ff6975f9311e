"""`manage.py meeting_deck --unit 13 --committee clu --date 2022-03-10 --output clu.pptx`: the deck of a meeting."""

import json
from pathlib import Path

from django.utils import timezone

from clu.management.options import add_place, meeting_of
from clu.publications import deck_of
from core.base.commands import FrenchCommand
from core.base.errors import UserError
from core.pages import decks


class Command(FrenchCommand):
    help = "Produit le diaporama d’une réunion (PPTX, ODP ou PDF) et dit ce qui reste à saisir."

    def add_arguments(self, parser):
        add_place(parser)
        parser.add_argument("--date", required=True, help="jour de la réunion, comme 2022-03-10")
        parser.add_argument("--output", required=True, type=Path, metavar="FICHIER", help="X.pptx, X.odp ou X.pdf")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args, **options):
        path: Path = options["output"]
        extension = path.suffix.lower().removeprefix(".")
        if extension not in decks.FORMATS:
            raise UserError(f"« {path} » : le diaporama s’écrit en .pptx, .odp ou .pdf.")
        deck = deck_of(meeting_of(options), today=timezone.localdate())
        data = decks.FORMATS[extension](deck.slides)
        try:
            path.write_bytes(data)
        except OSError as failure:
            raise UserError(f"« {path} » : ce fichier ne peut pas être écrit.") from failure
        if options["format"] == "json":
            told = [{"item": blank.item, "what": blank.what, "owner": blank.owner} for blank in deck.blanks]
            self.stdout.write(json.dumps({"slides": len(deck.slides), "blanks": told}, ensure_ascii=False, indent=1))
            return
        self.stdout.write(f"{path} : {len(deck.slides)} diapositives.")
        for blank in deck.blanks:
            self.stdout.write(blank.sentence)
