"""PostgreSQL only: the indexes of migration 0007 on the quicker expression that search sends since.

The expression is the one that search sends, or the index is not used: tests/actions/test_search.py compares them.
"""

from django.db import migrations

MARKS = f"{chr(0x300)}-{chr(0x36F)}"
FOLDED = f"regexp_replace(normalize(text, NFKD), '[{MARKS}]+', '', 'g')"
for ligature, letters in {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss"}.items():
    FOLDED = f"replace({FOLDED}, '{ligature}', '{letters}')"
FOLDED = (
    "CASE WHEN octet_length(text) = char_length(text) THEN lower(translate(text, '`', '''')) "
    f"ELSE lower(translate({FOLDED}, '’‘ʼ`–—‑', '''''''''---')) END"
)
INDEXES = {"action_text_searched": "actions_action", "finding_text_searched": "actions_finding"}


def create(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    drop(apps, schema_editor)
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

    dependencies = [("actions", "0007_search_trigrams")]

    operations = [migrations.RunPython(create, drop)]
