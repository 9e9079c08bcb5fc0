import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import feidi.kernel.subjects.uid


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0001_stored_files"),
        ("identity", "__first__"),
        ("parties", "0002_place_kind_zone"),
        ("pipeline", "0002_project_plaques"),
    ]

    operations = [
        migrations.CreateModel(
            name="Application",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="parties.outpost"
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("submitted", "待初审"),
                            ("returned", "待补正"),
                            ("accepted", "已受理"),
                            ("reviewing", "评审中"),
                            ("judged", "待决定"),
                            ("decided", "待审定"),
                            ("notice", "公示中"),
                            ("waiting", "候补"),
                            ("approved", "同意入驻"),
                            ("admitted", "已入驻"),
                            ("rejected", "不予入驻"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("public", "公开申请"), ("own", "单位账号"), ("counter", "代填")], max_length=8
                    ),
                ),
                ("origin_digest", models.CharField(blank=True, max_length=40)),
                ("secret_sha256", models.CharField(max_length=64, unique=True)),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="parties.organization",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="pipeline.project",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("applicant", models.CharField(blank=True, max_length=160)),
                ("one_line", models.CharField(blank=True, max_length=300)),
                ("answers", models.JSONField(blank=True, default=dict)),
                ("contact_name", models.CharField(blank=True, max_length=80)),
                ("phone_sealed", models.BinaryField(blank=True, null=True)),
                ("phone_masked", models.CharField(blank=True, max_length=40)),
                ("content_sha256", models.CharField(max_length=64)),
                ("submitted_on", models.DateField(blank=True, null=True)),
                ("asked_on", models.DateField(blank=True, null=True)),
                ("missing", models.JSONField(blank=True, default=list)),
                ("accepted_on", models.DateField(blank=True, null=True)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("admit", "同意入驻"), ("wait", "候补"), ("reject", "不予入驻")],
                        max_length=8,
                    ),
                ),
                ("reasons", models.JSONField(blank=True, default=list)),
                ("feedback", models.TextField(blank=True)),
                ("place_offered", models.CharField(blank=True, max_length=160)),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, max_length=160)),
                ("notice_until", models.DateField(blank=True, null=True)),
                ("waiting_until", models.DateField(blank=True, null=True)),
                ("sent_home_on", models.DateField(blank=True, null=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="pipeline.agreement",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["outpost", "state", "-id"], name="application_list"),
                    models.Index(fields=["origin_digest", "created_at"], name="application_of_origin"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("outpost", "number"),
                        name="application_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "withdrawn"]),
                            models.Q(models.Q(("number", ""), _negated=True), ("submitted_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="application_sent_has_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "rejected"), _negated=True),
                            models.Q(("feedback", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="application_rejected_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accepted_on__isnull", True), ("project__isnull", False), _connector="OR"),
                        name="application_accepted_has_project",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "admitted"), _negated=True),
                            ("agreement__isnull", False),
                            _connector="OR",
                        ),
                        name="application_admitted_has_agreement",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApplicationStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="incubation.application"
                    ),
                ),
                (
                    "from_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "草稿"),
                            ("submitted", "待初审"),
                            ("returned", "待补正"),
                            ("accepted", "已受理"),
                            ("reviewing", "评审中"),
                            ("judged", "待决定"),
                            ("decided", "待审定"),
                            ("notice", "公示中"),
                            ("waiting", "候补"),
                            ("approved", "同意入驻"),
                            ("admitted", "已入驻"),
                            ("rejected", "不予入驻"),
                            ("withdrawn", "已撤回"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("submitted", "待初审"),
                            ("returned", "待补正"),
                            ("accepted", "已受理"),
                            ("reviewing", "评审中"),
                            ("judged", "待决定"),
                            ("decided", "待审定"),
                            ("notice", "公示中"),
                            ("waiting", "候补"),
                            ("approved", "同意入驻"),
                            ("admitted", "已入驻"),
                            ("rejected", "不予入驻"),
                            ("withdrawn", "已撤回"),
                        ],
                        max_length=10,
                    ),
                ),
                ("occurred_on", models.DateField()),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=160)),
                ("note", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "indexes": [models.Index(fields=["application", "id"], name="application_step_order")],
            },
        ),
        migrations.CreateModel(
            name="ApplicationFile",
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
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="incubation.application"
                    ),
                ),
                ("question", models.CharField(max_length=60)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FirstAnswer",
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
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="first_answers",
                        to="incubation.application",
                    ),
                ),
                ("data", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("issued_on", models.DateField()),
                ("issued_by", models.CharField(max_length=160)),
                ("due_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("application",),
                        name="first_answer_one_holds",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
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
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="incubation.application"
                    ),
                ),
                ("n", models.PositiveSmallIntegerField(default=1)),
                ("opened_on", models.DateField()),
                ("due_on", models.DateField()),
                (
                    "rule",
                    models.CharField(
                        choices=[("mean", "平均分"), ("trimmed", "去一个最高分、一个最低分后平均")], max_length=8
                    ),
                ),
                ("judges_needed", models.PositiveSmallIntegerField()),
                ("criteria", models.JSONField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("result", models.PositiveIntegerField(blank=True, null=True)),
                ("trimmed", models.BooleanField(default=False)),
                ("opinion", models.TextField(blank=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("application", "n"), name="review_once_per_round"),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_on__isnull", True), ("voided_at__isnull", True)),
                        fields=("application",),
                        name="review_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("result__isnull", True), ("result__lte", 10000), _connector="OR"),
                        name="review_result_range",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewSeat",
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
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="incubation.review"
                    ),
                ),
                (
                    "judge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("assigned", "待评分"), ("scored", "已评分"), ("recused", "已回避")],
                        default="assigned",
                        max_length=8,
                    ),
                ),
                ("found", models.BooleanField(default=False)),
                ("recused_reason", models.CharField(blank=True, max_length=300)),
                ("points", models.JSONField(blank=True, default=dict)),
                ("total", models.PositiveIntegerField(blank=True, null=True)),
                ("remark", models.TextField(blank=True)),
                ("scored_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("review", "judge"), name="seat_once_per_judge"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "recused"), _negated=True),
                            models.Q(("recused_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="seat_recused_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "scored"), _negated=True),
                            models.Q(("total__isnull", False), ("total__lte", 10000)),
                            _connector="OR",
                        ),
                        name="seat_scored_has_total",
                    ),
                ],
            },
        ),
    ]
