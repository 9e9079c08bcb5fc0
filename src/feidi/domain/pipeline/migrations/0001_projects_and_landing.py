import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import feidi.kernel.subjects.uid


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0001_stored_files"),
        ("identity", "__first__"),
        ("parties", "0001_places_organizations_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Project",
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
                ("planned_investment_lo_fen", models.BigIntegerField(blank=True, null=True)),
                ("planned_investment_hi_fen", models.BigIntegerField(blank=True, null=True)),
                ("planned_investment_currency", models.CharField(blank=True, max_length=3)),
                ("planned_investment_text", models.CharField(blank=True, max_length=120)),
                ("planned_investment_approximate", models.BooleanField(default=False)),
                ("fixed_investment_lo_fen", models.BigIntegerField(blank=True, null=True)),
                ("fixed_investment_hi_fen", models.BigIntegerField(blank=True, null=True)),
                ("fixed_investment_currency", models.CharField(blank=True, max_length=3)),
                ("fixed_investment_text", models.CharField(blank=True, max_length=120)),
                ("fixed_investment_approximate", models.BooleanField(default=False)),
                ("expected_output_lo_fen", models.BigIntegerField(blank=True, null=True)),
                ("expected_output_hi_fen", models.BigIntegerField(blank=True, null=True)),
                ("expected_output_currency", models.CharField(blank=True, max_length=3)),
                ("expected_output_text", models.CharField(blank=True, max_length=120)),
                ("expected_output_approximate", models.BooleanField(default=False)),
                ("expected_tax_lo_fen", models.BigIntegerField(blank=True, null=True)),
                ("expected_tax_hi_fen", models.BigIntegerField(blank=True, null=True)),
                ("expected_tax_currency", models.CharField(blank=True, max_length=3)),
                ("expected_tax_text", models.CharField(blank=True, max_length=120)),
                ("expected_tax_approximate", models.BooleanField(default=False)),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="projects", to="parties.outpost"
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=160)),
                ("name_folded", models.CharField(max_length=160)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("enterprise", "企业"),
                            ("team", "团队"),
                            ("platform", "平台"),
                            ("talent", "人才"),
                            ("fund", "基金"),
                        ],
                        default="enterprise",
                        max_length=12,
                    ),
                ),
                ("sponsor_name", models.CharField(blank=True, max_length=160)),
                ("sponsor_folded", models.CharField(blank=True, max_length=160)),
                ("sort_key", models.CharField(blank=True, max_length=160)),
                (
                    "talks_stage",
                    models.CharField(
                        choices=[
                            ("lead", "线索登记"),
                            ("screening", "线索研判"),
                            ("negotiating", "洽谈对接"),
                            ("inspecting", "考察尽调"),
                            ("assessing", "项目评估"),
                            ("key", "重点培育"),
                            ("agreeing", "商务谈判"),
                            ("signed", "签约"),
                            ("admitted", "入驻"),
                            ("incubating", "入孵培育"),
                            ("accelerating", "加速"),
                            ("graduated", "毕业"),
                            ("left", "退出"),
                            ("preparing", "落地筹备"),
                            ("registered", "注册落户"),
                            ("site", "场地落实"),
                            ("started", "开工"),
                            ("producing", "投产"),
                            ("reached", "达产达效"),
                        ],
                        default="lead",
                        max_length=16,
                    ),
                ),
                (
                    "host_stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("lead", "线索登记"),
                            ("screening", "线索研判"),
                            ("negotiating", "洽谈对接"),
                            ("inspecting", "考察尽调"),
                            ("assessing", "项目评估"),
                            ("key", "重点培育"),
                            ("agreeing", "商务谈判"),
                            ("signed", "签约"),
                            ("admitted", "入驻"),
                            ("incubating", "入孵培育"),
                            ("accelerating", "加速"),
                            ("graduated", "毕业"),
                            ("left", "退出"),
                            ("preparing", "落地筹备"),
                            ("registered", "注册落户"),
                            ("site", "场地落实"),
                            ("started", "开工"),
                            ("producing", "投产"),
                            ("reached", "达产达效"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "home_stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("lead", "线索登记"),
                            ("screening", "线索研判"),
                            ("negotiating", "洽谈对接"),
                            ("inspecting", "考察尽调"),
                            ("assessing", "项目评估"),
                            ("key", "重点培育"),
                            ("agreeing", "商务谈判"),
                            ("signed", "签约"),
                            ("admitted", "入驻"),
                            ("incubating", "入孵培育"),
                            ("accelerating", "加速"),
                            ("graduated", "毕业"),
                            ("left", "退出"),
                            ("preparing", "落地筹备"),
                            ("registered", "注册落户"),
                            ("site", "场地落实"),
                            ("started", "开工"),
                            ("producing", "投产"),
                            ("reached", "达产达效"),
                        ],
                        max_length=16,
                    ),
                ),
                ("talks_opening", models.BooleanField(default=False)),
                ("host_opening", models.BooleanField(default=False)),
                ("home_opening", models.BooleanField(default=False)),
                ("stage_since", models.DateField(blank=True, null=True)),
                (
                    "condition",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("paused", "暂缓推进"),
                            ("handed_over", "流转"),
                            ("lost", "终止洽谈"),
                            ("rejected", "不再跟进"),
                            ("withdrawn", "撤资"),
                            ("relocated", "迁出"),
                            ("deregistered", "注销"),
                            ("unreachable", "失联"),
                        ],
                        max_length=16,
                    ),
                ),
                ("reported_at", models.DateTimeField(blank=True, null=True)),
                ("verified_on", models.DateField(blank=True, null=True)),
                ("claims", models.JSONField(blank=True, default=dict)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("owner_text", models.CharField(blank=True, max_length=60)),
                ("leader", models.CharField(blank=True, max_length=60)),
                ("sponsor_place", models.CharField(blank=True, max_length=120)),
                ("industry", models.CharField(blank=True, max_length=120)),
                ("source_channel", models.CharField(blank=True, max_length=80)),
                ("referrer", models.CharField(blank=True, max_length=120)),
                ("first_report_unit", models.CharField(blank=True, max_length=120)),
                ("first_report_on", models.DateField(blank=True, null=True)),
                ("tech_source", models.CharField(blank=True, max_length=500)),
                ("core_product", models.CharField(blank=True, max_length=500)),
                ("team_size", models.PositiveIntegerField(blank=True, null=True)),
                ("land_need", models.CharField(blank=True, max_length=120)),
                ("office_need", models.CharField(blank=True, max_length=120)),
                ("energy_need", models.CharField(blank=True, max_length=200)),
                ("eia_class", models.CharField(blank=True, max_length=80)),
                ("policy_request", models.TextField(blank=True)),
                ("screening_verdict", models.CharField(blank=True, max_length=200)),
                ("judged_follow", models.BooleanField(blank=True, null=True)),
                ("feedback_sent_on", models.DateField(blank=True, null=True)),
                ("major", models.BooleanField(blank=True, null=True)),
                ("assessment", models.TextField(blank=True)),
                ("landing_plan", models.TextField(blank=True)),
                ("opinions", models.JSONField(blank=True, default=dict)),
                ("last_talk_on", models.DateField(blank=True, null=True)),
                ("progress", models.TextField(blank=True)),
                ("problems", models.TextField(blank=True)),
                ("coordination", models.TextField(blank=True)),
                ("next_step", models.TextField(blank=True)),
                ("expected_sign_on", models.DateField(blank=True, null=True)),
                ("end_reason", models.CharField(blank=True, max_length=300)),
                ("remarks", models.TextField(blank=True)),
                ("one_line", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["outpost", "voided_at", "-id"], name="project_list"),
                    models.Index(fields=["outpost", "talks_stage", "-id"], name="project_by_stage"),
                    models.Index(fields=["outpost", "sort_key", "id"], name="project_by_name"),
                    models.Index(fields=["outpost", "name_folded", "sponsor_folded"], name="project_match"),
                    models.Index(fields=["owner", "voided_at"], name="project_by_owner"),
                    models.Index(fields=["outpost", "last_talk_on", "id"], name="project_by_last_talk"),
                    models.Index(fields=["outpost", "stage_since", "id"], name="project_by_stage_date"),
                    models.Index(
                        condition=models.Q(("verified_on__isnull", False)),
                        fields=["outpost", "verified_on"],
                        name="project_verified",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("outpost", "code"), name="project_code_once_per_outpost"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="project_has_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "talks_stage__in",
                                [
                                    "lead",
                                    "screening",
                                    "negotiating",
                                    "inspecting",
                                    "assessing",
                                    "key",
                                    "agreeing",
                                    "signed",
                                ],
                            )
                        ),
                        name="project_talks_stage_is_of_talks",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("host_stage__in", ["", "admitted", "incubating", "accelerating", "graduated", "left"])
                        ),
                        name="project_host_stage_is_of_host",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "home_stage__in",
                                ["", "preparing", "registered", "site", "started", "producing", "reached"],
                            )
                        ),
                        name="project_home_stage_is_of_home",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("home_stage", ""), ("host_stage", "")), ("talks_stage", "signed"), _connector="OR"
                        ),
                        name="project_tracks_open_at_signed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verified_on__isnull", True),
                            models.Q(("home_stage__in", ["", "preparing"]), _negated=True),
                            _connector="OR",
                        ),
                        name="project_verified_from_registered_on",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verified_on__isnull", True), ("reported_at__isnull", False), _connector="OR"
                        ),
                        name="project_verified_was_reported",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectParty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parties", to="pipeline.project"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="project_roles",
                        to="parties.organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="project_roles",
                        to="parties.person",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("sponsor", "投资方/团队"),
                            ("team", "团队"),
                            ("host_entity", "驻点主体"),
                            ("home_entity", "落户企业"),
                            ("referrer", "引荐人"),
                            ("reporter", "首报单位"),
                            ("investor", "投资人"),
                            ("contact", "联系人"),
                        ],
                        max_length=12,
                    ),
                ),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organization__isnull", False), ("person__isnull", True)),
                            models.Q(("organization__isnull", True), ("person__isnull", False)),
                            _connector="OR",
                        ),
                        name="project_party_is_exactly_one",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("organization__isnull", False), ("until__isnull", True)),
                        fields=("project", "organization", "role"),
                        name="project_party_organization_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False), ("until__isnull", True)),
                        fields=("project", "person", "role"),
                        name="project_party_person_once",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ProjectNumber",
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
                    models.UniqueConstraint(fields=("outpost", "series", "year"), name="number_once_per_series")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
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
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="agreements", to="pipeline.project"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("framework", "框架协议"),
                            ("intent", "意向协议"),
                            ("contract", "投资合同"),
                            ("tenancy", "入驻协议"),
                        ],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=160)),
                ("investor", models.CharField(max_length=160)),
                ("investor_folded", models.CharField(max_length=160)),
                ("signed_on", models.DateField()),
                ("occasion", models.CharField(blank=True, max_length=160)),
                ("amount_lo_fen", models.BigIntegerField(blank=True, null=True)),
                ("amount_hi_fen", models.BigIntegerField(blank=True, null=True)),
                ("amount_text", models.CharField(blank=True, max_length=120)),
                ("amount_approximate", models.BooleanField(default=False)),
                ("currency", models.CharField(blank=True, max_length=3)),
                (
                    "counting",
                    models.CharField(
                        choices=[
                            ("first", "计入：首次签约"),
                            ("increment", "计入：仅增资额"),
                            ("new_investor", "计入：更换投资方"),
                            ("already", "不计入：此前已首次签约"),
                            ("apart", "单列：框架或意向"),
                            ("tenancy", "单列：入驻协议"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "counting_against",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="pipeline.agreement",
                    ),
                ),
                ("counted_fen", models.BigIntegerField(blank=True, null=True)),
                (
                    "scan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
                (
                    "signing_method",
                    models.CharField(
                        choices=[("paper", "纸质"), ("electronic", "电子签章")], default="paper", max_length=12
                    ),
                ),
                ("signatory", models.CharField(blank=True, max_length=80)),
                ("authorised", models.BooleanField(default=False)),
                (
                    "authorisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                ("originals", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("originals_held_by", models.CharField(blank=True, max_length=120)),
                ("originals_shelf", models.CharField(blank=True, max_length=80)),
                ("cross_page_seal", models.BooleanField(blank=True, null=True)),
                ("seal_approval", models.CharField(blank=True, max_length=80)),
                ("party_seals", models.JSONField(blank=True, default=list)),
                ("certificate_name", models.CharField(blank=True, max_length=120)),
                ("certificate_time", models.CharField(blank=True, max_length=60)),
                ("term_from", models.DateField(blank=True, null=True)),
                ("term_to", models.DateField(blank=True, null=True)),
                ("clause_text", models.TextField(blank=True)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["project", "signed_on"], name="agreement_of_project")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("counting", "first"), ("voided_at__isnull", True)),
                        fields=("project",),
                        name="agreement_one_first_per_project",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["framework", "intent"]), _negated=True),
                            ("counting", "apart"),
                            _connector="OR",
                        ),
                        name="agreement_framework_and_intent_apart",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("counted_fen__isnull", True),
                            ("counted_fen", 0),
                            models.Q(("currency", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="agreement_counted_has_currency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("term_from__isnull", True),
                            ("term_to__isnull", True),
                            ("term_to__gte", models.F("term_from")),
                            _connector="OR",
                        ),
                        name="agreement_term_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
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
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="commitments", to="pipeline.agreement"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("investor", "投资方"), ("home", "主办方"), ("operator", "运营单位")], max_length=10
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("investment", "投资额"),
                            ("paid_in", "实缴资本"),
                            ("output", "产值"),
                            ("jobs", "用工"),
                            ("research", "研发投入"),
                            ("start", "开工时间"),
                            ("production", "投产时间"),
                            ("site", "场地"),
                            ("support", "扶持"),
                            ("other", "其他"),
                        ],
                        max_length=14,
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                ("amount_lo_fen", models.BigIntegerField(blank=True, null=True)),
                ("amount_hi_fen", models.BigIntegerField(blank=True, null=True)),
                ("amount_text", models.CharField(blank=True, max_length=120)),
                ("amount_approximate", models.BooleanField(default=False)),
                ("amount_currency", models.CharField(blank=True, max_length=3)),
                ("quantity", models.BigIntegerField(blank=True, null=True)),
                ("unit", models.CharField(blank=True, max_length=20)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("condition", models.CharField(blank=True, max_length=300)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["due_on", "id"], name="commitment_by_date")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="commitment_says_what")
                ],
            },
        ),
        migrations.CreateModel(
            name="BenefitTerm",
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
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="benefit_terms",
                        to="pipeline.agreement",
                    ),
                ),
                ("basis", models.CharField(max_length=200)),
                ("counterpart", models.CharField(max_length=120)),
                ("share_numerator", models.PositiveIntegerField()),
                ("share_denominator", models.PositiveIntegerField(default=100)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("share_denominator__gt", 0), ("share_numerator__lte", models.F("share_denominator"))
                        ),
                        name="benefit_share_is_a_part",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="BenefitSettlement",
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
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settlements",
                        to="pipeline.benefitterm",
                    ),
                ),
                ("period_from", models.DateField()),
                ("period_to", models.DateField()),
                ("basis_fen", models.BigIntegerField(blank=True, null=True)),
                ("settled_fen", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("settled_on", models.DateField()),
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
                ("note", models.CharField(blank=True, max_length=300)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("period_to__gte", models.F("period_from"))),
                        name="settlement_period_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("currency", ""), _negated=True), name="settlement_has_currency"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ClauseReview",
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
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clause_reviews",
                        to="pipeline.agreement",
                    ),
                ),
                ("rule", models.CharField(max_length=40)),
                ("excerpt", models.CharField(max_length=500)),
                ("excerpt_sha256", models.CharField(max_length=64)),
                ("start", models.PositiveIntegerField(default=0)),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("open", "待审"),
                            ("harmless", "无问题"),
                            ("to_amend", "需修改"),
                            ("amended", "已修改"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("decided_by", models.CharField(blank=True, max_length=160)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("agreement", "rule", "excerpt_sha256"), name="clause_review_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision", "open"), models.Q(("decided_by", ""), _negated=True), _connector="OR"
                        ),
                        name="clause_decided_by_somebody",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="FirstReport",
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
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="first_reports", to="pipeline.project"
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.place"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("claimed", "已首报"),
                            ("checked", "已查重"),
                            ("granted", "首谈权有效"),
                            ("lapsed", "首谈权失效"),
                            ("transferred", "已流转"),
                            ("fulfilled", "已签约"),
                            ("disputed", "有争议"),
                            ("refused", "未认定"),
                        ],
                        default="claimed",
                        max_length=12,
                    ),
                ),
                ("reported_at", models.DateTimeField()),
                ("reported_by_id_number", models.BigIntegerField(null=True)),
                ("reported_by", models.CharField(max_length=160)),
                ("unit", models.CharField(blank=True, max_length=120)),
                ("referrer", models.CharField(blank=True, max_length=120)),
                ("how", models.CharField(blank=True, max_length=300)),
                ("digest", models.CharField(max_length=64)),
                (
                    "evidence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                ("checked", models.JSONField(blank=True, default=list)),
                ("window_from", models.DateField(blank=True, null=True)),
                ("window_to", models.DateField(blank=True, null=True)),
                ("renewals", models.PositiveSmallIntegerField(default=0)),
                ("rule_sha256", models.CharField(blank=True, max_length=64)),
                ("closed_reason", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["home", "state", "window_to"], name="first_report_of_home"),
                    models.Index(fields=["project"], name="first_report_of_project"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ["claimed", "checked", "granted", "disputed"]), ("voided_at__isnull", True)
                        ),
                        fields=("project",),
                        name="first_report_one_live_per_project",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "granted"), _negated=True),
                            models.Q(("window_from__isnull", False), ("window_to__isnull", False)),
                            _connector="OR",
                        ),
                        name="first_report_granted_has_window",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("window_to__isnull", True), ("window_to__gte", models.F("window_from")), _connector="OR"
                        ),
                        name="first_report_window_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FirstReportEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "first_report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="pipeline.firstreport"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=160)),
                ("action", models.CharField(max_length=12)),
                ("window_to", models.DateField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "indexes": [models.Index(fields=["first_report", "id"], name="first_report_entries")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="FirstReportDispute",
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
                    "home",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.place"
                    ),
                ),
                (
                    "left",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes_left",
                        to="pipeline.firstreport",
                    ),
                ),
                (
                    "right",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes_right",
                        to="pipeline.firstreport",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "待裁定"), ("ruled", "已裁定"), ("withdrawn", "已撤回")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("raised_by", models.CharField(max_length=160)),
                ("raised_at", models.DateTimeField()),
                ("grounds", models.CharField(max_length=500)),
                (
                    "winner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="pipeline.firstreport",
                    ),
                ),
                ("rule", models.CharField(blank=True, max_length=40)),
                ("ruling", models.CharField(blank=True, max_length=500)),
                ("ruled_by", models.CharField(blank=True, max_length=160)),
                ("ruled_at", models.DateTimeField(blank=True, null=True)),
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("left", models.F("right")), _negated=True), name="dispute_between_two"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("winner__isnull", True),
                            ("winner", models.F("left")),
                            ("winner", models.F("right")),
                            _connector="OR",
                        ),
                        name="dispute_winner_is_a_party",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ruled"), _negated=True),
                            models.Q(("winner__isnull", False), models.Q(("ruling", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="dispute_ruled_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("left", "right"),
                        name="dispute_one_open_per_pair",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Interaction",
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
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="interactions", to="pipeline.project"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("call", "电话"),
                            ("message", "微信/邮件"),
                            ("meeting", "会议"),
                            ("visit_out", "走访"),
                            ("visit_in", "来访"),
                            ("reception", "接待"),
                            ("outreach", "外出招商"),
                            ("note", "记录"),
                        ],
                        max_length=12,
                    ),
                ),
                ("occurred_on", models.DateField(blank=True, null=True)),
                ("year_proposed", models.BooleanField(default=False)),
                ("people", models.CharField(blank=True, max_length=300)),
                ("summary", models.TextField(blank=True)),
                ("next_step", models.CharField(blank=True, max_length=300)),
                (
                    "source",
                    models.CharField(choices=[("typed", "录入"), ("ledger", "台账")], default="typed", max_length=8),
                ),
                ("as_written", models.CharField(blank=True, max_length=1000)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("impression", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("concern", models.CharField(blank=True, max_length=30)),
                ("concern_note", models.CharField(blank=True, max_length=300)),
                ("recorded_by_id_number", models.BigIntegerField(null=True)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["project", "occurred_on", "id"], name="interaction_timeline")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source", "ledger"),
                            models.Q(("kind__in", ["visit_in", "visit_out"]), _negated=True),
                            models.Q(("people", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="interaction_visit_names_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", "ledger"), ("occurred_on__isnull", False), _connector="OR"),
                        name="interaction_typed_has_a_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("impression__isnull", True),
                            models.Q(("impression__gte", 1), ("impression__lte", 5)),
                            _connector="OR",
                        ),
                        name="interaction_impression_1_to_5",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LandingCase",
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
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="landing_cases", to="pipeline.project"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "准备中"),
                            ("submitted", "待核验"),
                            ("returned", "已退回"),
                            ("verified", "经核验落地"),
                            ("revoked", "已撤销"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("home_entity", models.CharField(blank=True, max_length=160)),
                ("content_sha256", models.CharField(max_length=64)),
                ("signals", models.JSONField(blank=True, default=dict)),
                ("submitted_by_id_number", models.BigIntegerField(blank=True, null=True)),
                ("submitted_by", models.CharField(blank=True, max_length=160)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by_id_number", models.BigIntegerField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, max_length=160)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("return_reason", models.CharField(blank=True, max_length=500)),
                ("verified_on", models.DateField(blank=True, null=True)),
                ("revoked_by", models.CharField(blank=True, max_length=160)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("revoke_reason", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "revoked"), _negated=True),
                        fields=("project",),
                        name="landing_one_live_case_per_project",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by_id_number__isnull", True),
                            ("submitted_by_id_number__isnull", True),
                            models.Q(("decided_by_id_number", models.F("submitted_by_id_number")), _negated=True),
                            _connector="OR",
                        ),
                        name="landing_decider_is_not_submitter",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "verified"), _negated=True),
                            models.Q(("decided_at__isnull", False), ("verified_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="landing_verified_has_date_and_decider",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(("return_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="landing_returned_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "revoked"), _negated=True),
                            models.Q(("revoke_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="landing_revoked_has_reason",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="StageLog",
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
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stage_log", to="pipeline.project"
                    ),
                ),
                (
                    "track",
                    models.CharField(choices=[("talks", "洽谈"), ("host", "驻点"), ("home", "落地")], max_length=6),
                ),
                (
                    "from_stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("lead", "线索登记"),
                            ("screening", "线索研判"),
                            ("negotiating", "洽谈对接"),
                            ("inspecting", "考察尽调"),
                            ("assessing", "项目评估"),
                            ("key", "重点培育"),
                            ("agreeing", "商务谈判"),
                            ("signed", "签约"),
                            ("admitted", "入驻"),
                            ("incubating", "入孵培育"),
                            ("accelerating", "加速"),
                            ("graduated", "毕业"),
                            ("left", "退出"),
                            ("preparing", "落地筹备"),
                            ("registered", "注册落户"),
                            ("site", "场地落实"),
                            ("started", "开工"),
                            ("producing", "投产"),
                            ("reached", "达产达效"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "to_stage",
                    models.CharField(
                        choices=[
                            ("lead", "线索登记"),
                            ("screening", "线索研判"),
                            ("negotiating", "洽谈对接"),
                            ("inspecting", "考察尽调"),
                            ("assessing", "项目评估"),
                            ("key", "重点培育"),
                            ("agreeing", "商务谈判"),
                            ("signed", "签约"),
                            ("admitted", "入驻"),
                            ("incubating", "入孵培育"),
                            ("accelerating", "加速"),
                            ("graduated", "毕业"),
                            ("left", "退出"),
                            ("preparing", "落地筹备"),
                            ("registered", "注册落户"),
                            ("site", "场地落实"),
                            ("started", "开工"),
                            ("producing", "投产"),
                            ("reached", "达产达效"),
                        ],
                        max_length=16,
                    ),
                ),
                ("occurred_on", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by_id_number", models.BigIntegerField(null=True)),
                ("recorded_by", models.CharField(max_length=160)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("backdated", models.BooleanField(default=False)),
                ("forced", models.BooleanField(default=False)),
                ("opened", models.BooleanField(default=False)),
                ("skipped", models.JSONField(blank=True, default=list)),
                ("table_sha256", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "indexes": [models.Index(fields=["project", "track", "id"], name="stage_log_of_project")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("forced", False), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="stage_log_forced_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("backdated", False), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="stage_log_backdated_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("opened", True), ("occurred_on__isnull", False), _connector="OR"),
                        name="stage_log_move_has_a_date",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectCondition",
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
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="conditions", to="pipeline.project"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("paused", "暂缓推进"),
                            ("handed_over", "流转"),
                            ("lost", "终止洽谈"),
                            ("rejected", "不再跟进"),
                            ("withdrawn", "撤资"),
                            ("relocated", "迁出"),
                            ("deregistered", "注销"),
                            ("unreachable", "失联"),
                        ],
                        max_length=16,
                    ),
                ),
                ("reason_code", models.CharField(blank=True, max_length=30)),
                ("reason", models.CharField(max_length=500)),
                ("since", models.DateField()),
                ("review_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("end_note", models.CharField(blank=True, max_length=300)),
                ("impression", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("concern", models.CharField(blank=True, max_length=30)),
                ("concern_note", models.CharField(blank=True, max_length=300)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True), ("voided_at__isnull", True)),
                        fields=("project",),
                        name="condition_one_open_per_project",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="condition_has_a_reason"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Gap",
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
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="gaps", to="pipeline.project"
                    ),
                ),
                (
                    "track",
                    models.CharField(choices=[("talks", "洽谈"), ("host", "驻点"), ("home", "落地")], max_length=6),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("lead", "线索登记"),
                            ("screening", "线索研判"),
                            ("negotiating", "洽谈对接"),
                            ("inspecting", "考察尽调"),
                            ("assessing", "项目评估"),
                            ("key", "重点培育"),
                            ("agreeing", "商务谈判"),
                            ("signed", "签约"),
                            ("admitted", "入驻"),
                            ("incubating", "入孵培育"),
                            ("accelerating", "加速"),
                            ("graduated", "毕业"),
                            ("left", "退出"),
                            ("preparing", "落地筹备"),
                            ("registered", "注册落户"),
                            ("site", "场地落实"),
                            ("started", "开工"),
                            ("producing", "投产"),
                            ("reached", "达产达效"),
                        ],
                        max_length=16,
                    ),
                ),
                ("guard", models.CharField(max_length=40)),
                ("label_zh", models.CharField(max_length=80)),
                ("label_en", models.CharField(max_length=80)),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gaps",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("responsible_text", models.CharField(max_length=60)),
                ("due_on", models.DateField()),
                ("filled_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("filled_at__isnull", True)),
                        fields=("project", "guard"),
                        name="gap_one_open_per_guard",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="RecheckRound",
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
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recheck_rounds", to="parties.outpost"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("township", models.CharField(max_length=80)),
                ("contact", models.CharField(blank=True, max_length=80)),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("asked_by", models.CharField(max_length=160)),
                ("expires_on", models.DateField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=("outpost", "year", "township"),
                        name="recheck_round_once",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="LandingRecheck",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="rechecks", to="pipeline.landingcase"
                    ),
                ),
                ("n", models.PositiveSmallIntegerField()),
                ("due_on", models.DateField()),
                (
                    "round",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="pipeline.recheckround",
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True, choices=[("there", "在"), ("gone", "不在"), ("unclear", "不清楚")], max_length=8
                    ),
                ),
                ("answer_note", models.CharField(blank=True, max_length=300)),
                ("answered_by", models.CharField(blank=True, max_length=80)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "confirmed",
                    models.CharField(
                        blank=True, choices=[("there", "在"), ("gone", "不在"), ("unclear", "不清楚")], max_length=8
                    ),
                ),
                ("confirmed_by", models.CharField(blank=True, max_length=160)),
                ("confirmed_on", models.DateField(blank=True, null=True)),
                ("confirm_note", models.CharField(blank=True, max_length=300)),
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
            ],
            options={
                "indexes": [models.Index(fields=["due_on", "confirmed"], name="recheck_due")],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "n"), name="recheck_once_per_year"),
                    models.CheckConstraint(
                        condition=models.Q(("n__gte", 1), ("n__lte", 5)), name="recheck_within_five_years"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed", ""),
                            models.Q(models.Q(("confirmed_by", ""), _negated=True), ("confirmed_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="recheck_confirmed_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Submission",
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
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="submissions", to="parties.outpost"
                    ),
                ),
                ("number", models.CharField(max_length=40)),
                ("sent_at", models.DateTimeField()),
                ("sent_by_id_number", models.BigIntegerField(null=True)),
                ("sent_by", models.CharField(max_length=160)),
                ("reason", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[("regular", "定期报送"), ("landing", "落地核验"), ("correction", "更正")],
                        default="regular",
                        max_length=10,
                    ),
                ),
                ("plaque", models.CharField(blank=True, max_length=30)),
                ("period_from", models.DateField(blank=True, null=True)),
                ("period_to", models.DateField(blank=True, null=True)),
                ("figures", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("outpost", "number"), name="submission_number_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="SubmissionRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="pipeline.submission"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submission_rows",
                        to="pipeline.project",
                    ),
                ),
                ("snapshot", models.JSONField()),
                ("corrections", models.JSONField(blank=True, default=list)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("submission", "project"), name="submission_project_once")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Target",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="targets", to="parties.outpost"
                    ),
                ),
                ("chain", models.CharField(max_length=80)),
                ("node", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=160)),
                ("name_folded", models.CharField(max_length=160)),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targeted",
                        to="parties.organization",
                    ),
                ),
                ("place_text", models.CharField(blank=True, max_length=120)),
                ("why", models.CharField(blank=True, max_length=300)),
                ("source", models.CharField(blank=True, max_length=160)),
                ("priority", models.PositiveSmallIntegerField(default=2)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_yet", "未接触"),
                            ("contacted", "已接触"),
                            ("talking", "在谈"),
                            ("declined", "无意向"),
                            ("dropped", "不再跟踪"),
                        ],
                        default="not_yet",
                        max_length=12,
                    ),
                ),
                ("result", models.CharField(blank=True, max_length=300)),
                ("contacted_on", models.DateField(blank=True, null=True)),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="pipeline.project",
                    ),
                ),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["outpost", "state", "priority", "id"], name="target_list")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="target_has_a_name"),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("outpost", "node", "name_folded"),
                        name="target_once_per_node",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "talking"), _negated=True), ("project__isnull", False), _connector="OR"
                        ),
                        name="target_talking_has_project",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DiligenceCheck",
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
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="diligence", to="pipeline.project"
                    ),
                ),
                ("item", models.CharField(max_length=40)),
                ("label", models.CharField(max_length=120)),
                ("searched_for", models.CharField(max_length=160)),
                ("source", models.CharField(max_length=160)),
                ("checked_on", models.DateField()),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("clean", "未见异常"),
                            ("finding", "有异常"),
                            ("not_found", "查无信息"),
                            ("pending", "待查"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
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
                ("checked_by_id_number", models.BigIntegerField(null=True)),
                ("checked_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["project", "item", "-checked_on"], name="diligence_of_project")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", "finding"), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="diligence_finding_says_what",
                    )
                ],
            },
        ),
    ]
