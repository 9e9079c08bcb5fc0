import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import feidi.kernel.subjects.uid


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0001_stored_files"),
        ("identity", "0001_users_and_sign_in_attempts"),
        ("parties", "0002_place_kind_zone"),
        ("policy", "0001_checkups_standings_claims"),
    ]

    operations = [
        migrations.CreateModel(
            name="TalentNumber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.outpost"
                    ),
                ),
                ("series", models.CharField(max_length=20)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("outpost", "series", "year"), name="talent_series_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ProcessingAgreement",
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
                        related_name="processing_agreements",
                        to="parties.outpost",
                    ),
                ),
                ("handler", models.CharField(max_length=160)),
                ("processor", models.CharField(max_length=160)),
                ("purposes", models.TextField()),
                ("signed_on", models.DateField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "paper",
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gt", models.F("starts_on")), _connector="OR"
                        ),
                        name="processing_agreement_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Talent",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="talents", to="parties.outpost"
                    ),
                ),
                ("number", models.CharField(max_length=40)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="talents", to="parties.person"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="talents",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("mainland", "内地"), ("hmt", "港澳台"), ("foreign", "外籍")], max_length=10
                    ),
                ),
                ("field", models.CharField(blank=True, max_length=80)),
                (
                    "employer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="talents",
                        to="parties.organization",
                    ),
                ),
                (
                    "works_at",
                    models.CharField(
                        blank=True,
                        choices=[("home", "本地（主办地）"), ("host", "飞地（驻点所在地）"), ("elsewhere", "其他地方")],
                        max_length=10,
                    ),
                ),
                ("work_place", models.CharField(blank=True, max_length=120)),
                (
                    "insured_at",
                    models.CharField(
                        blank=True,
                        choices=[("home", "本地（主办地）"), ("host", "飞地（驻点所在地）"), ("elsewhere", "其他地方")],
                        max_length=10,
                    ),
                ),
                ("insured_place", models.CharField(blank=True, max_length=120)),
                ("since", models.DateField(blank=True, null=True)),
                (
                    "paper_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("id_card", "居民身份证"),
                            ("hmt_permit", "来往内地通行证或居住证"),
                            ("passport", "护照"),
                            ("residence", "永久居留身份证"),
                        ],
                        max_length=10,
                    ),
                ),
                ("paper_hint", models.CharField(blank=True, max_length=60)),
                ("paper_index", models.CharField(blank=True, db_index=True, max_length=40)),
                ("private_enc", models.BinaryField(default=b"")),
                ("recorded_by", models.CharField(max_length=160)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                ("erased_by", models.CharField(blank=True, max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["outpost", "-id"], name="talent_list")],
                "constraints": [
                    models.UniqueConstraint(fields=("outpost", "number"), name="talent_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("person",),
                        name="talent_once_per_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("erased_at__isnull", True),
                            models.Q(
                                ("paper_hint", ""),
                                ("paper_index", ""),
                                ("private_enc", b""),
                                ("user__isnull", True),
                                ("work_place", ""),
                            ),
                            _connector="OR",
                        ),
                        name="talent_erased_holds_nothing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("erased_at__isnull", True), models.Q(("erased_by", ""), _negated=True), _connector="OR"
                        ),
                        name="talent_erased_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
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
                    "talent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="consents", to="talent.talent"
                    ),
                ),
                ("purpose", models.CharField(max_length=40)),
                ("version_label", models.CharField(max_length=40)),
                ("text_sha256", models.CharField(max_length=64)),
                ("given_on", models.DateField()),
                (
                    "given_how",
                    models.CharField(
                        choices=[("paper", "纸面签字"), ("online", "本人在线确认"), ("recorded", "当面口头、有记录")],
                        max_length=10,
                    ),
                ),
                ("keep_until", models.DateField()),
                ("guardian", models.BooleanField(default=False)),
                (
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                (
                    "withdrawn_how",
                    models.CharField(
                        blank=True,
                        choices=[("paper", "纸面签字"), ("online", "本人在线确认"), ("recorded", "当面口头、有记录")],
                        max_length=10,
                    ),
                ),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["keep_until"], name="consent_by_retention")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("keep_until__gt", models.F("given_on"))), name="consent_kept_until_later"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_on__isnull", True),
                            models.Q(
                                ("withdrawn_on__gte", models.F("given_on")),
                                models.Q(("withdrawn_how", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="consent_withdrawn_after_given",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True), ("withdrawn_on__isnull", True)),
                        fields=("talent", "purpose"),
                        name="consent_once_per_purpose",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Disclosure",
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
                    "talent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="disclosures", to="talent.talent"
                    ),
                ),
                ("to_whom", models.CharField(max_length=120)),
                ("purpose", models.CharField(max_length=200)),
                ("what", models.CharField(max_length=300)),
                ("on", models.DateField()),
                ("by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["talent", "-on"], name="disclosure_of_talent")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("to_whom", ""), _negated=True),
                            models.Q(("purpose", ""), _negated=True),
                            models.Q(("what", ""), _negated=True),
                        ),
                        name="disclosure_says_what",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DataRequest",
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
                    "talent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="talent.talent"
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("export", "导出本人数据"), ("erasure", "删除本人数据")], max_length=10),
                ),
                ("asked_on", models.DateField()),
                (
                    "asked_how",
                    models.CharField(
                        choices=[("paper", "纸面签字"), ("online", "本人在线确认"), ("recorded", "当面口头、有记录")],
                        max_length=10,
                    ),
                ),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=300)),
                ("answered_by", models.CharField(blank=True, max_length=160)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_on__isnull", True)),
                        fields=("talent", "kind"),
                        name="data_request_once_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_on__isnull", True), models.Q(("answer", ""), _negated=True), _connector="OR"
                        ),
                        name="data_request_answered_says_what",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClassRuling",
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
                    "talent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rulings", to="talent.talent"
                    ),
                ),
                (
                    "checkup",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="policy.checkup",
                    ),
                ),
                ("clauses", models.JSONField(default=list)),
                (
                    "because",
                    models.CharField(
                        choices=[
                            ("host_worker", "在飞地工作，不在本地工作"),
                            ("unknown", "条文要的事实还不清楚"),
                            ("eligible", "按条文符合，请认定"),
                            ("not_eligible", "按条文不符合，请裁定"),
                        ],
                        max_length=12,
                    ),
                ),
                ("question", models.CharField(blank=True, max_length=300)),
                ("asked_on", models.DateField()),
                ("asked_by", models.CharField(max_length=160)),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "待主办方裁定"), ("granted", "已认定"), ("declined", "不予认定")],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("class_code", models.CharField(blank=True, max_length=20)),
                ("class_name", models.CharField(blank=True, max_length=60)),
                ("basis", models.CharField(blank=True, max_length=300)),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, max_length=160)),
                (
                    "paper",
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
                        condition=models.Q(("state", "asked"), ("voided_at__isnull", True)),
                        fields=("talent",),
                        name="ruling_asked_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "granted"), models.Q(("class_code", ""), _negated=True)),
                            models.Q(models.Q(("state", "granted"), _negated=True), ("class_code", "")),
                            _connector="OR",
                        ),
                        name="ruling_grants_a_class",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "asked"),
                            models.Q(
                                ("decided_on__isnull", False),
                                models.Q(("decided_by", ""), _negated=True),
                                models.Q(("basis", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="ruling_says_who_and_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Position",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="positions", to="parties.outpost"
                    ),
                ),
                ("number", models.CharField(max_length=40)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="positions", to="parties.organization"
                    ),
                ),
                ("about_kind", models.CharField(blank=True, max_length=40)),
                ("about_uid", models.CharField(blank=True, max_length=12)),
                ("title", models.CharField(max_length=120)),
                ("needs", models.TextField(blank=True)),
                ("field", models.CharField(blank=True, max_length=80)),
                (
                    "works_at",
                    models.CharField(
                        blank=True,
                        choices=[("home", "本地（主办地）"), ("host", "飞地（驻点所在地）"), ("elsewhere", "其他地方")],
                        max_length=10,
                    ),
                ),
                ("work_place", models.CharField(blank=True, max_length=120)),
                ("wanted", models.PositiveSmallIntegerField(default=1)),
                ("salary_lo_fen", models.BigIntegerField(blank=True, null=True)),
                ("salary_hi_fen", models.BigIntegerField(blank=True, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                (
                    "salary_per",
                    models.CharField(blank=True, choices=[("month", "每月"), ("year", "每年")], max_length=5),
                ),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("close_reason", models.CharField(blank=True, max_length=300)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["outpost", "closed_on", "-id"], name="position_list")],
                "constraints": [
                    models.UniqueConstraint(fields=("outpost", "number"), name="position_number_once"),
                    models.CheckConstraint(condition=models.Q(("wanted__gte", 1)), name="position_wants_somebody"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("salary_lo_fen", None), ("salary_hi_fen", None)),
                            models.Q(
                                models.Q(("currency", ""), _negated=True), models.Q(("salary_per", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="position_salary_has_currency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("salary_lo_fen", None),
                            ("salary_hi_fen", None),
                            ("salary_hi_fen__gte", models.F("salary_lo_fen")),
                            _connector="OR",
                        ),
                        name="position_salary_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True), models.Q(("close_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="position_closed_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FlexibleContract",
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
                    "talent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contracts", to="talent.talent"
                    ),
                ),
                (
                    "home_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flexible_contracts",
                        to="parties.organization",
                    ),
                ),
                ("kind", models.CharField(choices=[("dual", "双聘"), ("flexible", "柔性引才")], max_length=10)),
                (
                    "works_at",
                    models.CharField(
                        blank=True,
                        choices=[("home", "本地（主办地）"), ("host", "飞地（驻点所在地）"), ("elsewhere", "其他地方")],
                        max_length=10,
                    ),
                ),
                (
                    "insured_at",
                    models.CharField(
                        blank=True,
                        choices=[("home", "本地（主办地）"), ("host", "飞地（驻点所在地）"), ("elsewhere", "其他地方")],
                        max_length=10,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("days_agreed", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                        name="flexible_contract_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("days_agreed", None),
                            models.Q(("days_agreed__gte", 1), ("days_agreed__lte", 31)),
                            _connector="OR",
                        ),
                        name="flexible_contract_days_of_a_month",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PresenceMonth",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="months", to="talent.flexiblecontract"
                    ),
                ),
                ("month", models.DateField()),
                ("days", models.PositiveSmallIntegerField()),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "month"), name="presence_once_per_month"),
                    models.CheckConstraint(condition=models.Q(("days__lte", 31)), name="presence_within_a_month"),
                ],
            },
        ),
        migrations.CreateModel(
            name="BenefitAcceptance",
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
                        related_name="benefits",
                        to="talent.flexiblecontract",
                    ),
                ),
                ("clause", models.CharField(max_length=40)),
                ("clause_title", models.CharField(max_length=160)),
                ("answer", models.CharField(blank=True, choices=[("yes", "接受"), ("no", "不接受")], max_length=3)),
                ("basis", models.CharField(blank=True, max_length=300)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "clause"), name="benefit_once_per_clause"),
                    models.CheckConstraint(
                        condition=models.Q(("answer", ""), models.Q(("basis", ""), _negated=True), _connector="OR"),
                        name="benefit_answer_has_basis",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GreenCase",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="green_cases", to="parties.outpost"
                    ),
                ),
                ("number", models.CharField(max_length=40)),
                (
                    "talent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="talent.talent"
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "办理中"),
                            ("delivered", "已办结，待确认"),
                            ("confirmed", "本人已确认"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("opened_on", models.DateField()),
                ("promised", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("content_sha256", models.CharField(max_length=64)),
                ("missing", models.JSONField(blank=True, default=list)),
                ("told_on", models.DateField(blank=True, null=True)),
                ("delivered_on", models.DateField(blank=True, null=True)),
                ("token_sha256", models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ("link_expires_on", models.DateField(blank=True, null=True)),
                ("score", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("word", models.CharField(blank=True, max_length=300)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=300)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["outpost", "state", "-id"], name="green_case_list")],
                "constraints": [
                    models.UniqueConstraint(fields=("outpost", "number"), name="green_case_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["delivered", "confirmed"]), _negated=True),
                            ("delivered_on__isnull", False),
                            _connector="OR",
                        ),
                        name="green_case_delivered_has_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "confirmed"), _negated=True),
                            models.Q(("confirmed_at__isnull", False), ("score__gte", 1), ("score__lte", 5)),
                            _connector="OR",
                        ),
                        name="green_case_confirmed_has_score",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), _negated=True),
                            models.Q(("withdrawn_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="green_case_withdrawn_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("token_sha256", None), ("link_expires_on__isnull", False), _connector="OR"),
                        name="green_case_link_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GreenItem",
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="talent.greencase"
                    ),
                ),
                ("service", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=80)),
                ("department", models.CharField(blank=True, max_length=120)),
                ("documents", models.JSONField(default=list)),
                ("promised", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("taken_from", models.CharField(blank=True, max_length=60)),
                ("serial", models.BooleanField(default=False)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "等前一项办完"),
                            ("open", "办理中"),
                            ("handed", "已交部门"),
                            ("done", "已办成"),
                            ("refused", "部门未批准"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("started_on", models.DateField(blank=True, null=True)),
                ("finished_on", models.DateField(blank=True, null=True)),
                ("result", models.CharField(blank=True, max_length=300)),
                ("child_enc", models.BinaryField(default=b"")),
                (
                    "guardian_consent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="talent.consent",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "service"), name="green_item_once_per_case"),
                    models.CheckConstraint(
                        condition=models.Q(("child_enc", b""), ("guardian_consent__isnull", False), _connector="OR"),
                        name="green_item_child_needs_guardian",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["done", "refused"]), _negated=True),
                            models.Q(("finished_on__isnull", False), models.Q(("result", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="green_item_finished_says_what",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClockPause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pauses", to="talent.greencase"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[("documents", "等申请人补材料"), ("answer", "等申请人答复")], max_length=10
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("by", models.CharField(max_length=160)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)), fields=("case",), name="pause_one_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="pause_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandOff",
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
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hand_offs", to="talent.greenitem"
                    ),
                ),
                ("department", models.CharField(max_length=120)),
                ("handed_on", models.DateField()),
                ("contact", models.CharField(blank=True, max_length=80)),
                ("acceptance_number", models.CharField(blank=True, max_length=80)),
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
                ("answered_on", models.DateField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=300)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_on__isnull", True)),
                            models.Q(
                                ("answered_on__gte", models.F("handed_on")), models.Q(("answer", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="hand_off_answered_after_handed",
                    )
                ],
            },
        ),
    ]
