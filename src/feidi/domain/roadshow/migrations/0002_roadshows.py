import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import feidi.kernel.subjects.uid


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "__first__"),
        ("parties", "0002_place_kind_zone"),
        ("pipeline", "0002_project_plaques"),
        ("roadshow", "0001_activities"),
    ]

    operations = [
        migrations.CreateModel(
            name="Roadshow",
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
                ("number", models.CharField(max_length=40)),
                ("title_zh", models.CharField(max_length=120)),
                ("title_en", models.CharField(blank=True, max_length=200)),
                ("held_on", models.DateField()),
                ("interest_code", models.CharField(max_length=24, unique=True)),
                ("recorded_by", models.CharField(max_length=160)),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roadshows",
                        to="roadshow.activity",
                    ),
                ),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="roadshows", to="parties.outpost"
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
                "indexes": [models.Index(fields=["outpost", "-held_on"], name="roadshow_list")],
                "constraints": [
                    models.UniqueConstraint(fields=("outpost", "number"), name="roadshow_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("title_zh", ""), _negated=True), name="roadshow_has_a_title"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Judge",
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
                ("name", models.CharField(max_length=60)),
                ("works_as", models.CharField(blank=True, max_length=120)),
                ("trades", models.JSONField(blank=True, default=list)),
                ("token_sha256", models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ("token_until", models.DateField(blank=True, null=True)),
                ("declared_at", models.DateTimeField(blank=True, null=True)),
                ("recorded_by", models.CharField(max_length=160)),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.person",
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
                (
                    "works_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.organization",
                    ),
                ),
                (
                    "roadshow",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="judges", to="roadshow.roadshow"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("user__isnull", False), ("voided_at__isnull", True)),
                        fields=("roadshow", "user"),
                        name="roadshow_judge_account_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="roadshow_judge_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("token_sha256__isnull", True), ("token_until__isnull", False), _connector="OR"
                        ),
                        name="roadshow_judge_link_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Round",
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
                ("n", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("format", models.CharField(max_length=40)),
                ("pitch_minutes", models.PositiveSmallIntegerField()),
                ("question_minutes", models.PositiveSmallIntegerField()),
                ("judges_needed", models.PositiveSmallIntegerField()),
                (
                    "method",
                    models.CharField(choices=[("mean", "平均分"), ("trimmed", "去最高最低后平均")], max_length=8),
                ),
                ("decimals", models.PositiveSmallIntegerField(default=2)),
                ("criteria", models.JSONField()),
                ("ties", models.JSONField(blank=True, default=list)),
                ("advance", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("preparing", "筹备"),
                            ("declaring", "声明回避"),
                            ("reading", "盲读材料"),
                            ("scoring", "现场打分"),
                            ("closed", "收分"),
                            ("sealed", "已封存"),
                        ],
                        default="preparing",
                        max_length=10,
                    ),
                ),
                ("on_stage_at", models.DateTimeField(blank=True, null=True)),
                ("recorded_by", models.CharField(max_length=160)),
                (
                    "roadshow",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="roadshow.roadshow"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("roadshow", "n"),
                        name="roadshow_round_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("method", "trimmed"), _negated=True), ("judges_needed__gte", 5), _connector="OR"
                        ),
                        name="roadshow_round_trims_from_five",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("judges_needed__gte", 1)), name="roadshow_round_has_judges"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
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
                ("group", models.CharField(blank=True, max_length=20)),
                ("position", models.PositiveSmallIntegerField()),
                ("letter_words", models.TextField(blank=True)),
                ("letter_cleared_at", models.DateTimeField(blank=True, null=True)),
                ("letter_cleared_by", models.CharField(blank=True, max_length=160)),
                ("recorded_by", models.CharField(max_length=160)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roadshow_entries",
                        to="pipeline.project",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="roadshow.round"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "entries",
                "indexes": [models.Index(fields=["round", "position"], name="roadshow_running_order")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("round", "project"),
                        name="roadshow_entry_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("letter_cleared_at__isnull", True),
                            models.Q(("letter_cleared_by", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="roadshow_letter_cleared_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seal",
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
                ("document", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("sealed_at", models.DateTimeField()),
                ("sealed_by", models.CharField(max_length=160)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seals", to="roadshow.round"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("round",),
                        name="roadshow_seal_one_live",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True), models.Q(("void_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="roadshow_seal_voided_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sheet",
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
                    "state",
                    models.CharField(
                        choices=[("draft", "草稿"), ("locked", "已锁定"), ("set_aside", "回避，不计")],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0)),
                ("points", models.JSONField(blank=True, default=dict)),
                ("total", models.PositiveIntegerField(blank=True, null=True)),
                ("remark", models.TextField(blank=True)),
                ("saved_at", models.DateTimeField(blank=True, null=True)),
                ("locked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="roadshow.entry"
                    ),
                ),
                (
                    "judge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="roadshow.judge"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("judge", "entry"), name="roadshow_sheet_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "locked"), _negated=True),
                            models.Q(("locked_at__isnull", False), ("total__isnull", False)),
                            _connector="OR",
                        ),
                        name="roadshow_sheet_locked_has_total",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Interest",
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
                ("name", models.CharField(max_length=120)),
                ("ticket_fen", models.BigIntegerField(blank=True, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("by_link", models.BooleanField(default=False)),
                ("recorded_by", models.CharField(max_length=160)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="interests", to="roadshow.entry"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.organization",
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("organization__isnull", False), ("voided_at__isnull", True)),
                        fields=("entry", "organization"),
                        name="roadshow_interest_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="roadshow_interest_of_somebody"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ticket_fen__isnull", True),
                            models.Q(("ticket_fen__gt", 0), models.Q(("currency", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="roadshow_interest_ticket_has_currency",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
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
                ("expert", models.BooleanField(default=False)),
                ("by_hand", models.BooleanField(default=False)),
                ("why", models.CharField(blank=True, max_length=200)),
                ("recorded_by", models.CharField(max_length=160)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to="roadshow.entry"
                    ),
                ),
                (
                    "judge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to="roadshow.judge"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("judge", "entry"),
                        name="roadshow_assignment_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Recusal",
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
                    "ground",
                    models.CharField(
                        choices=[
                            ("member", "任职单位就是项目单位"),
                            ("party", "是项目的一方"),
                            ("relation", "任职单位与项目单位有关联"),
                            ("investor", "任职单位是项目的投资人"),
                            ("owner", "是项目的责任人"),
                            ("mentor", "是项目的导师"),
                            ("declared", "评委本人声明"),
                            ("named", "工作人员指出"),
                        ],
                        max_length=10,
                    ),
                ),
                ("found", models.BooleanField()),
                ("reason", models.CharField(max_length=300)),
                ("recorded_by", models.CharField(max_length=160)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recusals", to="roadshow.entry"
                    ),
                ),
                (
                    "judge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recusals", to="roadshow.judge"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("judge", "entry"),
                        name="roadshow_recusal_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="roadshow_recusal_says_why"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SheetSave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nonce", models.CharField(max_length=40)),
                ("revision", models.PositiveIntegerField()),
                ("points", models.JSONField()),
                ("remark", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=160)),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="saves", to="roadshow.sheet"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("sheet", "nonce"), name="roadshow_save_once")],
            },
        ),
        migrations.AddField(
            model_name="round",
            name="on_stage",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="roadshow.entry",
            ),
        ),
    ]
