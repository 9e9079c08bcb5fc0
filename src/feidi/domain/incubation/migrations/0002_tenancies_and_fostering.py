import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import feidi.kernel.subjects.uid


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_stored_files"),
        ("identity", "__first__"),
        ("incubation", "0001_admission"),
        ("parties", "0002_place_kind_zone"),
        ("pipeline", "0002_project_plaques"),
        ("space", "0002_space_and_bookings"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tenancy",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="tenancies", to="parties.outpost"
                    ),
                ),
                ("number", models.CharField(max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("startup", "在孵企业"),
                            ("home_research", "本地企业驻外研发点"),
                            ("service", "服务机构"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tenancies", to="parties.organization"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tenancies",
                        to="pipeline.project",
                    ),
                ),
                (
                    "agreement",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tenancy",
                        to="pipeline.agreement",
                    ),
                ),
                (
                    "contract_scan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "ended_how",
                    models.CharField(
                        blank=True,
                        choices=[("graduated", "毕业"), ("left", "退出"), ("removed", "清退"), ("expired", "到期不续")],
                        max_length=10,
                    ),
                ),
                ("ended_reason", models.CharField(blank=True, max_length=300)),
                ("deposit_fen", models.BigIntegerField(blank=True, null=True)),
                ("deposit_currency", models.CharField(blank=True, max_length=3)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["outpost", "-starts_on"], name="tenancy_list"),
                    models.Index(fields=["organization", "-starts_on"], name="tenancy_of_organization"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("outpost", "number"), name="tenancy_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="tenancy_term_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "startup"), _negated=True), ("project__isnull", False), _connector="OR"
                        ),
                        name="tenancy_startup_has_project",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreement__isnull", False), ("contract_scan__isnull", False), _connector="OR"
                        ),
                        name="tenancy_rests_on_paper",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", True), ("ended_how", "")),
                            models.Q(
                                ("ended_on__isnull", False),
                                models.Q(("ended_how", ""), _negated=True),
                                models.Q(("ended_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="tenancy_ended_says_how_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deposit_fen__isnull", True),
                            models.Q(("deposit_currency", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="tenancy_deposit_has_currency",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TenancyUnit",
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
                    "tenancy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="units", to="incubation.tenancy"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tenancies", to="space.unit"
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("occupation_uid", models.CharField(max_length=16)),
                ("reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "indexes": [models.Index(fields=["unit", "since"], name="tenancy_unit_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("since"))), name="tenancy_unit_in_order"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TenancyTerm",
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
                    "tenancy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="terms", to="incubation.tenancy"
                    ),
                ),
                ("since", models.DateField()),
                (
                    "programme",
                    models.CharField(
                        choices=[("incubation", "孵化"), ("acceleration", "加速"), ("none", "不在孵")], max_length=12
                    ),
                ),
                ("rent_fen", models.BigIntegerField(blank=True, null=True)),
                ("forgone_fen", models.BigIntegerField(blank=True, null=True)),
                ("forgone_until", models.DateField(blank=True, null=True)),
                ("forgone_basis", models.CharField(blank=True, max_length=300)),
                (
                    "basis_document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("due_day", models.PositiveSmallIntegerField(default=10)),
                ("services", models.CharField(blank=True, max_length=300)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("tenancy", "since"),
                        name="tenancy_term_once_per_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("forgone_fen__isnull", True),
                            ("forgone_fen", 0),
                            models.Q(("forgone_until__isnull", False), models.Q(("forgone_basis", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="tenancy_term_free_rent_has_basis",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rent_fen__isnull", True), ("forgone_fen__isnull", True)),
                            models.Q(("currency", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="tenancy_term_has_currency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_day__gte", 1), ("due_day__lte", 28)), name="tenancy_term_due_day"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Charge",
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
                    "tenancy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="charges", to="incubation.tenancy"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rent", "租金"),
                            ("property", "物业费"),
                            ("utilities", "水电费"),
                            ("deposit", "押金"),
                            ("service", "服务费"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                    ),
                ),
                ("period_from", models.DateField()),
                ("period_to", models.DateField()),
                ("due_on", models.DateField()),
                ("amount_fen", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["tenancy", "due_on"], name="charge_by_due")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "rent"), ("voided_at__isnull", True)),
                        fields=("tenancy", "period_from"),
                        name="charge_rent_once_per_month",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period_to__gte", models.F("period_from"))), name="charge_period_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_fen__gt", 0), models.Q(("currency", ""), _negated=True)),
                        name="charge_has_amount",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
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
                    "charge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="receipts", to="incubation.charge"
                    ),
                ),
                ("received_on", models.DateField()),
                ("amount_fen", models.BigIntegerField()),
                ("voucher", models.CharField(blank=True, max_length=80)),
                (
                    "file",
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
                "indexes": [models.Index(fields=["charge", "received_on"], name="receipt_of_charge")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount_fen__gt", 0)), name="receipt_has_amount")
                ],
            },
        ),
        migrations.CreateModel(
            name="SecondedPerson",
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
                    "tenancy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seconded", to="incubation.tenancy"
                    ),
                ),
                ("name_sealed", models.BinaryField()),
                ("post", models.CharField(blank=True, max_length=80)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("insured_at", models.CharField(blank=True, max_length=80)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="seconded_in_order",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ResearchTopic",
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
                    "tenancy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="topics", to="incubation.tenancy"
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("cost_fen", models.BigIntegerField(blank=True, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("result", models.CharField(blank=True, max_length=300)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="research_topic_has_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cost_fen__isnull", True), models.Q(("currency", ""), _negated=True), _connector="OR"
                        ),
                        name="research_topic_currency",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
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
                    "tenancy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="milestones", to="incubation.tenancy"
                    ),
                ),
                ("track", models.CharField(choices=[("host", "驻点"), ("home", "落地")], default="host", max_length=4)),
                ("title", models.CharField(max_length=160)),
                ("due_on", models.DateField()),
                ("reached_on", models.DateField(blank=True, null=True)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["tenancy", "due_on"], name="milestone_by_due")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="milestone_has_title")
                ],
            },
        ),
        migrations.CreateModel(
            name="PeriodReport",
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
                (
                    "tenancy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="incubation.tenancy"
                    ),
                ),
                ("period_from", models.DateField()),
                ("period_to", models.DateField()),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "待填报"),
                            ("submitted", "已填报"),
                            ("returned", "已退回"),
                            ("accepted", "已采信"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("answers", models.JSONField(blank=True, default=dict)),
                ("unchanged", models.BooleanField(default=False)),
                ("news", models.TextField(blank=True)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, max_length=160)),
                ("returned_reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "indexes": [models.Index(fields=["state", "due_on"], name="period_report_by_due")],
                "constraints": [
                    models.UniqueConstraint(fields=("tenancy", "period_from"), name="period_report_once"),
                    models.CheckConstraint(
                        condition=models.Q(("period_to__gte", models.F("period_from"))), name="period_report_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(("returned_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="period_report_returned_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TenantVisit",
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
                    "tenancy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="visits", to="incubation.tenancy"
                    ),
                ),
                ("visited_on", models.DateField()),
                ("announced", models.BooleanField(default=True)),
                ("people_seen", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("note", models.TextField()),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["tenancy", "-visited_on"], name="tenant_visit_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("note", ""), _negated=True), name="tenant_visit_says_what"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceRequest",
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
                    "tenancy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="incubation.tenancy"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("what", models.CharField(max_length=500)),
                ("asked_on", models.DateField()),
                ("asked_by", models.CharField(max_length=160)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "已提出"),
                            ("taken", "办理中"),
                            ("delivered", "已办结"),
                            ("declined", "不能办理"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.organization",
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("result", models.CharField(blank=True, max_length=500)),
                ("score", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("score_word", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "indexes": [models.Index(fields=["tenancy", "-asked_on"], name="service_request_list")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("what", ""), _negated=True), name="service_request_says_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["delivered", "declined"]), _negated=True),
                            models.Q(("ended_on__isnull", False), models.Q(("result", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="service_request_ended_says_result",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("score__isnull", True), models.Q(("score__gte", 1), ("score__lte", 5)), _connector="OR"
                        ),
                        name="service_request_score",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mentor",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="mentors", to="parties.outpost"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.person"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("fields", models.CharField(max_length=200)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True), ("voided_at__isnull", True)),
                        fields=("outpost", "person"),
                        name="mentor_once",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="MentorHour",
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
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hours", to="incubation.mentor"
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("place", models.CharField(blank=True, max_length=120)),
                (
                    "tenancy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentor_hours",
                        to="incubation.tenancy",
                    ),
                ),
                ("topic", models.CharField(blank=True, max_length=300)),
                ("taken_by", models.CharField(blank=True, max_length=160)),
                ("held", models.BooleanField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "indexes": [models.Index(fields=["mentor", "starts_at"], name="mentor_hour_by_day")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("mentor", "starts_at"),
                        name="mentor_hour_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="mentor_hour_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tenancy__isnull", True), models.Q(("topic", ""), _negated=True), _connector="OR"
                        ),
                        name="mentor_hour_taken_says_topic",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TenantOutcome",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tenant_outcomes",
                        to="parties.outpost",
                    ),
                ),
                (
                    "tenancy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcomes",
                        to="incubation.tenancy",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tenant_outcomes",
                        to="parties.organization",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcomes",
                        to="pipeline.project",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("product", "产品"),
                            ("licence", "许可证"),
                            ("certificate", "资质认证"),
                            ("funding", "融资"),
                            ("order", "订单"),
                            ("patent", "专利授权"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("dated_on", models.DateField()),
                ("amount_fen", models.BigIntegerField(blank=True, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("source_kind", models.CharField(blank=True, max_length=40)),
                ("source_uid", models.CharField(blank=True, max_length=16)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["outpost", "-dated_on"], name="tenant_outcome_list")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="tenant_outcome_has_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_fen__isnull", True), models.Q(("currency", ""), _negated=True), _connector="OR"
                        ),
                        name="tenant_outcome_has_currency",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True), models.Q(("source_uid", ""), _negated=True)),
                        fields=("source_kind", "source_uid"),
                        name="tenant_outcome_once_per_source",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExitReview",
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
                    "tenancy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exit_reviews",
                        to="incubation.tenancy",
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[("graduated", "毕业"), ("left", "退出"), ("removed", "清退"), ("expired", "到期不续")],
                        max_length=10,
                    ),
                ),
                ("leaves_on", models.DateField()),
                ("answers", models.JSONField(blank=True, default=list)),
                ("checklist", models.JSONField(blank=True, default=dict)),
                ("reason", models.CharField(max_length=300)),
                ("asked_by", models.CharField(max_length=160)),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, max_length=160)),
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_on__isnull", True), ("voided_at__isnull", True)),
                        fields=("tenancy",),
                        name="exit_review_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="exit_review_says_why"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="YearSnapshot",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="year_snapshots", to="parties.outpost"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("values", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("frozen_at", models.DateTimeField()),
                ("frozen_by", models.CharField(max_length=160)),
                ("note", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("outpost", "year"),
                        name="year_snapshot_once",
                    )
                ],
                "indexes": [],
            },
        ),
    ]
