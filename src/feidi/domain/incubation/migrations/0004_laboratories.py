"""无界实验室: the directory of laboratories that can be used, and each use from the request to the fee."""

import django.db.models.deletion
from django.db import migrations, models

import feidi.kernel.subjects.uid


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_stored_files"),
        ("incubation", "0003_erased_drafts"),
        ("parties", "0003_number_series"),
    ]

    operations = [
        migrations.CreateModel(
            name="LabEntry",
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
                ("title", models.CharField(max_length=160)),
                ("method", models.CharField(max_length=500)),
                ("place", models.CharField(blank=True, max_length=160)),
                (
                    "biosafety",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "没有生物安全实验室"),
                            ("bsl1", "BSL-1"),
                            ("bsl2", "BSL-2"),
                            ("bsl3", "BSL-3 及以上"),
                        ],
                        max_length=5,
                    ),
                ),
                ("price_fen", models.BigIntegerField(blank=True, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("price_per", models.CharField(blank=True, max_length=40)),
                ("days", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "open_to",
                    models.CharField(
                        choices=[
                            ("all", "所有入驻单位"),
                            ("startup", "只限在孵企业"),
                            ("home_research", "只限本地企业驻外研发点"),
                        ],
                        default="all",
                        max_length=13,
                    ),
                ),
                ("conditions", models.CharField(blank=True, max_length=300)),
                ("offer", models.CharField(blank=True, max_length=12)),
                ("checked_on", models.DateField()),
                ("source", models.CharField(max_length=200)),
                ("recorded_by", models.CharField(max_length=160)),
                (
                    "outpost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="labs", to="parties.outpost"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.organization"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LabUse",
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
                ("purpose", models.CharField(max_length=500)),
                (
                    "biosafety",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "没有生物安全实验室"),
                            ("bsl1", "BSL-1"),
                            ("bsl2", "BSL-2"),
                            ("bsl3", "BSL-3 及以上"),
                        ],
                        max_length=5,
                    ),
                ),
                ("asked_on", models.DateField()),
                ("asked_by", models.CharField(max_length=160)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "已申请"),
                            ("agreed", "已同意"),
                            ("sampled", "已送样"),
                            ("reported", "已出结果"),
                            ("settled", "已结费"),
                            ("declined", "未同意"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="asked",
                        max_length=9,
                    ),
                ),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=300)),
                ("agreed_fen", models.BigIntegerField(blank=True, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("sample", models.CharField(blank=True, max_length=200)),
                ("sample_on", models.DateField(blank=True, null=True)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("result", models.CharField(blank=True, max_length=500)),
                ("result_on", models.DateField(blank=True, null=True)),
                ("fee_fen", models.BigIntegerField(blank=True, null=True)),
                ("fee_on", models.DateField(blank=True, null=True)),
                (
                    "charge",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lab_use",
                        to="incubation.charge",
                    ),
                ),
                (
                    "lab",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="incubation.labentry"
                    ),
                ),
                (
                    "result_file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "tenancy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lab_uses", to="incubation.tenancy"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="labentry",
            index=models.Index(fields=["outpost", "title"], name="lab_entry_list"),
        ),
        migrations.AddConstraint(
            model_name="labentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True),
                    models.Q(("method", ""), _negated=True),
                    models.Q(("source", ""), _negated=True),
                ),
                name="lab_entry_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="labentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("price_fen__isnull", True),
                    models.Q(("price_fen__gte", 0), models.Q(("currency", ""), _negated=True)),
                    _connector="OR",
                ),
                name="lab_entry_price_currency",
            ),
        ),
        migrations.AddIndex(
            model_name="labuse",
            index=models.Index(fields=["tenancy", "-asked_on"], name="lab_use_list"),
        ),
        migrations.AddConstraint(
            model_name="labuse",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose", ""), _negated=True), name="lab_use_says_what_for"
            ),
        ),
        migrations.AddConstraint(
            model_name="labuse",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "declined"), _negated=True),
                    models.Q(("answered_on__isnull", False), models.Q(("answer", ""), _negated=True)),
                    _connector="OR",
                ),
                name="lab_use_declined_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="labuse",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["sampled", "reported", "settled"]), _negated=True),
                    models.Q(
                        ("answered_on__isnull", False),
                        ("sample_on__isnull", False),
                        models.Q(("sample", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="lab_use_sample_was_handed",
            ),
        ),
        migrations.AddConstraint(
            model_name="labuse",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["reported", "settled"]), _negated=True),
                    models.Q(("result_on__gte", models.F("sample_on")), models.Q(("result", ""), _negated=True)),
                    _connector="OR",
                ),
                name="lab_use_result_after_sample",
            ),
        ),
        migrations.AddConstraint(
            model_name="labuse",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "settled"), _negated=True),
                    models.Q(("fee_fen__gte", 0), ("fee_on__isnull", False)),
                    _connector="OR",
                ),
                name="lab_use_settled_says_fee",
            ),
        ),
    ]
