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
            name="Ask",
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
                ("scope_outpost", models.BigIntegerField(db_index=True)),
                ("scope_home", models.BigIntegerField(blank=True, null=True)),
                ("place", models.CharField(max_length=40)),
                ("occasion", models.CharField(max_length=20)),
                ("about", models.CharField(max_length=120)),
                ("counts", models.BooleanField()),
                ("person_index", models.CharField(max_length=40)),
                ("to_enc", models.BinaryField(default=b"")),
                ("to_hint", models.CharField(blank=True, max_length=80)),
                ("asked_on", models.DateField()),
                ("asked_by", models.CharField(max_length=160)),
                ("mailed", models.BooleanField(default=False)),
                ("generation", models.PositiveSmallIntegerField(default=1)),
                ("token_sha256", models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ("expires_on", models.DateField()),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=300)),
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
            ],
            options={
                "indexes": [models.Index(fields=["scope_outpost", "asked_on"], name="feedback_asked")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject_kind", "subject_uid", "occasion", "person_index"), name="feedback_asked_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_on__isnull", True),
                            models.Q(("token_sha256__isnull", True), models.Q(("withdrawn_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="feedback_withdrawn_opens_nothing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Complaint",
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
                ("scope_outpost", models.BigIntegerField(db_index=True)),
                ("scope_home", models.BigIntegerField(blank=True, null=True)),
                ("place", models.CharField(max_length=40)),
                ("number", models.CharField(max_length=20)),
                ("received_on", models.DateField()),
                ("received_by", models.CharField(max_length=160)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("visit", "来访"),
                            ("phone", "电话"),
                            ("wechat", "微信"),
                            ("letter", "来信"),
                            ("mail", "电子邮件"),
                            ("passed_on", "上级或部门转来"),
                        ],
                        max_length=10,
                    ),
                ),
                ("topic", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=120)),
                ("words_enc", models.BinaryField(default=b"")),
                ("who_enc", models.BinaryField(default=b"")),
                ("who_hint", models.CharField(blank=True, max_length=40)),
                ("subject_kind", models.CharField(blank=True, max_length=40)),
                ("subject_uid", models.CharField(blank=True, max_length=12)),
                ("due_on", models.DateField(blank=True, null=True)),
                (
                    "ruling",
                    models.CharField(
                        blank=True,
                        choices=[("upheld", "属实"), ("partly", "部分属实"), ("unfounded", "不属实")],
                        max_length=10,
                    ),
                ),
                ("reply", models.TextField(blank=True)),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("answered_by", models.CharField(blank=True, max_length=160)),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("lesson", models.CharField(blank=True, max_length=300)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["scope_outpost", "-received_on"], name="complaint_register")],
                "constraints": [
                    models.UniqueConstraint(fields=("scope_outpost", "number"), name="complaint_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_on__isnull", True), ("reply", ""), ("ruling", "")),
                            models.Q(
                                ("answered_on__gte", models.F("received_on")),
                                models.Q(("reply", ""), _negated=True),
                                models.Q(("ruling", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="complaint_answered_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True),
                            models.Q(("answered_on__isnull", False), ("closed_on__gte", models.F("answered_on"))),
                            _connector="OR",
                        ),
                        name="complaint_closed_after_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ComplaintNumber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scope_outpost", models.BigIntegerField()),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("scope_outpost", "year"), name="complaint_series_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
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
                ("scope_outpost", models.BigIntegerField()),
                ("scope_home", models.BigIntegerField(blank=True, null=True)),
                ("occasion", models.CharField(max_length=20)),
                ("about", models.CharField(max_length=120)),
                ("counts", models.BooleanField()),
                ("satisfaction", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("recommend", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("words_enc", models.BinaryField(default=b"")),
                (
                    "via",
                    models.CharField(
                        choices=[("link", "链接"), ("own", "登录后填写"), ("handover", "确认办结时填写")], max_length=10
                    ),
                ),
                ("answered_on", models.DateField()),
                (
                    "ask",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answer", to="feedback.ask"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["scope_outpost", "answered_on"], name="feedback_answered"),
                    models.Index(fields=["scope_home", "answered_on"], name="feedback_answered_home"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("satisfaction__isnull", True),
                            models.Q(("satisfaction__gte", 1), ("satisfaction__lte", 5)),
                            _connector="OR",
                        ),
                        name="feedback_satisfaction_1_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recommend__isnull", True), ("recommend__lte", 10), _connector="OR"),
                        name="feedback_recommend_0_to_10",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("satisfaction__isnull", False),
                            ("recommend__isnull", False),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="feedback_answer_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
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
                ("scope_outpost", models.BigIntegerField()),
                ("about", models.CharField(max_length=120)),
                ("opened_on", models.DateField()),
                ("due_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("closed_by", models.CharField(blank=True, max_length=160)),
                ("done", models.CharField(blank=True, max_length=500)),
                (
                    "answer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="follow_up", to="feedback.answer"
                    ),
                ),
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
            ],
            options={
                "indexes": [models.Index(fields=["scope_outpost", "closed_on", "due_on"], name="feedback_follow_ups")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", True), ("done", "")),
                            models.Q(("closed_on__isnull", False), models.Q(("done", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="feedback_follow_up_closed_says_what",
                    )
                ],
            },
        ),
    ]
