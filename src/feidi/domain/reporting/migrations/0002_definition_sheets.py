import django.db.models.deletion
from django.db import migrations, models

import feidi.kernel.subjects.uid


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0001_places_organizations_persons"),
        ("reporting", "0001_contracts_and_papers"),
    ]

    operations = [
        migrations.CreateModel(
            name="DefinitionSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "uid",
                    models.CharField(
                        default=feidi.kernel.subjects.uid.new_uid, editable=False, max_length=12, unique=True
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField()),
                ("revision", models.PositiveSmallIntegerField()),
                ("definitions", models.JSONField(default=list)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("made_by", models.CharField(max_length=160)),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="definition_sheets",
                        to="parties.outpost",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("outpost", "revision"), name="definition_sheet_revision_once")
                ],
            },
        ),
    ]
