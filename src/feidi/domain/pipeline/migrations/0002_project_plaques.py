import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0001_places_organizations_persons"),
        ("pipeline", "0001_projects_and_landing"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProjectPlaque",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "plaque",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="project_rows", to="parties.plaque"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plaque_rows", to="pipeline.project"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("project", "plaque"), name="project_once_per_plaque")],
            },
        ),
    ]
