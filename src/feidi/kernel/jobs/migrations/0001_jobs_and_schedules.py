import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import feidi.kernel.subjects.uid


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("identity", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "uid",
                    models.CharField(
                        default=feidi.kernel.subjects.uid.new_uid, editable=False, max_length=12, unique=True
                    ),
                ),
                ("kind", models.CharField(max_length=80)),
                ("title", models.CharField(max_length=200)),
                ("subject_kind", models.CharField(blank=True, max_length=40)),
                ("subject_uid", models.CharField(blank=True, max_length=12)),
                (
                    "requested_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("requested_by_label", models.CharField(max_length=160)),
                ("arguments", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "排队中"),
                            ("running", "进行中"),
                            ("done", "已完成"),
                            ("failed", "失败"),
                            ("cancelled", "已取消"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("task_id", models.UUIDField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("max_attempts", models.PositiveSmallIntegerField(default=3)),
                ("run_after", models.DateTimeField(null=True)),
                ("lease_until", models.DateTimeField(null=True)),
                ("worker", models.CharField(blank=True, max_length=64)),
                ("cancel_requested", models.BooleanField(default=False)),
                ("progress_done", models.PositiveBigIntegerField(default=0)),
                ("progress_total", models.PositiveBigIntegerField(null=True)),
                ("progress_text", models.CharField(blank=True, max_length=200)),
                ("result", models.JSONField(null=True)),
                ("error_code", models.CharField(blank=True, max_length=80)),
                ("error_params", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "lease_until"], name="job_state_lease"),
                    models.Index(fields=["requested_by", "-created_at"], name="job_by_requester"),
                    models.Index(fields=["subject_kind", "subject_uid"], name="job_by_subject"),
                    models.Index(fields=["kind", "state"], name="job_kind_state"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "running"), _negated=True),
                            models.Q(("lease_until__isnull", False), models.Q(("worker", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="job_running_has_worker_and_lease",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["queued", "running"]), ("finished_at__isnull", False), _connector="OR"
                        ),
                        name="job_finished_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("attempts__lte", models.F("max_attempts"))),
                        name="job_attempts_within_limit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("progress_total__isnull", True),
                            ("progress_done__lte", models.F("progress_total")),
                            _connector="OR",
                        ),
                        name="job_progress_within_total",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("subject_kind", ""), ("subject_uid", "")),
                            models.Q(
                                models.Q(("subject_kind", ""), _negated=True),
                                models.Q(("subject_uid", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="job_subject_whole_or_none",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Process",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=64, unique=True)),
                ("kind", models.CharField(choices=[("worker", "后台任务"), ("scheduler", "定时任务")], max_length=10)),
                ("pid", models.PositiveIntegerField()),
                ("started_at", models.DateTimeField()),
                ("beat_at", models.DateTimeField()),
            ],
            options={
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Schedule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=80, unique=True)),
                ("every_seconds", models.PositiveIntegerField(null=True)),
                ("daily_at", models.TimeField(null=True)),
                ("enabled", models.BooleanField(default=True)),
                ("last_run", models.DateTimeField(null=True)),
                ("next_run", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("daily_at__isnull", True), ("every_seconds__gt", 0)),
                            models.Q(("daily_at__isnull", False), ("every_seconds__isnull", True)),
                            _connector="OR",
                        ),
                        name="schedule_every_or_daily",
                    )
                ],
                "indexes": [],
            },
        ),
    ]
