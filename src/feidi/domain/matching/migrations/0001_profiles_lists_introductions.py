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
            name="Profile",
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
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.place",
                    ),
                ),
                ("regions", models.JSONField(blank=True, null=True)),
                (
                    "ripeness_from",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("idea", "概念"),
                            ("prototype", "样机"),
                            ("pilot", "中试"),
                            ("series", "量产"),
                            ("sales", "规模销售"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "ripeness_to",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("idea", "概念"),
                            ("prototype", "样机"),
                            ("pilot", "中试"),
                            ("series", "量产"),
                            ("sales", "规模销售"),
                        ],
                        max_length=10,
                    ),
                ),
                ("rounds", models.JSONField(blank=True, null=True)),
                ("sectors", models.JSONField(blank=True, null=True)),
                ("amount_lo_fen", models.BigIntegerField(blank=True, null=True)),
                ("amount_hi_fen", models.BigIntegerField(blank=True, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("return_ratio_percent", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("exclusive_until", models.DateField(blank=True, null=True)),
                ("exclusive", models.BooleanField(blank=True, null=True)),
                ("available_from", models.DateField(blank=True, null=True)),
                ("area_m2_lo", models.PositiveIntegerField(blank=True, null=True)),
                ("area_m2_hi", models.PositiveIntegerField(blank=True, null=True)),
                ("price_fen", models.BigIntegerField(blank=True, null=True)),
                ("price_per", models.CharField(blank=True, max_length=40)),
                ("floor_load_kg_m2", models.PositiveIntegerField(blank=True, null=True)),
                ("environment_class", models.CharField(blank=True, max_length=40)),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="profiles", to="parties.outpost"
                    ),
                ),
                ("number", models.CharField(max_length=40)),
                ("side", models.CharField(choices=[("need", "需求"), ("offer", "供给")], max_length=5)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("technology", "技术"),
                            ("talent", "人才"),
                            ("pilot", "中试"),
                            ("capital", "资本"),
                            ("channel", "渠道"),
                            ("space", "场地"),
                            ("procurement", "采购配套"),
                            ("project", "项目"),
                            ("equipment", "实验室与设备"),
                            ("finance_product", "金融产品"),
                            ("service", "服务商"),
                            ("plant", "厂房"),
                            ("park", "园区"),
                            ("land", "用地"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="profiles",
                        to="parties.organization",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="profiles",
                        to="pipeline.project",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="profiles",
                        to="parties.person",
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("masked_text", models.TextField()),
                ("full_text", models.TextField(blank=True)),
                (
                    "confidentiality",
                    models.CharField(
                        choices=[
                            ("open", "可公开单位名称"),
                            ("masked", "只给脱敏文本"),
                            ("nda", "签保密协议后给完整文本"),
                        ],
                        default="masked",
                        max_length=6,
                    ),
                ),
                ("chain", models.CharField(blank=True, max_length=40)),
                ("node", models.CharField(blank=True, max_length=40)),
                (
                    "tagged_by",
                    models.CharField(
                        choices=[("machine", "自动归类，待确认"), ("person", "人工确认")],
                        default="machine",
                        max_length=7,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "草稿"), ("open", "有效"), ("paused", "暂停"), ("closed", "已了结")],
                        default="open",
                        max_length=6,
                    ),
                ),
                ("expires_on", models.DateField()),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="profiles",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=160)),
                ("closed_reason", models.CharField(blank=True, max_length=300)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["outpost", "side", "state", "-id"], name="profile_list"),
                    models.Index(fields=["outpost", "expires_on"], name="profile_expiry"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("outpost", "number"), name="profile_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("masked_text", ""), _negated=True)
                        ),
                        name="profile_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("organization__isnull", False),
                            ("project__isnull", False),
                            ("person__isnull", False),
                            _connector="OR",
                        ),
                        name="profile_of_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_lo_fen__isnull", True),
                            ("amount_hi_fen__isnull", True),
                            ("amount_lo_fen__lte", models.F("amount_hi_fen")),
                            _connector="OR",
                        ),
                        name="profile_amounts_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("area_m2_lo__isnull", True),
                            ("area_m2_hi__isnull", True),
                            ("area_m2_lo__lte", models.F("area_m2_hi")),
                            _connector="OR",
                        ),
                        name="profile_areas_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(("closed_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="profile_closed_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NeedSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "profile",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sheet", to="matching.profile"
                    ),
                ),
                ("goal", models.TextField(blank=True)),
                ("indicators", models.TextField(blank=True)),
                ("finish", models.CharField(blank=True, max_length=200)),
                ("ownership", models.CharField(blank=True, max_length=300)),
                ("funding", models.CharField(blank=True, max_length=300)),
                ("conditions", models.TextField(blank=True)),
                ("read_back_on", models.DateField(blank=True, null=True)),
                ("read_back_to", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("read_back_on__isnull", True),
                            models.Q(("read_back_to", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="need_sheet_read_back_to_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProfileBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="blocks", to="matching.profile"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.organization"
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=160)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                ("lifted_by", models.CharField(blank=True, max_length=160)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=("profile", "organization"),
                        name="profile_block_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProfileReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="matching.profile"
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
                ("reader", models.CharField(max_length=160)),
                (
                    "what",
                    models.CharField(
                        choices=[("masked", "脱敏文本"), ("full", "完整文本"), ("identity", "单位名称")], max_length=8
                    ),
                ),
                ("of_version", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("on_paper", models.BooleanField(default=False)),
                ("sent_by", models.CharField(blank=True, max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["profile", "-at"], name="profile_readings")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("profile", "reader", "what", "of_version", "on_paper"), name="profile_reading_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConfidentialityAgreement",
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
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confidentiality_agreements",
                        to="matching.profile",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.organization"
                    ),
                ),
                ("signed_on", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
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
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("profile", "organization"),
                        name="confidentiality_agreement_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WeightSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="weight_sets", to="parties.outpost"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("weights", models.JSONField()),
                ("note", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=160)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("outpost", "number"), name="weight_set_number_once")],
            },
        ),
        migrations.CreateModel(
            name="CandidateList",
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
                        related_name="candidate_lists",
                        to="parties.outpost",
                    ),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="candidate_lists",
                        to="matching.profile",
                    ),
                ),
                ("profile_version", models.PositiveIntegerField()),
                ("weights", models.JSONField()),
                ("weights_number", models.PositiveIntegerField(default=0)),
                ("engine", models.CharField(max_length=80)),
                ("searched", models.PositiveIntegerField()),
                ("held_back", models.PositiveIntegerField(default=0)),
                ("near_misses", models.JSONField(blank=True, default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[("shown", "待核对"), ("checked", "已核对"), ("sent", "已发出")],
                        default="shown",
                        max_length=7,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=160)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("checked_by", models.CharField(blank=True, max_length=160)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("sent_by", models.CharField(blank=True, max_length=160)),
                ("sent_to", models.CharField(blank=True, max_length=160)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["profile", "-id"], name="candidate_lists_of_profile"),
                    models.Index(fields=["outpost", "state", "-id"], name="candidate_list_list"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "shown"),
                            models.Q(("checked_at__isnull", False), models.Q(("checked_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="candidate_list_checked_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sent"), _negated=True),
                            models.Q(("sent_at__isnull", False), models.Q(("sent_to", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="candidate_list_sent_to_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CandidateRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "candidate_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="matching.candidatelist"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matching.profile"
                    ),
                ),
                ("profile_version", models.PositiveIntegerField()),
                ("score", models.FloatField()),
                ("parts", models.JSONField()),
                ("words", models.JSONField(blank=True, default=list)),
                ("sentence", models.CharField(blank=True, max_length=500)),
                ("holds", models.JSONField(blank=True, default=list)),
                ("missing", models.JSONField(blank=True, default=list)),
                ("certain", models.BooleanField()),
                ("picked", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("none", "未答复"),
                            ("accepted", "愿意见"),
                            ("declined", "不合适"),
                            ("later", "以后再说"),
                        ],
                        default="none",
                        max_length=8,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("wrong_field", "方向不对"),
                            ("too_early", "成熟度不够"),
                            ("too_dear", "价格不合适"),
                            ("too_far", "地点不合适"),
                            ("known", "已有往来"),
                            ("rival", "有竞争关系"),
                            ("solved", "已自行解决"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason_note", models.CharField(blank=True, max_length=300)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_by", models.CharField(blank=True, max_length=160)),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("candidate_list", "position"), name="candidate_position_once"),
                    models.UniqueConstraint(fields=("candidate_list", "profile"), name="candidate_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict", "declined"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="candidate_declined_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IndustryTable",
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
                        related_name="industry_tables",
                        to="parties.outpost",
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("source", models.CharField(max_length=300)),
                ("year", models.PositiveSmallIntegerField()),
                ("unit", models.CharField(max_length=40)),
                ("level", models.CharField(choices=[("city", "市级"), ("district", "区级")], max_length=8)),
                ("invented", models.BooleanField(default=False)),
                ("home_region", models.CharField(max_length=40)),
                ("host_region", models.CharField(max_length=40)),
                ("regions", models.JSONField()),
                ("industries", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("uploaded_at", models.DateTimeField()),
                ("uploaded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["outpost", "-year", "-id"], name="industry_table_list")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="industry_table_has_a_source"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("outpost", "sha256"),
                        name="industry_table_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IndustryCell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cells", to="matching.industrytable"
                    ),
                ),
                ("region", models.CharField(max_length=40)),
                ("industry", models.CharField(max_length=60)),
                ("value", models.FloatField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("table", "region", "industry"), name="industry_cell_once"),
                    models.CheckConstraint(
                        condition=models.Q(("value__isnull", True), ("value__gte", 0), _connector="OR"),
                        name="industry_cell_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Introduction",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="introductions", to="parties.outpost"
                    ),
                ),
                ("number", models.CharField(max_length=40)),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="introductions_as_need",
                        to="matching.profile",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="introductions_as_offer",
                        to="matching.profile",
                    ),
                ),
                (
                    "candidate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="introductions",
                        to="matching.candidaterow",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("list", "系统候选"),
                            ("officer", "专员推荐"),
                            ("activity", "活动结识"),
                            ("self", "企业自荐"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "asked_by_side",
                    models.CharField(choices=[("need", "需求"), ("offer", "供给")], default="need", max_length=5),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("interested", "表达意向"),
                            ("agreed", "双方同意"),
                            ("revealed", "已互见单位"),
                            ("met", "已会面"),
                            ("trying", "试验合作中"),
                            ("concluded", "已达成"),
                            ("ended", "已终止"),
                        ],
                        default="interested",
                        max_length=10,
                    ),
                ),
                (
                    "need_officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "offer_officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("interested_on", models.DateField()),
                ("need_agreed_on", models.DateField(blank=True, null=True)),
                ("need_agreed_by", models.CharField(blank=True, max_length=160)),
                ("offer_agreed_on", models.DateField(blank=True, null=True)),
                ("offer_agreed_by", models.CharField(blank=True, max_length=160)),
                ("revealed_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("ended_reason", models.CharField(blank=True, max_length=300)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["outpost", "state", "-id"], name="introduction_list")],
                "constraints": [
                    models.UniqueConstraint(fields=("outpost", "number"), name="introduction_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True), models.Q(("state", "ended"), _negated=True)),
                        fields=("need", "offer"),
                        name="introduction_once_while_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("need", models.F("offer")), _negated=True), name="introduction_of_two"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revealed_on__isnull", True),
                            models.Q(("need_agreed_on__isnull", False), ("offer_agreed_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="introduction_names_after_both_agreed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ended"), _negated=True),
                            models.Q(("ended_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="introduction_ended_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IntroductionLog",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "introduction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="log", to="matching.introduction"
                    ),
                ),
                (
                    "from_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("interested", "表达意向"),
                            ("agreed", "双方同意"),
                            ("revealed", "已互见单位"),
                            ("met", "已会面"),
                            ("trying", "试验合作中"),
                            ("concluded", "已达成"),
                            ("ended", "已终止"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("interested", "表达意向"),
                            ("agreed", "双方同意"),
                            ("revealed", "已互见单位"),
                            ("met", "已会面"),
                            ("trying", "试验合作中"),
                            ("concluded", "已达成"),
                            ("ended", "已终止"),
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
                "indexes": [models.Index(fields=["introduction", "id"], name="introduction_log_of")],
            },
        ),
        migrations.CreateModel(
            name="MatchmakingDay",
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
                        related_name="matchmaking_days",
                        to="parties.outpost",
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("held_on", models.DateField()),
                ("place", models.CharField(blank=True, max_length=120)),
                ("begins_at", models.TimeField()),
                ("slot_minutes", models.PositiveSmallIntegerField()),
                ("slots", models.PositiveSmallIntegerField()),
                ("tables", models.PositiveSmallIntegerField()),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["outpost", "-held_on"], name="matchmaking_day_list")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slot_minutes__gte", 5), ("slots__gte", 1), ("tables__gte", 1)),
                        name="matchmaking_day_has_room",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IntroductionMeeting",
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
                    "introduction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="matching.introduction"
                    ),
                ),
                (
                    "day",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="matching.matchmakingday",
                    ),
                ),
                ("slot", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("table", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("planned_for", models.DateTimeField()),
                ("place", models.CharField(blank=True, max_length=160)),
                ("held_on", models.DateField(blank=True, null=True)),
                ("present", models.JSONField(blank=True, default=list)),
                ("result", models.TextField(blank=True)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("day__isnull", False), ("voided_at__isnull", True)),
                        fields=("day", "slot", "table"),
                        name="meeting_table_once_per_slot",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("day__isnull", True),
                            models.Q(("slot__isnull", False), ("table__isnull", False)),
                            _connector="OR",
                        ),
                        name="meeting_of_a_day_has_its_slot",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("held_on__isnull", True), models.Q(("result", ""), _negated=True), _connector="OR"
                        ),
                        name="meeting_held_says_result",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Trial",
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
                    "introduction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="trials", to="matching.introduction"
                    ),
                ),
                ("subject", models.CharField(max_length=200)),
                ("sample", models.CharField(max_length=200)),
                ("protocol", models.TextField()),
                ("planned_on", models.DateField()),
                ("place", models.CharField(max_length=160)),
                ("payer", models.CharField(max_length=160)),
                ("cost_fen", models.BigIntegerField(blank=True, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("done_on", models.DateField(blank=True, null=True)),
                ("measured", models.TextField(blank=True)),
                (
                    "next_decision",
                    models.CharField(
                        blank=True,
                        choices=[("widen", "扩大"), ("change", "修改后再试"), ("stop", "终止")],
                        max_length=6,
                    ),
                ),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("next_decision", ""),
                            models.Q(models.Q(("measured", ""), _negated=True), ("done_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="trial_decides_on_a_result",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IntroductionOutcome",
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
                    "introduction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="outcomes", to="matching.introduction"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("technology_contract", "技术合同"),
                            ("joint_rd", "联合研发"),
                            ("order", "订单"),
                            ("investment", "投资"),
                            ("credit", "授信或放款"),
                            ("hire", "引进人才"),
                            ("site", "场地落实"),
                            ("done_without", "自行解决"),
                            ("not_reachable", "联系不上"),
                        ],
                        max_length=20,
                    ),
                ),
                ("on", models.DateField()),
                ("amount_fen", models.BigIntegerField(blank=True, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                (
                    "contract_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("development", "技术开发"),
                            ("transfer", "技术转让"),
                            ("licence", "技术许可"),
                            ("consulting", "技术咨询"),
                            ("service", "技术服务"),
                        ],
                        max_length=12,
                    ),
                ),
                ("technology_amount_fen", models.BigIntegerField(blank=True, null=True)),
                ("registration_number", models.CharField(blank=True, max_length=60)),
                (
                    "registering_side",
                    models.CharField(blank=True, choices=[("need", "需求"), ("offer", "供给")], max_length=5),
                ),
                ("ownership", models.CharField(blank=True, max_length=300)),
                ("solved_when", models.CharField(blank=True, max_length=300)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("technology_amount_fen__isnull", True),
                            models.Q(
                                ("amount_fen__isnull", False), ("technology_amount_fen__lte", models.F("amount_fen"))
                            ),
                            _connector="OR",
                        ),
                        name="outcome_technology_within_contract",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "technology_contract"),
                            models.Q(
                                ("technology_amount_fen__isnull", True),
                                ("registration_number", ""),
                                ("contract_kind", ""),
                            ),
                            _connector="OR",
                        ),
                        name="outcome_registration_of_technology_only",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_fen__isnull", True), models.Q(("currency", ""), _negated=True), _connector="OR"
                        ),
                        name="outcome_amount_has_currency",
                    ),
                ],
            },
        ),
    ]
