"""Which act wrote each row of history."""

from django.conf import settings
from django.db import migrations

from core.record.operations import AddChangesets


class Migration(migrations.Migration):
    dependencies = [
        ('organisations', '0002_changesets'),
        ('referential', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddChangesets(
            {
                "historicalcorrespondence": "refe_correspondence_act",
                "historicalengagement": "refe_engagement_act",
                "historicalmodule": "refe_module_act",
                "historicalperimeter": "refe_perimeter_act",
                "historicalreferential": "refe_referential_act",
            }
        ),
    ]
