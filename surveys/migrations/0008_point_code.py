"""Points of the public get a short address, to be typed from paper; the long ones go on working."""

import secrets

from django.db import migrations, models

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
PUBLIC = ("web", "qr", "tablet")


def draw_codes(apps, schema_editor):
    points = apps.get_model("surveys", "CollectionPoint").objects.filter(channel__in=PUBLIC, code=None).order_by("pk")
    drawn = set()
    for point in points:
        code = ""
        while not code or code in drawn:
            code = "".join(secrets.choice(ALPHABET) for _ in range(6))
        drawn.add(code)
        point.code = code
        point.save(update_fields=["code"])


class Migration(migrations.Migration):
    dependencies = [("surveys", "0007_public_editions_and_small_groups")]

    operations = [
        migrations.AddField(
            model_name="collectionpoint",
            name="code",
            field=models.CharField(blank=True, max_length=8, null=True, unique=True, verbose_name="code à taper"),
        ),
        migrations.RunPython(draw_codes, migrations.RunPython.noop),
    ]
