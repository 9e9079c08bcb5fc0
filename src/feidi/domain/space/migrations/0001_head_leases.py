import django.db.models.deletion
from django.db import migrations, models

import feidi.kernel.subjects.uid


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0001_stored_files"),
        ("parties", "0001_places_organizations_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="HeadLease",
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
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="head_leases", to="parties.outpost"
                    ),
                ),
                ("landlord", models.CharField(max_length=160)),
                ("premises", models.CharField(max_length=200)),
                ("area_m2", models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("rent_fen", models.BigIntegerField(blank=True, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                (
                    "basis",
                    models.CharField(
                        choices=[("whole", "整租/月"), ("per_m2", "每平方米/月")], default="whole", max_length=8
                    ),
                ),
                ("deposit_fen", models.BigIntegerField(blank=True, null=True)),
                ("sublet", models.BooleanField(blank=True, null=True)),
                ("sublet_clause", models.CharField(blank=True, max_length=300)),
                ("fit_out", models.CharField(blank=True, max_length=200)),
                ("fire_safety", models.CharField(blank=True, max_length=200)),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["outpost", "ends_on"], name="head_lease_of_outpost")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="head_lease_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rent_fen__isnull", True), models.Q(("currency", ""), _negated=True), _connector="OR"
                        ),
                        name="head_lease_rent_has_currency",
                    ),
                ],
            },
        ),
    ]
