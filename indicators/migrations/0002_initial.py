from django.db import migrations


class Migration(migrations.Migration):
    """Its relations, indexes and constraints stand in 0001, made together."""

    initial = True

    dependencies = [("indicators", "0001_initial")]

    operations = []
