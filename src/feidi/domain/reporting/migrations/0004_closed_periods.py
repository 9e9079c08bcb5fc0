"""Periods that were closed with the figures they had; which figures an outpost has in daily use."""

import django.db.models.deletion
from django.db import migrations, models

import feidi.kernel.subjects.uid


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0002_place_kind_zone"),
        ("reporting", "0003_flow_entries"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClosedPeriod",
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
                ("period", models.CharField(max_length=10)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("figures", models.JSONField(default=dict)),
                ("definitions", models.JSONField(default=dict)),
                ("sha256", models.CharField(max_length=64)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("closed_by", models.CharField(max_length=160)),
                ("closed_on", models.DateField()),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="closed_periods", to="parties.outpost"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["outpost", "-ends_on"], name="closed_period_list")],
                "constraints": [
                    models.UniqueConstraint(fields=("outpost", "period"), name="period_closed_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="closed_period_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closed_on__gt", models.F("ends_on"))), name="closed_after_its_last_day"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IndicatorChoice",
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
                ("number", models.PositiveIntegerField()),
                ("codes", models.JSONField()),
                ("tiles", models.JSONField()),
                ("made_by", models.CharField(max_length=160)),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicator_choices",
                        to="parties.outpost",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("outpost", "number"), name="indicator_choice_number_once")
                ],
            },
        ),
    ]
