"""Migrations go back as they came: an upgrade that goes wrong is undone by the same command."""

from django.db.migrations.loader import MigrationLoader

OURS = {
    "core", "organisations", "referential", "actions", "indicators", "surveys", "complaints", "training", "audits",
    "clu", "reports",
}  # fmt: skip


def test_every_step_of_every_migration_can_be_undone():
    loader = MigrationLoader(None)
    one_way = [
        f"{app}.{name}: {type(operation).__name__}"
        for (app, name), migration in sorted(loader.disk_migrations.items())
        if app in OURS
        for operation in migration.operations
        if not operation.reversible
    ]
    assert one_way == []
