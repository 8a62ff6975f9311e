"""An edition keeps its file and its digest itself; its table accepts new rows only from now on."""

from django.db import migrations, models


def copy_from_jobs(apps, schema_editor):
    for edition in apps.get_model("reports", "Edition").objects.select_related("job"):
        edition.file, edition.name = edition.job.result_file, edition.job.result_name
        edition.digest = edition.job.result_digest
        edition.save(update_fields=["file", "name", "digest"])


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_changesets"), ("core", "0006_identities")]

    operations = [
        migrations.AddField(
            "edition", "file", models.FileField("fichier", upload_to="jobs/%Y/%m/", default=""), preserve_default=False
        ),
        migrations.AddField(
            "edition", "name", models.CharField("nom du fichier", max_length=200, default=""), preserve_default=False
        ),
        migrations.AddField(
            "edition", "digest", models.CharField("empreinte SHA-256", max_length=64, default=""), preserve_default=False
        ),
        migrations.RunPython(copy_from_jobs, migrations.RunPython.noop),
    ]
