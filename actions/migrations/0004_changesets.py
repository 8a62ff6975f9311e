"""Which act wrote each row of history."""

from django.conf import settings
from django.db import migrations

from core.record.operations import AddChangesets


class Migration(migrations.Migration):
    dependencies = [
        ('actions', '0003_past_days_by_index'),
        ('core', '0004_changesets'),
        ('organisations', '0002_changesets'),
        ('referential', '0002_changesets'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddChangesets(
            {
                "historicalaction": "acti_action_act",
                "historicalactionresponsible": "acti_actionresponsible_act",
                "historicalfinding": "acti_finding_act",
                "historicalfindingengagement": "acti_findingengagement_act",
                "historicalplan": "acti_plan_act",
                "historicalplanimport": "acti_planimport_act",
                "historicalproof": "acti_proof_act",
                "historicalremindersettings": "acti_remindersettings_act",
                "historicalresponsiblematch": "acti_responsiblematch_act",
                "historicaltwinrefusal": "acti_twinrefusal_act",
            }
        ),
    ]
