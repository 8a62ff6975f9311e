"""Which act wrote each row of history."""

from django.conf import settings
from django.db import migrations

from core.record.operations import AddChangesets


class Migration(migrations.Migration):
    dependencies = [
        ('organisations', '0002_changesets'),
        ('reports', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddChangesets(
            {
                "historicalannualreport": "repo_annualreport_act",
                "historicalchapter": "repo_chapter_act",
            }
        ),
    ]
