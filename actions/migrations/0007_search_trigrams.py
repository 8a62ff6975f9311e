"""PostgreSQL only: indexes of the texts that search compares (`core.base.french.Folded`), where pg_trgm is there.

The expression is the one that search sends, or the index is not used: tests/actions/test_search.py compares them.
"""

from django.db import migrations

MARKS = f"{chr(0x300)}-{chr(0x36F)}"
FOLDED = f"regexp_replace(normalize(text, NFKD), '[{MARKS}]+', '', 'g')"
for ligature, letters in {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss"}.items():
    FOLDED = f"replace({FOLDED}, '{ligature}', '{letters}')"
FOLDED = f"lower(translate({FOLDED}, '’‘ʼ`–—‑', '''''''''---'))"
INDEXES = {"action_text_searched": "actions_action", "finding_text_searched": "actions_finding"}


def create(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        if cursor.fetchone() is None:  # migration 0002 said so
            return
    for name, table in INDEXES.items():
        schema_editor.execute(f"CREATE INDEX {name} ON {table} USING gin (({FOLDED}) gin_trgm_ops)")


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in INDEXES:
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):

    dependencies = [("actions", "0006_import_without_log")]

    operations = [migrations.RunPython(create, drop)]
