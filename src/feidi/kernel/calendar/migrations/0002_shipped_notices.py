"""Fill in the notices that are shipped with the program."""

from datetime import UTC, datetime

from django.db import migrations

from feidi.kernel.calendar.shipped import shipped

#: Not a moment of anybody's act: the years came with the program.
_SHIPPED_AT = datetime(2026, 1, 1, tzinfo=UTC)


def fill(apps, schema_editor):
    notices = apps.get_model("calendar", "HolidayNotice")
    days = apps.get_model("calendar", "SpecialDay")
    known = shipped()
    for year in sorted(known.years):
        notice = notices.objects.create(
            year=year,
            source=f"国务院办公厅关于{year}年部分节假日安排的通知",
            recorded_by="shipped",
            recorded_at=_SHIPPED_AT,
        )
        days.objects.bulk_create(
            [
                days(notice=notice, date=each.date, is_working=each.is_working, name=each.name)
                for each in known.years[year]
            ]
        )


def empty(apps, schema_editor):
    apps.get_model("calendar", "SpecialDay").objects.all().delete()
    apps.get_model("calendar", "HolidayNotice").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("calendar", "0001_notices_and_days")]

    operations = [migrations.RunPython(fill, empty)]
