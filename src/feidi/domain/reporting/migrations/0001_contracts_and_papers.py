import django.db.models.deletion
from django.db import migrations, models

import feidi.kernel.subjects.uid


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0001_stored_files"),
        ("parties", "0001_places_organizations_persons"),
        ("pipeline", "0001_projects_and_landing"),
    ]

    operations = [
        migrations.CreateModel(
            name="OperatingContract",
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
                        related_name="operating_contracts",
                        to="parties.outpost",
                    ),
                ),
                ("number", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=160)),
                ("client", models.CharField(max_length=120)),
                (
                    "operator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="operating_contracts",
                        to="parties.organization",
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("total_fen", models.BigIntegerField(blank=True, null=True)),
                ("currency", models.CharField(default="CNY", max_length=3)),
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
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("outpost", "number"), name="contract_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="contract_ends_after_start"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="BudgetLine",
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
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="budget",
                        to="reporting.operatingcontract",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("rent", "租金"),
                            ("property", "物业"),
                            ("fit_out", "装修"),
                            ("operation", "运营费"),
                            ("events", "活动费"),
                            ("staff", "人员"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                    ),
                ),
                ("amount_fen", models.BigIntegerField()),
                ("note", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("contract", "year", "category"),
                        name="budget_line_once",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ActualCost",
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
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="costs",
                        to="reporting.operatingcontract",
                    ),
                ),
                ("month", models.DateField()),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("rent", "租金"),
                            ("property", "物业"),
                            ("fit_out", "装修"),
                            ("operation", "运营费"),
                            ("events", "活动费"),
                            ("staff", "人员"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                    ),
                ),
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
                ("note", models.CharField(blank=True, max_length=200)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["contract", "month"], name="cost_by_month")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="PaymentNode",
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
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="reporting.operatingcontract",
                    ),
                ),
                ("label", models.CharField(max_length=120)),
                ("condition", models.CharField(blank=True, max_length=300)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("amount_fen", models.BigIntegerField()),
                ("paid_on", models.DateField(blank=True, null=True)),
                ("paid_fen", models.BigIntegerField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("paid_on__isnull", True), ("paid_fen__isnull", False), _connector="OR"),
                        name="payment_paid_has_amount",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PromisedResource",
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
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resources",
                        to="reporting.operatingcontract",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("fund", "基金"),
                            ("mentor", "导师"),
                            ("lab", "实验室"),
                            ("client", "客户"),
                            ("channel", "渠道"),
                            ("other", "其他"),
                        ],
                        max_length=8,
                    ),
                ),
                ("label", models.CharField(max_length=160)),
                ("quantity", models.PositiveIntegerField(blank=True, null=True)),
                ("unit", models.CharField(blank=True, max_length=20)),
                ("source", models.CharField(blank=True, max_length=160)),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="ResourceUse",
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
                    "resource",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="reporting.promisedresource",
                    ),
                ),
                ("used_on", models.DateField()),
                ("quantity", models.PositiveIntegerField(default=1)),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resource_uses",
                        to="pipeline.project",
                    ),
                ),
                ("note", models.CharField(max_length=300)),
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
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
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
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicators",
                        to="reporting.operatingcontract",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("position", models.PositiveSmallIntegerField()),
                ("label", models.CharField(max_length=120)),
                ("definition", models.TextField()),
                ("weight", models.PositiveIntegerField()),
                ("floor_target", models.CharField(blank=True, max_length=80)),
                ("target", models.BigIntegerField(blank=True, null=True)),
                ("unit", models.CharField(blank=True, max_length=20)),
                ("measure", models.CharField(blank=True, max_length=20)),
                ("evidence", models.CharField(blank=True, max_length=300)),
                ("capped", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["position", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("contract", "year", "position"),
                        name="indicator_place_once",
                    ),
                    models.CheckConstraint(condition=models.Q(("weight__gt", 0)), name="indicator_has_weight"),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="AssessmentSheet",
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
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="reporting.operatingcontract",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "编制中"),
                            ("self_scored", "已自评"),
                            ("scored", "已评分"),
                            ("frozen", "已定稿"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("as_of", models.DateField(blank=True, null=True)),
                ("payment_opinion", models.TextField(blank=True)),
                ("proposed_fen", models.BigIntegerField(blank=True, null=True)),
                ("self_scored_by", models.CharField(blank=True, max_length=160)),
                ("scored_by", models.CharField(blank=True, max_length=160)),
                ("frozen_at", models.DateTimeField(blank=True, null=True)),
                ("frozen_by", models.CharField(blank=True, max_length=160)),
                ("sha256", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "year"), name="sheet_once_per_year"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "frozen"), _negated=True),
                            models.Q(("frozen_at__isnull", False), models.Q(("sha256", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="sheet_frozen_has_hash",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="IndicatorScore",
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
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="reporting.assessmentsheet",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scores", to="reporting.indicator"
                    ),
                ),
                ("value", models.CharField(blank=True, max_length=80)),
                ("rows", models.JSONField(blank=True, default=list)),
                ("self_score", models.PositiveIntegerField(blank=True, null=True)),
                ("self_note", models.CharField(blank=True, max_length=300)),
                ("score", models.PositiveIntegerField(blank=True, null=True)),
                ("score_note", models.CharField(blank=True, max_length=300)),
                ("deduction", models.PositiveIntegerField(default=0)),
                ("deduction_note", models.CharField(blank=True, max_length=300)),
                ("disputed", models.BooleanField(default=False)),
                ("dispute_note", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("sheet", "indicator"), name="score_once_per_indicator"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("disputed", False), models.Q(("dispute_note", ""), _negated=True), _connector="OR"
                        ),
                        name="score_dispute_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deduction", 0), models.Q(("deduction_note", ""), _negated=True), _connector="OR"
                        ),
                        name="score_deduction_says_why",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="AssessmentCorrection",
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
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="reporting.assessmentsheet",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reporting.indicator",
                    ),
                ),
                ("what", models.CharField(max_length=60)),
                ("before", models.CharField(max_length=300)),
                ("after", models.CharField(max_length=300)),
                ("reason", models.CharField(max_length=300)),
                ("corrected_by", models.CharField(max_length=160)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="correction_says_why"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="BoundForm",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="bound_forms", to="parties.outpost"
                    ),
                ),
                ("plaque", models.CharField(blank=True, max_length=30)),
                ("name", models.CharField(max_length=120)),
                ("superior", models.CharField(blank=True, max_length=120)),
                ("format", models.CharField(choices=[("xlsx", "Excel 表"), ("docx", "Word 文档")], max_length=4)),
                (
                    "blank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
                ("bindings", models.JSONField(blank=True, default=list)),
                ("fingerprint", models.JSONField(blank=True, default=dict)),
                ("revision", models.PositiveSmallIntegerField(default=1)),
                (
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="reporting.boundform",
                    ),
                ),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["outpost", "name"], name="bound_form_list")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="FormFilling",
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
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="fillings", to="reporting.boundform"
                    ),
                ),
                ("as_of", models.DateField()),
                ("period_from", models.DateField()),
                ("figures", models.JSONField(default=dict)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
                ("filled_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["form", "-as_of"], name="filling_of_form")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="IssuedPaper",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="issued_papers", to="parties.outpost"
                    ),
                ),
                ("plaque", models.CharField(blank=True, max_length=30)),
                ("kind", models.CharField(max_length=24)),
                ("number", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=160)),
                ("as_of", models.DateField()),
                ("period_from", models.DateField()),
                ("figures", models.JSONField(default=list)),
                ("paragraphs", models.JSONField(default=list)),
                ("chat_text", models.CharField(blank=True, max_length=300)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
                (
                    "edited",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                ("mismatches", models.JSONField(blank=True, default=list)),
                ("issued_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["outpost", "-as_of", "-id"], name="paper_list")],
                "constraints": [models.UniqueConstraint(fields=("outpost", "number"), name="paper_number_once")],
            },
        ),
        migrations.CreateModel(
            name="DataHandover",
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
                    "home",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.place"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True)),
                ("sha256", models.CharField(max_length=64)),
                ("counts", models.JSONField(default=dict)),
                ("audit_head", models.CharField(max_length=64)),
                ("made_by", models.CharField(max_length=160)),
                ("received_by", models.CharField(blank=True, max_length=120)),
                ("received_on", models.DateField(blank=True, null=True)),
                ("deleted_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("received_on__isnull", True), models.Q(("received_by", ""), _negated=True), _connector="OR"
                        ),
                        name="data_handover_received_by_somebody",
                    )
                ],
                "indexes": [],
            },
        ),
    ]
