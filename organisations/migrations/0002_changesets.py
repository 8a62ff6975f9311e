"""Which act wrote each row of history."""

from django.db import migrations

from core.record.operations import AddChangesets


class Migration(migrations.Migration):
    dependencies = [
        ('core', '0004_changesets'),
        ('organisations', '0001_initial'),
    ]

    operations = [
        AddChangesets(
            {
                "historicalclosedday": "orga_closedday_act",
                "historicalmembership": "orga_membership_act",
                "historicalunit": "orga_unit_act",
                "historicaluser": "orga_user_act",
            }
        ),
    ]
