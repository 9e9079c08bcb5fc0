"""The database itself refuses to change or delete audit rows."""

from django.db import migrations

from feidi.kernel.audit import triggers


def install(apps, schema_editor):
    """Install the triggers."""
    triggers.install(schema_editor.connection)


def drop(apps, schema_editor):
    """Drop the triggers."""
    triggers.drop(schema_editor.connection)


class Migration(migrations.Migration):
    """Triggers for SQLite and PostgreSQL."""

    dependencies = [("audit", "0001_links_and_entries")]

    operations = [migrations.RunPython(install, drop)]
