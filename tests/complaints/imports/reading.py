"""A register as the command reads it: its code, what it prints, what is recorded."""

import json
from io import StringIO

from django.core.management import CommandError, call_command

from complaints.models import Complaint

HEADS = "Date de réception;Canal;Nature"


def read(path, *, command="import_complaints", **options):
    """(exit code, what is printed) of the import of a file."""
    out = StringIO()
    try:
        call_command(command, str(path), "--unit", "aix", "--format", "json", stdout=out, **options)
    except CommandError as refused:
        return refused.returncode, json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def recorded(*names):
    return [tuple(_said(value) for value in row) for row in Complaint.objects.order_by("pk").values_list(*names)]


def _said(value):
    return f"{value:%d/%m}" if hasattr(value, "strftime") else value


def balanced(cells):
    return cells["filled"] == cells["read"] + cells["left_out"] + cells["asked"]
