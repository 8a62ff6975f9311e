"""The base of our commands: any error is one French sentence on standard error and exit code 1, never a traceback."""

import os
import re
import sys
from datetime import date

from django.core.management.base import BaseCommand, CommandError, SystemCheckError

from core.base.errors import UserError

_PARSER_WORDS = (
    (r"the following arguments are required: (.+)", r"il manque \1"),
    (r"one of the arguments (.+) is required", r"il manque l’un de : \1"),
    (r"unrecognized arguments: (.+)", r"paramètre inconnu : \1"),
    (r"argument (\S+): invalid choice: '?(.*?)'? \(choose from (.+)\)", r"\1 : « \2 » n’est pas l’un de \3"),
    (r"argument (\S+): invalid \w+ value: '(.*)'", r"\1 : « \2 » n’est pas un nombre entier"),
    (r"argument (\S+): expected one argument", r"\1 : il manque la valeur"),
)


class FrenchCommand(BaseCommand):
    """A command whose `handle` may raise `UserError`."""

    def create_parser(self, prog_name, subcommand, **kwargs):
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.error = self._refuse  # type: ignore[method-assign]
        return parser

    def run_from_argv(self, argv):
        try:
            super().run_from_argv(argv)
        except CommandError as error:  # raised while reading the parameters
            self._stop(error)
        except BrokenPipeError:  # whoever read the output has had enough: « | head »
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def execute(self, *args, **options):
        try:
            return super().execute(*args, **options)
        except SystemCheckError:  # for whoever installs, not for whoever uses
            raise
        except UserError as error:
            refusal = CommandError(error.message)
        except CommandError as error:
            refusal = error
        if self._called_from_command_line:
            self._stop(refusal)
        raise refusal

    def _refuse(self, message: str):
        for pattern, words in _PARSER_WORDS:
            message = re.sub(pattern, words, message)
        raise CommandError(f"Paramètres incorrects : {message}. Voir --help.")

    def _stop(self, error: CommandError):
        self.stderr.write(" ".join(str(error).split()))
        sys.exit(error.returncode)


def parse_date(text: str, name: str) -> date:
    """A parameter written 2026-05-04, or one French sentence."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(f"{name} : « {text} » n’est pas une date ; écrivez-la comme 2026-05-04.") from None
