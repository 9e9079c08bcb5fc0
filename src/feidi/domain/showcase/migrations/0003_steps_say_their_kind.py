from django.db import migrations, models
from django.db.models import OuterRef, Subquery

KINDS = [
    ("news", "动态"),
    ("site", "可用载体"),
    ("exhibit", "展品"),
    ("result", "成效"),
    ("organization", "单位"),
    ("project", "项目"),
    ("product", "产品"),
]


def say_kinds(apps, schema_editor):
    """Write the kind of its publication to each step."""
    edition = apps.get_model("showcase", "Edition")
    step = apps.get_model("showcase", "EditionStep")
    kind = edition.objects.filter(pk=OuterRef("edition_id")).values("publication__kind")[:1]
    step.objects.using(schema_editor.connection.alias).filter(kind="").update(kind=Subquery(kind))


class Migration(migrations.Migration):
    dependencies = [
        ("showcase", "0002_checkups_counted_by_the_hour"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="editionstep", name="edition_step_mark"),
        migrations.AddField(
            model_name="editionstep",
            name="kind",
            field=models.CharField(choices=KINDS, default="", max_length=12),
            preserve_default=False,
        ),
        migrations.RunPython(say_kinds, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="editionstep",
            index=models.Index(fields=["outpost", "kind", "-id"], name="edition_step_of_kind"),
        ),
    ]
