import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import feidi.kernel.subjects.uid


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("identity", "__first__"),
        ("parties", "0001_places_organizations_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlaybookRun",
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
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="playbook_runs", to="parties.outpost"
                    ),
                ),
                ("number", models.CharField(max_length=40)),
                ("playbook", models.CharField(max_length=60)),
                ("title_zh", models.CharField(max_length=120)),
                ("title_en", models.CharField(max_length=160)),
                ("place", models.CharField(max_length=40)),
                ("path", models.CharField(max_length=120)),
                ("sha256", models.CharField(max_length=64)),
                ("plan", models.JSONField()),
                (
                    "served",
                    models.CharField(
                        choices=[("project", "项目"), ("organization", "单位"), ("talent", "人才")], max_length=12
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="playbook_runs",
                        to="parties.organization",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("answers", models.JSONField(blank=True, default=dict)),
                ("started_on", models.DateField()),
                ("planned_end", models.DateField()),
                ("planned_open", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "办理中"), ("finished", "已办结"), ("stopped", "已中止")],
                        default="running",
                        max_length=8,
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("ended_reason", models.CharField(blank=True, max_length=300)),
                ("named_home_on", models.DateField(blank=True, null=True)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["outpost", "state", "-id"], name="playbook_run_list"),
                    models.Index(fields=["subject_kind", "subject_uid"], name="playbook_run_subject"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("outpost", "number"), name="playbook_run_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "running")),
                        fields=("outpost", "playbook", "subject_kind", "subject_uid"),
                        name="playbook_run_once_while_running",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", True), ("state", "running")),
                            models.Q(models.Q(("state", "running"), _negated=True), ("ended_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="playbook_run_over_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "stopped"), _negated=True),
                            models.Q(("ended_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="playbook_run_stopped_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RunStep",
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
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="playbook.playbookrun"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("code", models.CharField(max_length=60)),
                ("phase", models.CharField(max_length=60)),
                ("label_zh", models.CharField(max_length=120)),
                ("label_en", models.CharField(max_length=160)),
                (
                    "owner",
                    models.CharField(
                        choices=[
                            ("operator", "运营方"),
                            ("host", "所在地"),
                            ("home", "主办地"),
                            ("firm", "企业"),
                            ("talent", "人才"),
                        ],
                        max_length=8,
                    ),
                ),
                ("optional", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "未到"),
                            ("open", "待办"),
                            ("asked", "已交待复"),
                            ("done", "办结"),
                            ("skipped", "略过"),
                            ("not_applicable", "不适用"),
                        ],
                        default="waiting",
                        max_length=14,
                    ),
                ),
                ("unclear", models.BooleanField(default=False)),
                ("opened_on", models.DateField(blank=True, null=True)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("due_agreed", models.BooleanField(default=False)),
                ("planned_on", models.DateField(blank=True, null=True)),
                ("asked_on", models.DateField(blank=True, null=True)),
                ("asked_of", models.CharField(blank=True, max_length=120)),
                ("receipt", models.CharField(blank=True, max_length=80)),
                ("done_on", models.DateField(blank=True, null=True)),
                ("left_on", models.DateField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "indexes": [models.Index(fields=["owner", "state", "due_on"], name="playbook_step_owed")],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "code"), name="playbook_step_once_per_run"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on__isnull", False), ("state", "done")),
                            models.Q(models.Q(("state", "done"), _negated=True), ("done_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="playbook_step_done_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "skipped"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="playbook_step_skipped_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "asked"), _negated=True), ("asked_on__isnull", False), _connector="OR"
                        ),
                        name="playbook_step_asked_has_its_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RunEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="playbook.playbookrun"
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="playbook.runstep",
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("started", "开办"),
                            ("opened", "轮到"),
                            ("asked", "交件"),
                            ("done", "办结"),
                            ("skipped", "略过"),
                            ("fell_away", "不适用"),
                            ("sent_back", "退回未到"),
                            ("reopened", "重新办理"),
                            ("answered", "问清"),
                            ("changed", "计划变更"),
                            ("noted", "备注"),
                            ("finished", "全部办结"),
                            ("stopped", "中止"),
                        ],
                        max_length=10,
                    ),
                ),
                ("occurred_on", models.DateField()),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=160)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("inside", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [models.Index(fields=["run", "id"], name="playbook_entry_of")],
                "constraints": [],
            },
        ),
    ]
