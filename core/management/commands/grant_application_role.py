"""`manage.py grant_application_role NAME`: the role under which the application runs, which owns no table."""

import os

from django.core.management.base import CommandError
from django.db import connection

from core.base.commands import FrenchCommand
from core.record import roles

VARIABLE = "APPLICATION_DB_PASSWORD"


class Command(FrenchCommand):
    help = f"Donne à un rôle PostgreSQL ce dont l’application a besoin ; son mot de passe est lu de {VARIABLE}."

    def add_arguments(self, parser):
        parser.add_argument("role", help="nom du rôle, créé s’il n’existe pas")

    def handle(self, *, role, **options):
        if connection.vendor != "postgresql":
            raise CommandError("Les rôles sont ceux de PostgreSQL ; SQLite n’en a pas.")
        if not (password := os.environ.get(VARIABLE, "")):
            raise CommandError(f"Donnez le mot de passe du rôle dans {VARIABLE}.")
        roles.grant(role, password=password)
        self.stdout.write(f"Le rôle « {role} » lit et écrit, et ne possède rien.")
