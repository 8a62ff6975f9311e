from django.db import migrations


class Migration(migrations.Migration):
    """The page guards a chapter by its history, as every form does: one mechanism."""

    dependencies = [("reports", "0001_initial")]

    operations = [
        migrations.RemoveField(model_name="chapter", name="version"),
        migrations.RemoveField(model_name="historicalchapter", name="version"),
    ]
