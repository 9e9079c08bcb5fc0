"""The ledger of a room and a month as columns; thrown away by the database with any change to its rows."""

import django.db.models.deletion
from django.db import migrations, models

from feidi.domain.space import triggers


def install(_apps, schema_editor):
    triggers.install_pages(schema_editor.connection)


def drop(_apps, schema_editor):
    triggers.drop_pages(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("space", "0002_space_and_bookings")]

    operations = [
        migrations.CreateModel(
            name="LedgerPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField()),
                ("columns", models.BinaryField()),
                (
                    "root",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="space.unit"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("root", "month"), name="ledger_page_once")],
            },
        ),
        migrations.RunPython(install, drop),
    ]
