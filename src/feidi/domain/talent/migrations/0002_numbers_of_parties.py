"""The numbers given so far go on in the one table of parties."""

from django.db import migrations


def hand_over(apps, _schema_editor):
    series = apps.get_model("parties", "NumberSeries")
    for each in apps.get_model("talent", "TalentNumber").objects.all():
        key = {"outpost_id": each.outpost_id, "series": each.series, "year": each.year}
        series.objects.update_or_create(**key, defaults={"last": each.last})


def take_back(apps, _schema_editor):
    own = apps.get_model("talent", "TalentNumber")
    for each in apps.get_model("parties", "NumberSeries").objects.all():
        own.objects.create(outpost_id=each.outpost_id, series=each.series, year=each.year, last=each.last)


class Migration(migrations.Migration):
    dependencies = [("parties", "0003_number_series"), ("talent", "0001_talents_and_green_channel")]

    operations = [migrations.RunPython(hand_over, take_back), migrations.DeleteModel(name="TalentNumber")]
