"""The numbers given so far go on in the one table of parties."""

from django.db import migrations


def hand_over(apps, _schema_editor):
    series = apps.get_model("parties", "NumberSeries")
    for each in apps.get_model("pipeline", "ProjectNumber").objects.all():
        key = {"outpost_id": each.outpost_id, "series": each.series, "year": each.year}
        series.objects.update_or_create(**key, defaults={"last": each.last})


def take_back(apps, _schema_editor):
    own = apps.get_model("pipeline", "ProjectNumber")
    for each in apps.get_model("parties", "NumberSeries").objects.all():
        own.objects.create(outpost_id=each.outpost_id, series=each.series, year=each.year, last=each.last)


class Migration(migrations.Migration):
    dependencies = [("parties", "0003_number_series"), ("pipeline", "0002_project_plaques")]

    operations = [migrations.RunPython(hand_over, take_back), migrations.DeleteModel(name="ProjectNumber")]
