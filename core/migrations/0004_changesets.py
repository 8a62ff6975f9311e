"""Which act wrote each row of history."""

from django.conf import settings
from django.db import migrations

from core.record.operations import AddChangesets


class Migration(migrations.Migration):
    dependencies = [
        ('core', '0003_history_seal'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddChangesets(
            {
                "historicalholiday": "core_holiday_act",
                "historicalholidayzone": "core_holidayzone_act",
            }
        ),
    ]
