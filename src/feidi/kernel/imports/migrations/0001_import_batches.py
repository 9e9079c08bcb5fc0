import django.db.models.deletion
from django.db import migrations, models

import feidi.kernel.imports.plain_json
import feidi.kernel.subjects.uid


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0001_stored_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportBatch",
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
                ("kind", models.CharField(max_length=40)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "已上传"),
                            ("mapped", "已对应列"),
                            ("staging", "读取中"),
                            ("previewed", "待确认"),
                            ("committing", "写入中"),
                            ("committed", "已导入"),
                            ("undone", "已撤销"),
                            ("failed", "失败"),
                            ("cancelled", "已取消"),
                        ],
                        default="uploaded",
                        max_length=12,
                    ),
                ),
                ("sheet", models.CharField(blank=True, max_length=200)),
                ("header_signature", models.CharField(blank=True, max_length=64)),
                ("columns", models.JSONField(default=list, encoder=feidi.kernel.imports.plain_json.PlainEncoder)),
                ("mapping", models.JSONField(default=dict, encoder=feidi.kernel.imports.plain_json.PlainEncoder)),
                ("declared_currency", models.CharField(blank=True, max_length=3)),
                ("reference_on", models.DateField()),
                ("counts", models.JSONField(default=dict, encoder=feidi.kernel.imports.plain_json.PlainEncoder)),
                ("findings", models.JSONField(default=list, encoder=feidi.kernel.imports.plain_json.PlainEncoder)),
                ("made", models.JSONField(default=dict, encoder=feidi.kernel.imports.plain_json.PlainEncoder)),
                ("skip_bad", models.BooleanField(default=False)),
                ("job_uid", models.CharField(blank=True, max_length=12)),
                ("started_by_id_number", models.BigIntegerField(null=True)),
                ("started_by", models.CharField(max_length=160)),
                ("committed_at", models.DateTimeField(blank=True, null=True)),
                ("committed_by", models.CharField(blank=True, max_length=160)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("undone_by", models.CharField(blank=True, max_length=160)),
                ("undo_report", models.JSONField(default=dict, encoder=feidi.kernel.imports.plain_json.PlainEncoder)),
            ],
            options={
                "indexes": [models.Index(fields=["subject_uid", "-id"], name="import_of_subject")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["committed", "undone"]), _negated=True),
                            ("committed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="import_committed_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "undone"), _negated=True), ("undone_at__isnull", False), _connector="OR"
                        ),
                        name="import_undone_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MappingMemory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_uid", models.CharField(max_length=12)),
                ("kind", models.CharField(max_length=40)),
                ("header_signature", models.CharField(max_length=64)),
                ("mapping", models.JSONField(default=dict, encoder=feidi.kernel.imports.plain_json.PlainEncoder)),
                ("declared_currency", models.CharField(blank=True, max_length=3)),
                ("remembered_at", models.DateTimeField()),
                ("remembered_by", models.CharField(max_length=160)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "subject_kind", "subject_uid", "header_signature"),
                        name="mapping_once_per_header",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="imports.importbatch"
                    ),
                ),
                ("row", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "新增"),
                            ("updated", "更新"),
                            ("unchanged", "无变化"),
                            ("suspected", "疑似重复"),
                            ("refused", "未导入"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("create", "作为新项目"), ("update", "更新已有项目"), ("skip", "跳过")],
                        max_length=10,
                    ),
                ),
                ("decided_by", models.CharField(blank=True, max_length=160)),
                ("label", models.CharField(blank=True, max_length=200)),
                ("detail", models.CharField(blank=True, max_length=200)),
                ("match_uid", models.CharField(blank=True, max_length=12)),
                ("match_version", models.PositiveIntegerField(null=True)),
                ("values", models.JSONField(default=dict, encoder=feidi.kernel.imports.plain_json.PlainEncoder)),
                ("changes", models.JSONField(default=dict, encoder=feidi.kernel.imports.plain_json.PlainEncoder)),
                ("findings", models.JSONField(default=list, encoder=feidi.kernel.imports.plain_json.PlainEncoder)),
                ("original", models.JSONField(encoder=feidi.kernel.imports.plain_json.PlainEncoder, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["batch", "state", "row"], name="import_row_by_state")],
                "constraints": [models.UniqueConstraint(fields=("batch", "row"), name="import_row_once")],
            },
        ),
    ]
