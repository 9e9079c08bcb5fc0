"""One table for the numbers of everything; the apps that kept their own hand theirs over."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("parties", "0002_place_kind_zone")]

    operations = [
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("series", models.CharField(max_length=20)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.outpost"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("outpost", "series", "year"), name="number_series_once")
                ],
            },
        ),
    ]
