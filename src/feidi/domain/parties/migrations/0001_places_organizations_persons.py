import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import feidi.kernel.subjects.uid


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0001_stored_files"),
        ("identity", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True)),
                ("name_zh", models.CharField(max_length=60)),
                ("name_en", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("country", "国家"),
                            ("province", "省"),
                            ("city", "市"),
                            ("district", "区县"),
                            ("township", "镇街"),
                        ],
                        max_length=10,
                    ),
                ),
                ("division_code", models.CharField(blank=True, max_length=12)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="parties.place",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="place_not_own_parent",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Organization",
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
                ("name", models.CharField(max_length=160)),
                ("name_folded", models.CharField(db_index=True, max_length=160)),
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
                ("place_text", models.CharField(blank=True, max_length=120)),
                ("founded_on", models.DateField(blank=True, null=True)),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_from",
                        to="parties.organization",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="organization_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True), ("voided_at__isnull", False), _connector="OR"
                        ),
                        name="organization_merged_is_voided",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Outpost",
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
                ("code", models.CharField(max_length=20, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("short_name", models.CharField(max_length=30)),
                (
                    "home",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="outposts_abroad", to="parties.place"
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="outposts_hosted", to="parties.place"
                    ),
                ),
                (
                    "operator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="operated_outposts",
                        to="parties.organization",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("area_m2", models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True)),
                ("area_approximate", models.BooleanField(default=False)),
                ("opened_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("home", models.F("host")), _negated=True), name="outpost_home_is_not_host"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Plaque",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plaques", to="parties.outpost"
                    ),
                ),
                ("code", models.CharField(max_length=30)),
                ("name", models.CharField(max_length=80)),
                ("superior", models.CharField(blank=True, max_length=80)),
                ("report_head", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("outpost", "code"), name="plaque_once_per_outpost")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="OrganizationKindOf",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="kinds", to="parties.organization"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("enterprise", "企业"),
                            ("team", "创新创业团队"),
                            ("platform", "创新平台"),
                            ("fund", "基金"),
                            ("bank", "金融机构"),
                            ("government", "政府部门"),
                            ("operator", "运营单位"),
                            ("university", "高校院所"),
                            ("service_provider", "服务商"),
                            ("home_firm", "本地企业"),
                        ],
                        max_length=20,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "kind"), name="organization_kind_once")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="OrganizationIdentifier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="identifiers",
                        to="parties.organization",
                    ),
                ),
                (
                    "scheme",
                    models.CharField(
                        choices=[
                            ("uscc", "统一社会信用代码"),
                            ("hk_br", "香港商业登记号"),
                            ("mo_reg", "澳门商业登记号"),
                            ("foreign", "境外登记号"),
                        ],
                        max_length=10,
                    ),
                ),
                ("value", models.CharField(max_length=40)),
                ("valid", models.BooleanField(default=True)),
            ],
            options={
                "indexes": [models.Index(fields=["scheme", "value"], name="identifier_value")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "scheme", "value"), name="organization_identifier_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganizationAlias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="aliases", to="parties.organization"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("short", "简称"),
                            ("former", "曾用名"),
                            ("english", "英文名"),
                            ("as_written", "台账写法"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=160)),
                ("name_folded", models.CharField(db_index=True, max_length=160)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "name_folded"), name="organization_alias_once")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="OrganizationIndustry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="industries",
                        to="parties.organization",
                    ),
                ),
                ("system", models.CharField(max_length=12)),
                ("code", models.CharField(blank=True, max_length=20)),
                ("label", models.CharField(max_length=80)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "system", "label"), name="organization_industry_once"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="OrganizationLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organization_links",
                        to="parties.outpost",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to="parties.organization"
                    ),
                ),
                ("since", models.DateField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("outpost", "organization"), name="organization_link_once")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="OrganizationRelation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relations_out",
                        to="parties.organization",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relations_in",
                        to="parties.organization",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("continued_as", "延续为"), ("branch_of", "分支机构"), ("subsidiary_of", "子公司")],
                        max_length=16,
                    ),
                ),
                ("since", models.DateField(blank=True, null=True)),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.outpost"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source", models.F("target")), _negated=True), name="relation_not_to_itself"
                    ),
                    models.UniqueConstraint(
                        fields=("source", "target", "kind", "outpost"), name="relation_once_per_outpost"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="NameKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_uid", models.CharField(max_length=12)),
                ("key", models.CharField(max_length=24)),
            ],
            options={
                "indexes": [models.Index(fields=["key", "subject_kind"], name="name_key_lookup")],
                "constraints": [
                    models.UniqueConstraint(fields=("subject_kind", "subject_uid", "key"), name="name_key_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganizationPair",
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
                    "left",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pairs_left",
                        to="parties.organization",
                    ),
                ),
                (
                    "right",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pairs_right",
                        to="parties.organization",
                    ),
                ),
                ("kind", models.CharField(choices=[("alike", "名称相近"), ("number", "号码相同")], max_length=10)),
                ("score", models.PositiveSmallIntegerField(default=0)),
                ("reasons", models.JSONField(blank=True, default=list)),
                ("found_by", models.CharField(max_length=160)),
                (
                    "found_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.outpost",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待处理"),
                            ("merged", "已合并"),
                            ("not_same", "不是同一家"),
                            ("related", "有关联，不是同一家"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("decided_by", models.CharField(blank=True, max_length=160)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decision_note", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "indexes": [models.Index(fields=["state", "-score", "id"], name="pair_queue")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("left__lt", models.F("right"))), name="pair_smaller_left"
                    ),
                    models.UniqueConstraint(fields=("left", "right"), name="pair_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "open"), models.Q(("decided_by", ""), _negated=True), _connector="OR"
                        ),
                        name="pair_decided_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganizationMerge",
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
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="merges_in", to="parties.organization"
                    ),
                ),
                (
                    "gone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges_out",
                        to="parties.organization",
                    ),
                ),
                ("moved", models.JSONField(default=dict)),
                ("reason", models.CharField(max_length=300)),
                ("merged_at", models.DateTimeField()),
                ("merged_by", models.CharField(max_length=160)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("undone_by", models.CharField(blank=True, max_length=160)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kept", models.F("gone")), _negated=True), name="merge_not_into_itself"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)), fields=("gone",), name="merge_one_standing"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Fact",
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
                ("fact", models.CharField(max_length=60)),
                ("text", models.CharField(blank=True, max_length=500, null=True)),
                ("number", models.BigIntegerField(blank=True, null=True)),
                ("numerator", models.BigIntegerField(blank=True, null=True)),
                ("denominator", models.BigIntegerField(blank=True, null=True)),
                ("on", models.DateField(blank=True, null=True)),
                ("lo", models.BigIntegerField(blank=True, null=True)),
                ("hi", models.BigIntegerField(blank=True, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("holds_from", models.DateField(blank=True, null=True)),
                ("holds_to", models.DateField(blank=True, null=True)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("ledger", "台账填报"),
                            ("stated", "本人填报"),
                            ("document", "文件"),
                            ("register", "公开登记"),
                            ("visit", "现场查看"),
                        ],
                        max_length=10,
                    ),
                ),
                ("source_note", models.CharField(blank=True, max_length=300)),
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
                ("confirmed_by", models.CharField(blank=True, max_length=160)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=160)),
                (
                    "outpost",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.outpost",
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="parties.fact",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["subject_kind", "subject_uid", "fact"], name="fact_of_subject")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("hi", None),
                                ("lo", None),
                                ("number", None),
                                ("numerator", None),
                                ("on", None),
                                ("text__isnull", False),
                            ),
                            models.Q(
                                ("hi", None),
                                ("lo", None),
                                ("number__isnull", False),
                                ("numerator", None),
                                ("on", None),
                                ("text", None),
                            ),
                            models.Q(
                                ("denominator__gt", 0),
                                ("hi", None),
                                ("lo", None),
                                ("number", None),
                                ("numerator__isnull", False),
                                ("on", None),
                                ("text", None),
                            ),
                            models.Q(
                                ("hi", None),
                                ("lo", None),
                                ("number", None),
                                ("numerator", None),
                                ("on__isnull", False),
                                ("text", None),
                            ),
                            models.Q(
                                ("number", None),
                                ("numerator", None),
                                ("on", None),
                                ("text", None),
                                models.Q(("lo__isnull", False), ("hi__isnull", False), _connector="OR"),
                            ),
                            _connector="OR",
                        ),
                        name="fact_has_one_shape",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lo", None), ("hi", None), ("hi__gte", models.F("lo")), _connector="OR"),
                        name="fact_interval_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("role", models.CharField(max_length=30)),
                (
                    "outpost",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="parties.outpost",
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="parties.place",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="parties.organization",
                    ),
                ),
                (
                    "works_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="staff",
                        to="parties.organization",
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("home__isnull", True), ("outpost__isnull", True)),
                            models.Q(("organization__isnull", True), ("outpost__isnull", True)),
                            models.Q(("home__isnull", True), ("organization__isnull", True)),
                            _connector="OR",
                        ),
                        name="membership_over_one_scope",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="membership_ends_after_start",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Person",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="persons", to="parties.outpost"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("name_folded", models.CharField(db_index=True, max_length=60)),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="persons",
                        to="parties.organization",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="person_has_a_name")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ContactPoint",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="contact_points", to="parties.outpost"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact_points",
                        to="parties.person",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact_points",
                        to="parties.organization",
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("phone", "电话"), ("email", "邮箱"), ("wechat", "微信")], max_length=10),
                ),
                ("value_enc", models.BinaryField()),
                ("value_hint", models.CharField(max_length=60)),
                ("blind_index", models.CharField(db_index=True, max_length=40)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organization__isnull", True), ("person__isnull", False)),
                            models.Q(("organization__isnull", False), ("person__isnull", True)),
                            _connector="OR",
                        ),
                        name="contact_point_of_exactly_one",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="OrganizationTitle",
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
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="titles", to="parties.organization"
                    ),
                ),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organization_titles",
                        to="parties.outpost",
                    ),
                ),
                ("title", models.CharField(max_length=40)),
                ("label", models.CharField(max_length=80)),
                ("number", models.CharField(blank=True, max_length=80)),
                ("issued_by", models.CharField(blank=True, max_length=120)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("renew_by", models.DateField(blank=True, null=True)),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                ("source", models.CharField(blank=True, max_length=160)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["outpost", "valid_to"], name="title_by_expiry"),
                    models.Index(fields=["organization"], name="title_of_organization"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="title_dates_in_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StandIn",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="stand_ins", to="parties.outpost"
                    ),
                ),
                (
                    "absent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stand_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standing_in",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("note", models.CharField(blank=True, max_length=200)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["stand_in", "until"], name="stand_in_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("absent", models.F("stand_in")), _negated=True), name="stand_in_is_another"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("since"))), name="stand_in_ends_after_start"
                    ),
                ],
            },
        ),
    ]
