import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_stored_files"),
        ("parties", "0002_place_kind_zone"),
        ("policy", "0002_clause_verifications"),
    ]

    operations = [
        migrations.AddField(
            model_name="policyclaim",
            name="masked",
            field=models.CharField(blank=True, max_length=160),
        ),
        migrations.AddField(
            model_name="policyclaim",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="policy_claims",
                to="parties.person",
            ),
        ),
        migrations.AlterField(
            model_name="policyclaim",
            name="organization",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="policy_claims",
                to="parties.organization",
            ),
        ),
        migrations.AlterField(
            model_name="policyclaim",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "准备材料"),
                    ("submitted", "已提交"),
                    ("returned", "退回补正"),
                    ("approved", "已核准"),
                    ("rejected", "未通过"),
                    ("paid", "已到账"),
                    ("closed", "不再拨付"),
                    ("withdrawn", "已撤回"),
                ],
                default="draft",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="policyclaimentry",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "准备材料"),
                    ("submitted", "已提交"),
                    ("returned", "退回补正"),
                    ("approved", "已核准"),
                    ("rejected", "未通过"),
                    ("paid", "已到账"),
                    ("closed", "不再拨付"),
                    ("withdrawn", "已撤回"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="policyclaimentry",
            name="status_before",
            field=models.CharField(
                blank=True,
                choices=[
                    ("draft", "准备材料"),
                    ("submitted", "已提交"),
                    ("returned", "退回补正"),
                    ("approved", "已核准"),
                    ("rejected", "未通过"),
                    ("paid", "已到账"),
                    ("closed", "不再拨付"),
                    ("withdrawn", "已撤回"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="standingchange",
            name="cause",
            field=models.CharField(
                choices=[
                    ("facts", "事实变化"),
                    ("content", "政策变化"),
                    ("both", "政策和事实都有变化"),
                    ("day", "日期推移"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddIndex(
            model_name="policyclaim",
            index=models.Index(fields=["about_kind", "about_uid"], name="claim_about"),
        ),
        migrations.AddConstraint(
            model_name="policyclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("organization__isnull", False), ("person__isnull", True)),
                    models.Q(("organization__isnull", True), ("person__isnull", False)),
                    models.Q(
                        ("organization__isnull", True),
                        ("person__isnull", True),
                        models.Q(("about_kind__in", ["", "parties.person"]), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="claim_of_exactly_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "closed"), _negated=True), ("approved_fen__isnull", False), _connector="OR"
                ),
                name="claim_closed_was_approved",
            ),
        ),
    ]
