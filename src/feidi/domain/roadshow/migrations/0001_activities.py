import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import feidi.kernel.subjects.uid


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("identity", "0001_users_and_sign_in_attempts"),
        ("parties", "0002_place_kind_zone"),
        ("pipeline", "0002_project_plaques"),
        ("space", "0002_space_and_bookings"),
    ]

    operations = [
        migrations.CreateModel(
            name="Activity",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="activities", to="parties.outpost"
                    ),
                ),
                ("number", models.CharField(max_length=40)),
                ("kind", models.CharField(max_length=40)),
                ("title_zh", models.CharField(max_length=120)),
                ("title_en", models.CharField(blank=True, max_length=200)),
                ("about_zh", models.TextField(blank=True)),
                ("about_en", models.TextField(blank=True)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "booking",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activity",
                        to="space.booking",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200)),
                ("capacity", models.PositiveIntegerField(blank=True, null=True)),
                ("opens_at", models.DateTimeField(blank=True, null=True)),
                ("closes_at", models.DateTimeField(blank=True, null=True)),
                ("questions", models.JSONField(blank=True, default=list)),
                (
                    "audience",
                    models.CharField(
                        choices=[("public", "公开报名"), ("invitation", "凭邀请链接报名")],
                        default="public",
                        max_length=10,
                    ),
                ),
                ("invitation", models.CharField(blank=True, max_length=24)),
                (
                    "side",
                    models.CharField(
                        blank=True,
                        choices=[("home", "本地企业（主办地）"), ("host", "驻点所在城市企业"), ("both", "两地企业")],
                        max_length=5,
                    ),
                ),
                ("partners", models.CharField(blank=True, max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "筹备中"),
                            ("open", "报名中"),
                            ("closed", "报名截止"),
                            ("held", "已举办"),
                            ("cancelled", "已取消"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("last_position", models.PositiveIntegerField(default=0)),
                ("held_at", models.DateTimeField(blank=True, null=True)),
                ("held_by", models.CharField(blank=True, max_length=160)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_reason", models.CharField(blank=True, max_length=300)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["outpost", "-starts_at"], name="activity_list"),
                    models.Index(fields=["state", "starts_at"], name="activity_by_state"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("outpost", "number"), name="activity_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("title_zh", ""), _negated=True), name="activity_has_a_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="activity_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("booking__isnull", True), ("address", ""), _connector="OR"),
                        name="activity_in_one_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capacity__isnull", True), ("capacity__gte", 1), _connector="OR"),
                        name="activity_has_a_place_or_more",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_at__isnull", True),
                            ("closes_at__isnull", True),
                            ("closes_at__gt", models.F("opens_at")),
                            _connector="OR",
                        ),
                        name="activity_window_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("audience", "invitation"), _negated=True),
                            models.Q(("invitation", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="activity_invites_by_a_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "cancelled"), _negated=True),
                            models.Q(
                                models.Q(("cancelled_reason", ""), _negated=True), ("cancelled_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="activity_cancelled_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "held"), _negated=True), ("held_at__isnull", False), _connector="OR"
                        ),
                        name="activity_held_has_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgrammeItem",
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
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="programme", to="roadshow.activity"
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("topic_zh", models.CharField(max_length=160)),
                ("topic_en", models.CharField(blank=True, max_length=240)),
                ("speaker", models.CharField(blank=True, max_length=60)),
                ("speaker_of", models.CharField(blank=True, max_length=120)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["activity", "starts_at"], name="programme_of_activity")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("topic_zh", ""), _negated=True), name="programme_item_has_a_topic"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Registration",
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
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to="roadshow.activity",
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("registered", "已报名"), ("waiting", "候补"), ("cancelled", "已取消")], max_length=10
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("public", "公开页"),
                            ("staff", "工作人员代报"),
                            ("account", "企业账号"),
                            ("walk_in", "现场登记"),
                        ],
                        max_length=8,
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("phone_enc", models.BinaryField(default=b"")),
                ("phone_hint", models.CharField(blank=True, max_length=30)),
                ("phone_index", models.CharField(blank=True, max_length=40)),
                ("mail_enc", models.BinaryField(default=b"")),
                ("mail_hint", models.CharField(blank=True, max_length=80)),
                ("mail_index", models.CharField(blank=True, max_length=40)),
                ("title", models.CharField(blank=True, max_length=60)),
                ("organization_name", models.CharField(blank=True, max_length=160)),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activity_registrations",
                        to="parties.organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activity_registrations",
                        to="parties.person",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activity_registrations",
                        to="pipeline.project",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activity_registrations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answers", models.JSONField(blank=True, default=dict)),
                ("language", models.CharField(default="zh-hans", max_length=10)),
                ("consent_version", models.CharField(max_length=40)),
                ("consent_sha256", models.CharField(max_length=64)),
                ("code", models.CharField(max_length=8)),
                ("token_enc", models.BinaryField(default=b"")),
                ("token_sha256", models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ("origin_digest", models.CharField(blank=True, max_length=40)),
                ("registered_at", models.DateTimeField()),
                ("promoted_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_by", models.CharField(blank=True, max_length=160)),
                ("cancelled_reason", models.CharField(blank=True, max_length=300)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["activity", "state", "position"], name="registration_list"),
                    models.Index(fields=["organization", "-registered_at"], name="registration_of_firm"),
                    models.Index(fields=["origin_digest", "-registered_at"], name="registration_from_where"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("activity", "position"), name="registration_position_once"),
                    models.UniqueConstraint(fields=("activity", "code"), name="registration_code_once"),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("phone_index", ""), _negated=True),
                            models.Q(("state", "cancelled"), _negated=True),
                        ),
                        fields=("activity", "phone_index"),
                        name="registration_once_per_phone",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("mail_index", ""), _negated=True), models.Q(("state", "cancelled"), _negated=True)
                        ),
                        fields=("activity", "mail_index"),
                        name="registration_once_per_mail",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "cancelled"), _negated=True),
                            models.Q(
                                ("cancelled_at__isnull", False),
                                ("token_sha256__isnull", True),
                                models.Q(("cancelled_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="registration_cancelled_has_no_ticket",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("erased_at__isnull", True),
                            models.Q(
                                ("mail_enc", b""),
                                ("mail_hint", ""),
                                ("mail_index", ""),
                                ("phone_enc", b""),
                                ("phone_hint", ""),
                                ("phone_index", ""),
                                ("token_enc", b""),
                                ("token_sha256__isnull", True),
                                ("user__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="registration_erased_holds_nothing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckIn",
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
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="check_ins", to="roadshow.activity"
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_ins",
                        to="roadshow.registration",
                    ),
                ),
                ("nonce", models.CharField(max_length=64)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("scan", "扫码"),
                            ("code", "票号"),
                            ("phone", "手机尾号"),
                            ("list", "名单"),
                            ("walk_in", "现场登记"),
                        ],
                        max_length=7,
                    ),
                ),
                ("door", models.CharField(blank=True, max_length=40)),
                ("at", models.DateTimeField()),
                ("scanned_at", models.DateTimeField()),
                ("by", models.CharField(max_length=160)),
                ("counted_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["activity", "-at"], name="check_in_list")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("registration",),
                        name="check_in_once_per_ticket",
                    ),
                    models.UniqueConstraint(fields=("activity", "nonce"), name="check_in_nonce_once"),
                    models.CheckConstraint(
                        condition=models.Q(("nonce", ""), _negated=True), name="check_in_has_a_nonce"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scanned_at__lte", models.F("at"))), name="check_in_scanned_before_written"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityMeeting",
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
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="roadshow.activity"
                    ),
                ),
                (
                    "left",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings_left",
                        to="roadshow.registration",
                    ),
                ),
                (
                    "right",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings_right",
                        to="roadshow.registration",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("by_themselves", models.BooleanField(default=False)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["activity", "-id"], name="meeting_of_activity")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("left__lt", models.F("right"))), name="meeting_of_two_in_order"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("left", "right"),
                        name="meeting_once_per_pair",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityTalk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "check_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="talks",
                        to="roadshow.checkin",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="talks",
                        to="roadshow.activitymeeting",
                    ),
                ),
                (
                    "interaction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="from_activities",
                        to="pipeline.interaction",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("check_in__isnull", True), ("meeting__isnull", False)),
                            models.Q(("check_in__isnull", False), ("meeting__isnull", True)),
                            _connector="OR",
                        ),
                        name="activity_talk_of_one_thing",
                    ),
                    models.UniqueConstraint(fields=("check_in", "interaction"), name="activity_talk_once_per_entry"),
                    models.UniqueConstraint(fields=("meeting", "interaction"), name="activity_talk_once_per_meeting"),
                ],
                "indexes": [],
            },
        ),
    ]
