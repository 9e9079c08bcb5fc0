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
        ("pipeline", "0001_projects_and_landing"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ceremony",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="ceremonies", to="parties.outpost"
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("held_on", models.DateField()),
                ("place", models.CharField(blank=True, max_length=120)),
                ("script", models.TextField(blank=True)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["outpost", "-held_on"], name="ceremony_list")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="CeremonyItem",
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
                    "ceremony",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="liaison.ceremony"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ceremony_items",
                        to="pipeline.project",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ceremony_items",
                        to="pipeline.agreement",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("signatories", models.CharField(blank=True, max_length=200)),
                ("seat_cards", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["position", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("ceremony", "project"),
                        name="ceremony_project_once",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="WorkHandover",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="work_handovers", to="parties.outpost"
                    ),
                ),
                ("number", models.CharField(max_length=40)),
                (
                    "leaver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers_out",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "taker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers_in",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reason", models.CharField(max_length=200)),
                ("handed_at", models.DateTimeField()),
                ("handed_by", models.CharField(max_length=160)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("undone_by", models.CharField(blank=True, max_length=160)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("leaver", models.F("taker")), _negated=True), name="handover_to_another"
                    ),
                    models.UniqueConstraint(fields=("outpost", "number"), name="handover_number_once"),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="WorkHandoverItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_uid", models.CharField(max_length=12)),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="liaison.workhandover"
                    ),
                ),
                ("kind", models.CharField(max_length=30)),
                ("label", models.CharField(max_length=300)),
                ("state_then", models.CharField(blank=True, max_length=120)),
                ("given_back", models.BooleanField(blank=True, null=True)),
                ("kept_reason", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("handover", "subject_kind", "subject_uid"), name="handover_item_once"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Instruction",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="instructions", to="parties.outpost"
                    ),
                ),
                ("number", models.CharField(max_length=40)),
                ("plaque", models.CharField(blank=True, max_length=30)),
                ("given_by", models.CharField(max_length=120)),
                ("paraphrase", models.TextField()),
                ("received_on", models.DateField()),
                ("due_on", models.DateField(blank=True, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instructions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("support", models.CharField(blank=True, max_length=160)),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instructions",
                        to="pipeline.project",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "办理中"), ("answered", "已反馈"), ("closed", "已办结")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["outpost", "state", "due_on"], name="instruction_list")],
                "constraints": [
                    models.UniqueConstraint(fields=("outpost", "number"), name="instruction_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("paraphrase", ""), _negated=True), name="instruction_says_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "open"), models.Q(("answer", ""), _negated=True), _connector="OR"),
                        name="instruction_answered_says_what",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InstructionUrge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "instruction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="urges", to="liaison.instruction"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=160)),
                ("note", models.CharField(max_length=300)),
            ],
            options={
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Coordination",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="coordinations", to="parties.outpost"
                    ),
                ),
                ("number", models.CharField(max_length=40)),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coordinations",
                        to="pipeline.project",
                    ),
                ),
                ("side", models.CharField(choices=[("home", "home"), ("host", "host")], default="home", max_length=4)),
                ("department", models.CharField(max_length=120)),
                ("ask", models.TextField()),
                (
                    "way",
                    models.CharField(
                        choices=[("letter", "发函"), ("phone", "电话"), ("meeting", "会商")],
                        default="letter",
                        max_length=8,
                    ),
                ),
                ("letter_number", models.CharField(blank=True, max_length=60)),
                ("asked_on", models.DateField(blank=True, null=True)),
                ("contact", models.CharField(blank=True, max_length=80)),
                ("receipt", models.CharField(blank=True, max_length=80)),
                ("due_on", models.DateField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "拟办"), ("asked", "已发出"), ("answered", "已答复"), ("closed", "已了结")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_on", models.DateField(blank=True, null=True)),
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
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coordinations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["outpost", "state", "due_on"], name="coordination_list")],
                "constraints": [
                    models.UniqueConstraint(fields=("outpost", "number"), name="coordination_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ask", ""), _negated=True), name="coordination_says_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "draft"), ("asked_on__isnull", False), _connector="OR"),
                        name="coordination_asked_on",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_on__isnull", True), ("answered_on__gte", models.F("asked_on")), _connector="OR"
                        ),
                        name="coordination_answer_after_asking",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="parties.outpost"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("joint", "联席会议"),
                            ("review", "评审会"),
                            ("weekly", "周例会"),
                            ("other", "专题会"),
                        ],
                        max_length=8,
                    ),
                ),
                ("number", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=160)),
                ("held_on", models.DateField()),
                ("held_at", models.CharField(blank=True, max_length=20)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("chair", models.CharField(blank=True, max_length=80)),
                ("keeper", models.CharField(blank=True, max_length=80)),
                ("present", models.JSONField(blank=True, default=list)),
                ("absent", models.JSONField(blank=True, default=list)),
                ("summary", models.TextField(blank=True)),
                ("minuted_at", models.DateTimeField(blank=True, null=True)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["outpost", "-held_on", "id"], name="meeting_list")],
                "constraints": [models.UniqueConstraint(fields=("outpost", "number"), name="meeting_number_once")],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
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
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="agenda", to="liaison.meeting"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=160)),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agenda_items",
                        to="pipeline.project",
                    ),
                ),
                ("discussion", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["position", "id"],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Decision",
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
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="liaison.meeting"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="liaison.agendaitem",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="pipeline.project",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=500)),
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
                ("responsible_text", models.CharField(max_length=80)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("todo_uid", models.CharField(blank=True, max_length=20)),
                ("done_on", models.DateField(blank=True, null=True)),
                ("result", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["position", "id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="decision_says_what"),
                    models.CheckConstraint(
                        condition=models.Q(("responsible_text", ""), _negated=True), name="decision_has_a_name"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ActionPlan",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="action_plans", to="parties.outpost"
                    ),
                ),
                ("series", models.CharField(max_length=40)),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("title", models.CharField(max_length=160)),
                ("document_number", models.CharField(blank=True, max_length=80)),
                ("period_from", models.DateField()),
                ("period_to", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "拟定中"),
                            ("in_force", "执行中"),
                            ("superseded", "已被新版替代"),
                            ("ended", "已结束"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="liaison.actionplan",
                    ),
                ),
                (
                    "source",
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
                    models.UniqueConstraint(fields=("outpost", "series", "number"), name="plan_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "in_force")),
                        fields=("outpost", "series"),
                        name="plan_one_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period_to__gte", models.F("period_from"))), name="plan_period_in_order"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PlanTask",
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
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="liaison.actionplan"
                    ),
                ),
                ("number", models.CharField(max_length=20)),
                ("group", models.CharField(blank=True, max_length=120)),
                ("title", models.CharField(max_length=300)),
                ("measure", models.TextField(blank=True)),
                ("lead_unit", models.CharField(blank=True, max_length=120)),
                ("support_units", models.CharField(blank=True, max_length=300)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("due_text", models.CharField(blank=True, max_length=80)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_started", "未启动"),
                            ("under_way", "推进中"),
                            ("done", "已完成"),
                            ("stopped", "已中止"),
                        ],
                        default="not_started",
                        max_length=12,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_tasks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "earlier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="later",
                        to="liaison.plantask",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("plan", "number"),
                        name="plan_task_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="plan_task_says_what"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PlanProgress",
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
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="progress", to="liaison.plantask"
                    ),
                ),
                ("on", models.DateField()),
                ("text", models.CharField(max_length=1000)),
                ("percent", models.PositiveSmallIntegerField(blank=True, null=True)),
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
                    models.CheckConstraint(
                        condition=models.Q(("percent__isnull", True), ("percent__lte", 100), _connector="OR"),
                        name="plan_percent",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PlanLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_uid", models.CharField(max_length=12)),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to="liaison.plantask"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("task", "subject_kind", "subject_uid"), name="plan_link_once")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Trip",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="trips", to="parties.outpost"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("outbound", "外出招商"), ("delegation", "组团赴驻点城市"), ("reception", "来访接待")],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("received_by", models.CharField(blank=True, max_length=120)),
                ("leader", models.CharField(blank=True, max_length=80)),
                ("transport", models.CharField(blank=True, max_length=200)),
                ("lodging", models.CharField(blank=True, max_length=200)),
                ("approval_number", models.CharField(blank=True, max_length=80)),
                ("guests", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trips",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("result", models.TextField(blank=True)),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["outpost", "-starts_on"], name="trip_list")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="trip_ends_after_start"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TripMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "trip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="members", to="liaison.trip"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("unit", models.CharField(blank=True, max_length=120)),
                ("title", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "ordering": ["position", "id"],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="TripStop",
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
                    "trip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stops", to="liaison.trip"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("on", models.DateField()),
                ("at", models.CharField(blank=True, max_length=20)),
                ("place", models.CharField(blank=True, max_length=160)),
                ("what", models.CharField(max_length=200)),
                ("meets", models.CharField(blank=True, max_length=300)),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trip_stops",
                        to="parties.organization",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trip_stops",
                        to="pipeline.project",
                    ),
                ),
                ("result", models.CharField(blank=True, max_length=500)),
                (
                    "interaction",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trip_stops",
                        to="pipeline.interaction",
                    ),
                ),
            ],
            options={
                "ordering": ["on", "position", "id"],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="WalkIn",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="walk_ins", to="parties.outpost"
                    ),
                ),
                ("came_at", models.DateTimeField()),
                ("visitor", models.CharField(blank=True, max_length=60)),
                ("unit", models.CharField(blank=True, max_length=160)),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="walk_ins",
                        to="parties.organization",
                    ),
                ),
                ("phone_enc", models.BinaryField(blank=True, null=True)),
                ("phone_hint", models.CharField(blank=True, max_length=40)),
                ("asked", models.CharField(max_length=500)),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="walk_ins_taken",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "handed_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="walk_ins",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("handed_to_text", models.CharField(blank=True, max_length=80)),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="walk_ins",
                        to="pipeline.project",
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("result", models.CharField(blank=True, max_length=300)),
                ("todo_uid", models.CharField(blank=True, max_length=20)),
            ],
            options={
                "indexes": [models.Index(fields=["outpost", "-came_at"], name="walk_in_list")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("asked", ""), _negated=True), name="walk_in_says_what"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True), models.Q(("result", ""), _negated=True), _connector="OR"
                        ),
                        name="walk_in_closed_says_how",
                    ),
                ],
            },
        ),
    ]
