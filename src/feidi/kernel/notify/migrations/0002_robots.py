import django.db.models.deletion
from django.db import migrations, models

import feidi.kernel.subjects.uid


class Migration(migrations.Migration):
    dependencies = [
        ("notify", "0001_mails"),
    ]

    operations = [
        migrations.CreateModel(
            name="Robot",
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
                ("voided_at", models.DateTimeField(blank=True, null=True)),
                ("void_reason", models.CharField(blank=True, max_length=500)),
                (
                    "kind",
                    models.CharField(
                        choices=[("wecom", "企业微信"), ("dingtalk", "钉钉"), ("feishu", "飞书")], max_length=10
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("address_enc", models.BinaryField()),
                ("address_hint", models.CharField(max_length=80)),
                ("secret_enc", models.BinaryField(blank=True, default=b"")),
                ("recorded_by", models.CharField(max_length=160)),
            ],
            options={
                "indexes": [models.Index(fields=["subject_kind", "subject_uid"], name="robot_of_subject")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("subject_kind", "subject_uid", "name"),
                        name="robot_name_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RobotMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(editable=False, max_length=12, unique=True)),
                ("title", models.CharField(max_length=80)),
                ("text_enc", models.BinaryField()),
                ("once", models.CharField(blank=True, max_length=80)),
                (
                    "state",
                    models.CharField(
                        choices=[("queued", "待发送"), ("sent", "已发送"), ("failed", "没有送出")],
                        default="queued",
                        max_length=8,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=80)),
                ("created_at", models.DateTimeField()),
                ("created_by", models.CharField(max_length=160)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "robot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="notify.robot"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["robot", "-created_at"], name="messages_of_robot")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("once", ""), _negated=True), fields=("once",), name="robot_message_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sent"), _negated=True),
                            models.Q(("sent_at__isnull", False), ("text_enc", b"")),
                            _connector="OR",
                        ),
                        name="robot_message_sent_is_forgotten",
                    ),
                ],
            },
        ),
    ]
