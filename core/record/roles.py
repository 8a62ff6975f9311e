"""The role of the application on PostgreSQL: it owns nothing, and only adds to append-only tables.

Whoever migrates owns the tables; the web, the workers and the scheduler connect as the other role, which can take no
guard away.
"""

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from psycopg import sql

from core.base.errors import UserError
from core.record import triggers


def grant(role: str, *, password: str, using: str = DEFAULT_DB_ALIAS) -> None:
    """Make the role if there is none, and give it what the application needs on every table there is now."""
    connection = connections[using]
    name, database = sql.Identifier(role), sql.Identifier(connection.settings_dict["NAME"])
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute("SELECT current_user, (SELECT rolsuper FROM pg_roles WHERE rolname = %s)", [role])
        owner, is_superuser = cursor.fetchone()
        if owner == role or is_superuser:
            raise UserError(f"Le rôle « {role} » possède les tables ou a tous les droits : donnez-en un autre.")
        verb = "CREATE" if is_superuser is None else "ALTER"
        make = sql.SQL(verb + " ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {}")
        cursor.execute(make.format(name, sql.Literal(password)))
        for statement in _GRANTS:
            cursor.execute(sql.SQL(statement).format(name, database=database))
        for table in triggers.tables():
            forbid = sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}")
            cursor.execute(forbid.format(sql.Identifier(table), name))


_GRANTS = (
    "GRANT CONNECT ON DATABASE {database} TO {}",
    "GRANT USAGE ON SCHEMA public TO {}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
)
