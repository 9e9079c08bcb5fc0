"""An administrator takes a year's notice."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from feidi.engines.findings import RefusedError
from feidi.kernel.access import Actor, ActorKind, Grant, Scope, ScopeKind
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.calendar import working_days
from feidi.kernel.calendar.almanac import Special
from feidi.kernel.calendar.models import HolidayNotice, SpecialDay
from feidi.kernel.calendar.services.years import upload_year
from feidi.kernel.messages import known_codes

pytestmark = pytest.mark.django_db

ADMINISTRATOR = Actor(
    kind=ActorKind.PERSON,
    label="管理员 (admin)",
    grants=(Grant("administrator", frozenset({"settings.manage"}), Scope(ScopeKind.INSTALLATION)),),
)
#: An invented arrangement for 2027.
ROWS = (
    Special(date(2027, 1, 1), is_working=False, name="元旦"),
    Special(date(2027, 1, 2), is_working=False, name="元旦"),
    Special(date(2027, 1, 3), is_working=False, name="元旦"),
    Special(date(2026, 12, 27), is_working=True, name="元旦"),
    Special(date(2027, 2, 20), is_working=True, name="春节"),
)


def _upload(now: datetime, rows: tuple[Special, ...] = ROWS, **changes: object) -> HolidayNotice:
    words: dict[str, object] = {"year": 2027, "source": "测试用的通知", **changes}
    return upload_year(actor=ADMINISTRATOR, now=now, rows=rows, **words)  # type: ignore[arg-type]


def test_an_uploaded_year_is_certain(now: datetime) -> None:
    start = date(2026, 12, 31)
    assert working_days.add_working_days(start, 1) == (date(2027, 1, 4), True)
    notice = _upload(now)
    assert working_days.add_working_days(start, 1) == (date(2027, 1, 4), False)
    assert working_days.is_working(date(2026, 12, 27)), "the notice of 2027 names a day of 2026"
    assert working_days.is_working(date(2027, 2, 20))
    assert working_days.is_working(date(2027, 2, 8)), "a certain year has the holidays of its notice, not expected ones"
    assert AuditEntry.objects.get(subject_uid=notice.uid).action == "created"


def test_the_same_notice_again_changes_nothing_and_a_later_one_prevails(now: datetime) -> None:
    first = _upload(now)
    assert _upload(now + timedelta(days=1), tuple(reversed(ROWS))).pk == first.pk
    second = _upload(now, (*ROWS, Special(date(2027, 3, 1), is_working=False, name="测试")))
    assert second.pk != first.pk
    assert not working_days.is_working(date(2027, 3, 1))
    assert first.days.count() == len(ROWS), "the earlier notice stays as it was"


def test_a_rolled_back_upload_is_forgotten(now: datetime) -> None:
    for day in (date(2027, 3, 1), date(2027, 3, 2)):
        with transaction.atomic():
            _upload(now, (Special(day, is_working=False, name="测试"),))
            assert not working_days.is_working(day)
            transaction.set_rollback(True)
        assert working_days.is_working(day)


@pytest.mark.parametrize(
    ("rows", "changes", "code"),
    [
        ((), {}, "calendar.no_rows"),
        (ROWS, {"source": "  "}, "calendar.no_source"),
        ((*ROWS, ROWS[0]), {}, "calendar.row_twice"),
        ((Special(date(2028, 3, 1), is_working=False, name="x"),), {}, "calendar.row_outside_year"),
        ((Special(date(2027, 3, 1), is_working=True, name="x"),), {}, "calendar.work_on_weekday"),
        (ROWS, {"year": 1899}, "calendar.out_of_range"),
    ],
)
def test_a_faulty_notice_is_refused(
    now: datetime, rows: tuple[Special, ...], changes: dict[str, object], code: str
) -> None:
    before = HolidayNotice.objects.count()
    with pytest.raises(RefusedError) as refused:
        _upload(now, rows, **changes)
    assert code in {each.code for each in refused.value.refusal.reasons} <= known_codes()
    assert HolidayNotice.objects.count() == before


def test_only_settings_may_upload(now: datetime) -> None:
    stranger = Actor(kind=ActorKind.PERSON, label="招商专员 (officer)")
    with pytest.raises(RefusedError) as refused:
        upload_year(actor=stranger, now=now, year=2027, rows=ROWS, source="x")
    assert refused.value.refusal.code == "calendar.may_not_upload"


def test_an_emptied_table_falls_back_on_the_shipped_years() -> None:
    SpecialDay.objects.all().delete()
    HolidayNotice.objects.all().delete()
    assert working_days.add_working_days(date(2026, 9, 30), 1) == (date(2026, 10, 8), False)


def test_a_day_occurs_once_in_a_notice(now: datetime) -> None:
    notice = _upload(now)
    with pytest.raises(IntegrityError), transaction.atomic():
        SpecialDay.objects.create(notice=notice, date=ROWS[0].date, is_working=True, name="x")
