from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("showcase", "0001_publications_releases_hall"),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckupCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("origin_digest", models.CharField(max_length=40)),
                ("hour", models.DateTimeField()),
                ("count", models.PositiveIntegerField(default=1)),
            ],
            options={
                "indexes": [models.Index(fields=["hour"], name="checkup_count_hour")],
                "constraints": [
                    models.UniqueConstraint(fields=("origin_digest", "hour"), name="checkup_count_once_an_hour"),
                    models.CheckConstraint(condition=models.Q(("count__gte", 1)), name="checkup_count_positive"),
                ],
            },
        ),
    ]
