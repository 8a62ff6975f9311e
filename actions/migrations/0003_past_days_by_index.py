"""The last row of each object on a day is found in an index alone."""

from django.db import migrations, models

HISTORIES = ("action", "actionresponsible", "finding", "findingengagement", "plan", "proof")


class Migration(migrations.Migration):
    dependencies = [("actions", "0002_trigrams")]

    operations = [
        migrations.AddIndex(
            model_name=f"historical{name}",
            index=models.Index(fields=["id", "-history_date", "-history_id"], name=f"{name}_by_day"),
        )
        for name in HISTORIES
    ]
