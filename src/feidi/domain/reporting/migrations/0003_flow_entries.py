"""The flow ledger with what the database refuses of it; the wall: its screens, scenes and approved map."""

import django.db.models.deletion
from django.db import migrations, models

import feidi.kernel.subjects.uid
from feidi.domain.reporting import flow_triggers


def install(apps, schema_editor):
    """Let the database refuse what a ledger must not hold."""
    flow_triggers.install(schema_editor.connection)


def drop(apps, schema_editor):
    """Take that back."""
    flow_triggers.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_stored_files"),
        ("parties", "0002_place_kind_zone"),
        ("reporting", "0002_definition_sheets"),
    ]

    operations = [
        migrations.CreateModel(
            name="FlowEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_uid", models.CharField(max_length=12)),
                (
                    "uid",
                    models.CharField(
                        default=feidi.kernel.subjects.uid.new_uid, editable=False, max_length=12, unique=True
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("capital", "资金"), ("technology", "技术"), ("talent", "人才")], max_length=10
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("host_to_home", "所在地→主办地"), ("home_to_host", "主办地→所在地")], max_length=12
                    ),
                ),
                ("occurred_on", models.DateField()),
                ("amount_fen", models.BigIntegerField(blank=True, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("count", models.IntegerField(blank=True, null=True)),
                (
                    "unit",
                    models.CharField(
                        blank=True, choices=[("contract", "份合同"), ("person", "人"), ("month", "人月")], max_length=8
                    ),
                ),
                ("evidence", models.JSONField(default=list)),
                ("live", models.BooleanField(default=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "made_how",
                    models.CharField(
                        choices=[("event", "随来源自动入账"), ("hand", "人工判定后入账"), ("rebuild", "补记")],
                        max_length=8,
                    ),
                ),
                ("made_by", models.CharField(max_length=160)),
                (
                    "counter_of",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="countered_by",
                        to="reporting.flowentry",
                    ),
                ),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="flow_entries", to="parties.outpost"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["outpost", "-occurred_on", "-id"], name="flow_list"),
                    models.Index(fields=["outpost", "kind", "occurred_on"], name="flow_of_kind"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount_fen__isnull", False),
                                ("count__isnull", True),
                                ("unit", ""),
                                models.Q(("currency", ""), _negated=True),
                            ),
                            models.Q(
                                ("amount_fen__isnull", True),
                                ("count__isnull", False),
                                ("currency", ""),
                                models.Q(("unit", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="flow_amount_or_count",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount_fen__isnull", False), ("kind", "capital")),
                            models.Q(("amount_fen__isnull", False), ("kind", "technology")),
                            models.Q(("kind", "technology"), ("unit", "contract")),
                            models.Q(("kind", "talent"), ("unit__in", ["person", "month"])),
                            _connector="OR",
                        ),
                        name="flow_measured_by_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("counter_of__isnull", False),
                            models.Q(("amount_fen__gt", 0), ("amount_fen__isnull", False)),
                            models.Q(("count__gt", 0), ("count__isnull", False)),
                            _connector="OR",
                        ),
                        name="flow_is_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("counter_of__isnull", True),
                            models.Q(
                                models.Q(
                                    models.Q(("amount_fen__isnull", False), ("amount_fen__lt", 0)),
                                    models.Q(("count__isnull", False), ("count__lt", 0)),
                                    _connector="OR",
                                ),
                                ("live", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="flow_counter_mirrors_with_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("live", True)),
                        fields=("subject_kind", "subject_uid", "kind", "currency"),
                        name="flow_once_per_source",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FlowSetAside",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_uid", models.CharField(max_length=12)),
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
                ("reason", models.CharField(max_length=300)),
                ("recorded_by", models.CharField(max_length=160)),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flows_set_aside",
                        to="parties.outpost",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="flow_set_aside_says_why"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("subject_kind", "subject_uid"),
                        name="flow_set_aside_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WallMap",
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
                ("approval_number", models.CharField(max_length=60)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("loaded_by", models.CharField(max_length=160)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="wall_maps", to="parties.outpost"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("approval_number", ""), _negated=True), name="wall_map_has_approval_number"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("outpost",),
                        name="wall_map_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WallScene",
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
                ("scene", models.CharField(max_length=20)),
                ("position", models.PositiveSmallIntegerField()),
                ("seconds", models.PositiveSmallIntegerField()),
                ("shown", models.BooleanField(default=True)),
                ("cleared_by", models.CharField(max_length=160)),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="wall_scenes", to="parties.outpost"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("outpost", "scene"), name="wall_scene_once"),
                    models.CheckConstraint(
                        condition=models.Q(("seconds__gte", 5), ("seconds__lte", 600)), name="wall_scene_stays_a_while"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WallScreen",
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
                ("label", models.CharField(max_length=80)),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("expires_on", models.DateField()),
                ("made_by", models.CharField(max_length=160)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_by", models.CharField(blank=True, max_length=160)),
                ("revoke_reason", models.CharField(blank=True, max_length=300)),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="wall_screens", to="parties.outpost"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["outpost", "-id"], name="wall_screen_list")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("label", ""), _negated=True), name="wall_screen_has_label"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revoked_at__isnull", True),
                            models.Q(
                                models.Q(("revoked_by", ""), _negated=True),
                                models.Q(("revoke_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="wall_screen_revoked_says_why",
                    ),
                ],
            },
        ),
        migrations.RunPython(install, drop),
    ]
