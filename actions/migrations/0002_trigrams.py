"""PostgreSQL only: the extension pg_trgm where the role may create it, and the indexes of the texts that twins compare.

Without the extension the plain path of `actions.resemblances` is used; nothing else depends on it. `plain_words` folds
letters as `actions.rules.resemblance.folded` does: a test compares them.
"""

import logging

from django.db import DatabaseError, migrations, transaction

logger = logging.getLogger(__name__)
FUNCTION = """
    CREATE OR REPLACE FUNCTION plain_words(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT regexp_replace(lower(translate(words,
            'àâäáãåéèêëíîïìóôöòõúùûüçñÿœæÀÂÄÁÃÅÉÈÊËÍÎÏÌÓÔÖÒÕÚÙÛÜÇÑŸŒÆ',
            'aaaaaaeeeeiiiiooooouuuucnyoaaaaaaaeeeeiiiiooooouuuucnyoa')), '[^a-z0-9]+', ' ', 'g')
    $$
"""
INDEXES = {
    "action_text_trigrams": "CREATE INDEX {name} ON actions_action USING gin (plain_words(text) gin_trgm_ops)",
    "finding_text_trigrams": "CREATE INDEX {name} ON actions_finding USING gin (plain_words(text) gin_trgm_ops)",
}


def create(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    schema_editor.execute(FUNCTION)
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError as error:
        logger.warning("pg_trgm is not available, twins are compared without it: %s", error)
        return
    for name, statement in INDEXES.items():
        schema_editor.execute(statement.format(name=name))


def drop(apps, schema_editor):
    """The extension stays: something else may use it."""
    if schema_editor.connection.vendor != "postgresql":
        return
    for name in INDEXES:
        schema_editor.execute(f"DROP INDEX IF EXISTS {name}")
    schema_editor.execute("DROP FUNCTION IF EXISTS plain_words(text)")


class Migration(migrations.Migration):

    dependencies = [("actions", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
