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
    ]

    operations = [
        migrations.CreateModel(
            name="HallVisit",
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
                ("delegation", models.CharField(max_length=160)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("people", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("purpose", models.CharField(blank=True, max_length=300)),
                ("language", models.CharField(blank=True, max_length=40)),
                ("contact_enc", models.BinaryField(blank=True, default=bytes)),
                ("contact_hint", models.CharField(blank=True, max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "待确认"),
                            ("confirmed", "已确认"),
                            ("done", "已接待"),
                            ("cancelled", "已取消"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("result", models.CharField(blank=True, max_length=500)),
                ("names_gone_on", models.DateField(blank=True, null=True)),
                ("recorded_by", models.CharField(max_length=160)),
                (
                    "guide",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hall_visits", to="parties.outpost"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["outpost", "-starts_at"], name="hall_visit_list")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="hall_visit_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["confirmed", "done"]), _negated=True),
                            ("guide__isnull", False),
                            _connector="OR",
                        ),
                        name="hall_visit_has_a_guide",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Inquiry",
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
                    "kind",
                    models.CharField(
                        choices=[("need", "需求"), ("visit", "参观预约"), ("question", "咨询")], max_length=10
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=160)),
                ("text", models.TextField()),
                ("wanted_at", models.DateTimeField(blank=True, null=True)),
                ("people", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("contact_enc", models.BinaryField(blank=True, default=bytes)),
                ("contact_hint", models.CharField(blank=True, max_length=60)),
                ("language", models.CharField(blank=True, max_length=10)),
                ("origin_digest", models.CharField(blank=True, max_length=40)),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待答复"),
                            ("answered", "已答复"),
                            ("turned", "已转办"),
                            ("set_aside", "不予处理"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("answered_by", models.CharField(blank=True, max_length=160)),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("turned_kind", models.CharField(blank=True, max_length=40)),
                ("turned_uid", models.CharField(blank=True, max_length=12)),
                ("contact_gone_on", models.DateField(blank=True, null=True)),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="inquiries", to="parties.outpost"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "inquiries",
                "indexes": [
                    models.Index(fields=["outpost", "state", "due_on"], name="inquiry_queue"),
                    models.Index(fields=["origin_digest", "created_at"], name="inquiry_origin"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="inquiry_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "open"),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="inquiry_ended_says_how",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MediaReport",
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
                ("medium", models.CharField(max_length=80)),
                ("title", models.CharField(max_length=200)),
                ("reported_on", models.DateField()),
                ("link", models.URLField(blank=True, max_length=500)),
                ("author", models.CharField(blank=True, max_length=80)),
                ("reprint_of", models.CharField(blank=True, max_length=160)),
                ("shown", models.BooleanField(default=False)),
                ("shown_by", models.CharField(blank=True, max_length=160)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("recorded_by", models.CharField(max_length=160)),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="media_reports", to="parties.outpost"
                    ),
                ),
                (
                    "plaque",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.plaque",
                    ),
                ),
                (
                    "screenshot",
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
                "indexes": [models.Index(fields=["outpost", "-reported_on"], name="media_report_list")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("medium", ""), _negated=True)
                        ),
                        name="media_report_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("shown", False),
                            models.Q(models.Q(("shown_by", ""), _negated=True), models.Q(("link", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="media_report_shown_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Picture",
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
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("alt", models.CharField(blank=True, max_length=160)),
                ("kept_by", models.CharField(max_length=160)),
                (
                    "large",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pictures", to="parties.outpost"
                    ),
                ),
                (
                    "small",
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
            name="Product",
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
                ("name_en", models.CharField(blank=True, max_length=160)),
                ("what", models.TextField(blank=True)),
                ("what_en", models.TextField(blank=True)),
                ("spec", models.TextField(blank=True)),
                ("spec_en", models.TextField(blank=True)),
                ("wanted", models.CharField(blank=True, max_length=300)),
                ("wanted_en", models.CharField(blank=True, max_length=300)),
                ("recorded_by", models.CharField(max_length=160)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="products", to="parties.organization"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="product_has_a_name")
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
                    "kind",
                    models.CharField(
                        choices=[("organization", "单位"), ("project", "项目"), ("product", "产品")], max_length=14
                    ),
                ),
                ("subject_uid", models.CharField(max_length=12)),
                ("label", models.CharField(max_length=160)),
                ("released", models.JSONField(default=dict)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                ("released_by", models.CharField(blank=True, max_length=160)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="parties.organization"
                    ),
                ),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="parties.outpost"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("outpost", "kind", "subject_uid"), name="sheet_once_per_outpost")
                ],
            },
        ),
        migrations.CreateModel(
            name="HallVisitor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("unit", models.CharField(blank=True, max_length=120)),
                ("title", models.CharField(blank=True, max_length=60)),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="visitors", to="showcase.hallvisit"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Publication",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("news", "动态"),
                            ("site", "可用载体"),
                            ("exhibit", "展品"),
                            ("result", "成效"),
                            ("organization", "单位"),
                            ("project", "项目"),
                            ("product", "产品"),
                        ],
                        max_length=14,
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("recorded_by", models.CharField(max_length=160)),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="publications", to="parties.outpost"
                    ),
                ),
                (
                    "sheet",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publication",
                        to="showcase.sheet",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["outpost", "kind", "-id"], name="publication_list")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="publication_has_a_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["news", "site", "exhibit", "result"]), ("sheet__isnull", True)),
                            models.Q(("kind__in", ["organization", "project", "product"]), ("sheet__isnull", False)),
                            _connector="OR",
                        ),
                        name="publication_released_by_its_owner",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Release",
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
                ("fields", models.JSONField(default=dict)),
                ("released_by", models.CharField(max_length=160)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="showcase.sheet"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HallStop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("at", models.CharField(blank=True, max_length=20)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("what", models.CharField(max_length=200)),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stops", to="showcase.hallvisit"
                    ),
                ),
                (
                    "exhibit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stops",
                        to="showcase.publication",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Edition",
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
                ("number", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("review", "待审"),
                            ("published", "已发布"),
                            ("withdrawn", "已撤下"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("content", models.JSONField(default=dict)),
                ("held_back", models.JSONField(default=list)),
                ("snapshot", models.JSONField(default=dict)),
                ("writers", models.JSONField(default=list)),
                ("visible_from", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cover",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="covers",
                        to="showcase.picture",
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="editions", to="showcase.publication"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "visible_from"], name="edition_public")],
                "constraints": [
                    models.UniqueConstraint(fields=("publication", "number"), name="edition_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "review"])),
                        fields=("publication",),
                        name="edition_one_being_written",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(("reviewer__isnull", False), ("visible_from__isnull", False)),
                            _connector="OR",
                        ),
                        name="edition_published_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reviewer__isnull", True),
                            models.Q(("reviewer", models.F("author")), _negated=True),
                            _connector="OR",
                        ),
                        name="edition_reviewer_is_not_author",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EditionStep",
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
                    "act",
                    models.CharField(
                        choices=[
                            ("drafted", "起草"),
                            ("changed", "修改"),
                            ("sent", "送审"),
                            ("returned", "退回"),
                            ("published", "审核发布"),
                            ("withdrawn", "撤下"),
                            ("abandoned", "放弃草稿"),
                            ("owner_withdrew", "所有方撤回公开"),
                        ],
                        max_length=14,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("done_by", models.CharField(max_length=160)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="showcase.edition"
                    ),
                ),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.outpost"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["outpost", "-id"], name="edition_step_mark")],
            },
        ),
    ]
