"""One row may be handed over in two ways: once by each kind of work."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("liaison", "0001_daily_work"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="workhandoveritem",
            name="handover_item_once",
        ),
        migrations.AddConstraint(
            model_name="workhandoveritem",
            constraint=models.UniqueConstraint(
                fields=("handover", "kind", "subject_uid"), name="handover_item_once_by_kind"
            ),
        ),
    ]
