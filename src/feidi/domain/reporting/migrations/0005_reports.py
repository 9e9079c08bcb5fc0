import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import feidi.kernel.subjects.uid


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_stored_files"),
        ("identity", "__first__"),
        ("parties", "0002_place_kind_zone"),
        ("reporting", "0004_closed_periods"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportPlan",
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
                ("kind", models.CharField(max_length=24)),
                ("plaque", models.CharField(blank=True, max_length=30)),
                ("day", models.PositiveSmallIntegerField()),
                ("recipients_enc", models.BinaryField(blank=True, default=b"")),
                ("hints", models.JSONField(blank=True, default=list)),
                ("robots", models.JSONField(blank=True, default=list)),
                ("recorded_by", models.CharField(max_length=160)),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="report_plans", to="parties.outpost"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("outpost", "kind", "plaque"),
                        name="report_plan_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("day__gte", 1), ("day__lte", 28)), name="report_plan_day"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
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
                ("kind", models.CharField(max_length=24)),
                ("plaque", models.CharField(blank=True, max_length=30)),
                ("period", models.CharField(max_length=10)),
                ("period_from", models.DateField()),
                ("as_of", models.DateField()),
                ("number", models.CharField(max_length=60)),
                ("issue", models.CharField(blank=True, max_length=40)),
                ("title", models.CharField(max_length=160)),
                ("revision", models.PositiveSmallIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "草稿"), ("approved", "已批准"), ("sent", "已发出"), ("archived", "已归档")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("body", models.JSONField()),
                ("texts", models.JSONField(blank=True, default=dict)),
                ("mismatches", models.JSONField(blank=True, default=list)),
                ("sendings", models.JSONField(blank=True, default=list)),
                ("made_by_id_number", models.BigIntegerField()),
                ("made_by", models.CharField(max_length=160)),
                ("approved_by_id_number", models.BigIntegerField(blank=True, null=True)),
                ("approved_by", models.CharField(blank=True, max_length=160)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                ("archived_by", models.CharField(blank=True, max_length=160)),
                ("sha256", models.CharField(blank=True, max_length=64)),
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
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="parties.outpost"
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="reporting.report",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="reporting.reportplan",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["outpost", "-as_of", "-id"], name="report_list")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("outpost", "kind", "plaque", "period_from", "as_of", "revision"),
                        name="report_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("plan__isnull", False), ("revision", 1), ("voided_at__isnull", True)),
                        fields=("plan", "period_from"),
                        name="report_of_plan_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by_id_number__isnull", False),
                                models.Q(("approved_by_id_number", models.F("made_by_id_number")), _negated=True),
                                models.Q(("sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="report_approved_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "archived"), _negated=True),
                            ("archived_at__isnull", False),
                            _connector="OR",
                        ),
                        name="report_archived_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("as_of__gte", models.F("period_from"))), name="report_within_its_period"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportFile",
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
                    models.CharField(
                        choices=[("docx", "Word 文档"), ("pdf", "PDF 文档"), ("xlsx", "Excel 表")], max_length=4
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="reporting.report"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("report", "form"), name="report_file_once")],
            },
        ),
    ]
