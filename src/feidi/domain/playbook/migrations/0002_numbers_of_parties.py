"""Runs were numbered by counting them; from here on their numbers are a series of parties, as all others."""

from django.db import migrations


def go_on(apps, _schema_editor):
    series = apps.get_model("parties", "NumberSeries")
    last = {}
    for outpost, number in apps.get_model("playbook", "PlaybookRun").objects.values_list("outpost_id", "number"):
        _prefix, letters, year, given = number.rsplit("-", 3)
        key = (outpost, letters, int(year))
        last[key] = max(last.get(key, 0), int(given))
    for (outpost, letters, year), given in last.items():
        series.objects.update_or_create(outpost_id=outpost, series=letters, year=year, defaults={"last": given})


class Migration(migrations.Migration):
    dependencies = [("parties", "0003_number_series"), ("playbook", "0001_runs")]

    operations = [migrations.RunPython(go_on, migrations.RunPython.noop)]
