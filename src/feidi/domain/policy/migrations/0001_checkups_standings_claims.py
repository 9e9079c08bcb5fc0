import django.db.models.deletion
from django.db import migrations, models

import feidi.kernel.subjects.uid


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0001_stored_files"),
        ("parties", "0001_places_organizations_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="PolicyClaim",
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
                ("about_kind", models.CharField(blank=True, max_length=40)),
                ("about_uid", models.CharField(blank=True, max_length=12)),
                ("place", models.CharField(max_length=40)),
                ("clause", models.CharField(max_length=40)),
                ("clause_title", models.CharField(max_length=160)),
                ("policy_hash", models.CharField(max_length=64)),
                ("platform", models.CharField(blank=True, max_length=120)),
                ("account_holder", models.CharField(blank=True, max_length=120)),
                ("acceptance_number", models.CharField(blank=True, max_length=80)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "准备材料"),
                            ("submitted", "已提交"),
                            ("returned", "退回补正"),
                            ("approved", "已核准"),
                            ("rejected", "未通过"),
                            ("paid", "已到账"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("status_seen_on", models.DateField()),
                ("window_ends_on", models.DateField(blank=True, null=True)),
                ("submitted_on", models.DateField(blank=True, null=True)),
                ("approved_on", models.DateField(blank=True, null=True)),
                ("paid_on", models.DateField(blank=True, null=True)),
                ("applied_fen", models.BigIntegerField(blank=True, null=True)),
                ("approved_fen", models.BigIntegerField(blank=True, null=True)),
                ("paid_fen", models.BigIntegerField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("recorded_by", models.CharField(max_length=160)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="policy_claims",
                        to="parties.organization",
                    ),
                ),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="policy_claims", to="parties.outpost"
                    ),
                ),
                (
                    "receipt",
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
                "indexes": [
                    models.Index(fields=["outpost", "status"], name="claim_by_status"),
                    models.Index(fields=["organization"], name="claim_of_organization"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("applied_fen", None), ("applied_fen__gte", 0), _connector="OR"),
                            models.Q(("approved_fen", None), ("approved_fen__gte", 0), _connector="OR"),
                            models.Q(("paid_fen", None), ("paid_fen__gte", 0), _connector="OR"),
                        ),
                        name="claim_amounts_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "paid"), _negated=True),
                            models.Q(("paid_fen__isnull", False), ("paid_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="claim_paid_has_amount_and_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyClaimEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status_before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "准备材料"),
                            ("submitted", "已提交"),
                            ("returned", "退回补正"),
                            ("approved", "已核准"),
                            ("rejected", "未通过"),
                            ("paid", "已到账"),
                            ("withdrawn", "已撤回"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "准备材料"),
                            ("submitted", "已提交"),
                            ("returned", "退回补正"),
                            ("approved", "已核准"),
                            ("rejected", "未通过"),
                            ("paid", "已到账"),
                            ("withdrawn", "已撤回"),
                        ],
                        max_length=10,
                    ),
                ),
                ("seen_on", models.DateField()),
                ("amount_fen", models.BigIntegerField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=160)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="policy.policyclaim"
                    ),
                ),
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
                "indexes": [models.Index(fields=["claim", "seen_on"], name="claim_entry_in_order")],
            },
        ),
        migrations.CreateModel(
            name="StandingChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_uid", models.CharField(max_length=12)),
                ("place", models.CharField(max_length=40)),
                ("clause", models.CharField(max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[("gained", "新符合"), ("lost", "不再符合"), ("unclear", "由符合变为待核实")],
                        max_length=8,
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("facts", "企业事实变化"),
                            ("content", "政策变化"),
                            ("both", "政策和企业事实都有变化"),
                            ("day", "日期推移"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        choices=[("eligible", "符合"), ("not_eligible", "不符合"), ("unknown", "待核实")], max_length=12
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[("eligible", "符合"), ("not_eligible", "不符合"), ("unknown", "待核实")], max_length=12
                    ),
                ),
                ("as_of", models.DateField()),
                ("policy_hash", models.CharField(max_length=64)),
                ("changed_at", models.DateTimeField()),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standing_changes",
                        to="parties.outpost",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["outpost", "-changed_at"], name="standing_change_newest"),
                    models.Index(fields=["subject_kind", "subject_uid"], name="standing_change_of_subject"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Checkup",
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
                ("subject_label", models.CharField(max_length=160)),
                ("as_of", models.DateField()),
                ("known_at", models.DateTimeField()),
                ("policy_hash", models.CharField(max_length=64)),
                ("facts", models.JSONField(default=dict)),
                ("files", models.JSONField(default=list)),
                ("results", models.JSONField(default=list)),
                ("summary", models.JSONField(default=dict)),
                ("content_hash", models.CharField(max_length=64)),
                ("made_by", models.CharField(max_length=160)),
                (
                    "home",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.place"
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.place"
                    ),
                ),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="policy_checkups",
                        to="parties.outpost",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["subject_kind", "subject_uid", "outpost"], name="checkup_of_subject")],
            },
        ),
        migrations.CreateModel(
            name="ClauseStanding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_uid", models.CharField(max_length=12)),
                ("place", models.CharField(max_length=40)),
                ("clause", models.CharField(max_length=40)),
                (
                    "verdict",
                    models.CharField(
                        choices=[("eligible", "符合"), ("not_eligible", "不符合"), ("unknown", "待核实")], max_length=12
                    ),
                ),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("applicable", "可申请"),
                            ("automatic", "免申即享"),
                            ("contested", "可争取（评审、一事一议）"),
                            ("unknown", "待核实"),
                            ("near", "差一项"),
                            ("out_of_window", "符合，不在受理期"),
                            ("not_eligible", "不符合"),
                            ("unconfirmed", "效力待核实、草案"),
                            ("not_yet", "尚未生效"),
                            ("expired", "已过期"),
                        ],
                        max_length=16,
                    ),
                ),
                ("lo_fen", models.BigIntegerField(blank=True, null=True)),
                ("hi_fen", models.BigIntegerField(blank=True, null=True)),
                ("up_to", models.BooleanField(default=False)),
                ("missing", models.JSONField(default=list)),
                ("as_of", models.DateField()),
                ("policy_hash", models.CharField(max_length=64)),
                ("facts_hash", models.CharField(max_length=64)),
                ("evaluated_at", models.DateTimeField()),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clause_standings",
                        to="parties.outpost",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["outpost", "clause", "group"], name="standing_by_clause")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("outpost", "subject_kind", "subject_uid", "clause"), name="standing_once_per_clause"
                    )
                ],
            },
        ),
    ]
