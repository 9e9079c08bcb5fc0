import django.db.models.deletion
from django.db import migrations, models

import feidi.kernel.subjects.uid


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0001_profiles_lists_introductions"),
        ("parties", "0002_place_kind_zone"),
    ]

    operations = [
        migrations.CreateModel(
            name="FlowTable",
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
                ("voided_at", models.DateTimeField(blank=True, null=True)),
                ("void_reason", models.CharField(blank=True, max_length=500)),
                ("title", models.CharField(max_length=160)),
                ("source", models.CharField(max_length=300)),
                ("year", models.PositiveSmallIntegerField()),
                ("unit", models.CharField(max_length=40)),
                ("invented", models.BooleanField(default=False)),
                ("industries", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("uploaded_at", models.DateTimeField()),
                ("uploaded_by", models.CharField(max_length=160)),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="flow_tables", to="parties.outpost"
                    ),
                ),
                ("region", models.CharField(max_length=40)),
                ("outputs", models.JSONField()),
            ],
            options={
                "indexes": [models.Index(fields=["outpost", "-year", "-id"], name="flow_table_list")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source", ""), _negated=True), models.Q(("region", ""), _negated=True)
                        ),
                        name="flow_table_has_source_and_region",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("outpost", "sha256"),
                        name="flow_table_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FlowCell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cells", to="matching.flowtable"
                    ),
                ),
                ("seller", models.CharField(max_length=60)),
                ("buyer", models.CharField(max_length=60)),
                ("value", models.FloatField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("table", "seller", "buyer"), name="flow_cell_once"),
                    models.CheckConstraint(condition=models.Q(("value__gte", 0)), name="flow_cell_not_negative"),
                ],
            },
        ),
    ]
