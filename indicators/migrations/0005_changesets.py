"""Which act wrote each row of history."""

from django.conf import settings
from django.db import migrations

from core.record.operations import AddChangesets


class Migration(migrations.Migration):
    dependencies = [
        ('actions', '0004_changesets'),
        ('core', '0004_changesets'),
        ('indicators', '0004_expected_effect'),
        ('organisations', '0002_changesets'),
        ('referential', '0002_changesets'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddChangesets(
            {
                "historicalassignment": "indi_assignment_act",
                "historicalcampaign": "indi_campaign_act",
                "historicalexpectedeffect": "indi_expectedeffect_act",
                "historicalfamily": "indi_family_act",
                "historicalgridimport": "indi_gridimport_act",
                "historicalindicator": "indi_indicator_act",
                "historicalpastresult": "indi_pastresult_act",
                "historicalrowmatch": "indi_rowmatch_act",
                "historicaltarget": "indi_target_act",
                "historicalvalue": "indi_value_act",
            }
        ),
    ]
