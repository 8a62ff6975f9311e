"""`manage.py audit_binder --unit 13-aix --on 2026-11-29 --output classeur.zip`: one ZIP that opens without network."""

import json
from pathlib import Path

from django.utils import timezone

from audits.exports import binder
from audits.management.sites import site_of
from audits.services import binders
from core.base.commands import FrenchCommand, parse_date
from core.base.errors import UserError


class Command(FrenchCommand):
    help = "Fait le classeur de l’auditeur : sommaire, engagements, pièces, plan au jour dit, indicateurs, empreintes."

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, help="code du site")
        parser.add_argument("--on", default="", help="jour, comme 2026-11-29 (aujourd’hui par défaut)")
        parser.add_argument("--output", required=True, type=Path, help="fichier ZIP à écrire")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, unit: str, on: str, output: Path | str, format: str, **options):
        output = Path(output)
        site, day = site_of(unit), parse_date(on, "--on") if on else timezone.localdate()
        if day > timezone.localdate():
            raise UserError(f"--on : le {day:%d/%m/%Y} n’est pas encore venu.")
        made = binder.make(site, day)
        partial = output.with_name(f".{output.name}.partiel")
        try:
            partial.write_bytes(made.data)
            binders.keep(site, day, data=made.data, digest=made.digest, entries=made.entries, by=None)
            partial.replace(output)
        except OSError as failure:
            partial.unlink(missing_ok=True)
            raise UserError(f"« {output} » : ce fichier ne peut pas être écrit.") from failure
        if format == "json":
            refused = [{"name": one.name, "document": one.title, "why": one.why} for one in made.refused]
            told = {"path": str(output), "sha256": made.digest, "files": made.entries, "refused": refused}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
            return
        self.stdout.write(f"{output} : {made.entries} fichiers, empreinte {made.digest}.")
        for piece in made.refused:
            self.stderr.write(f"Pièce non reprise : « {piece.name} » ({piece.title}), {piece.why}.")
