"""Clocks start, give way, stop, and say how they stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from feidi.engines.findings import Level, RefusedError
from feidi.kernel.access import ANONYMOUS
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.deadlines.access import can_view, visible_to
from feidi.kernel.deadlines.clock import ClockSpec
from feidi.kernel.deadlines.models import Deadline
from feidi.kernel.deadlines.selectors import due, history_of, running, state_of
from feidi.kernel.deadlines.services import start_clock, stop_all_clocks, stop_clocks
from feidi.kernel.messages import text_of
from tests.kernel.files import hosts
from tests.kernel.files.hosts import NOW
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db
RESPOND = ClockSpec("respond", "首次联系", "First contact", 3, "working", "interaction")
PROGRESS = ClockSpec("progress", "跟进", "Follow-up", 14, "calendar", "interaction", taken_from="江门市")
MONTHLY = ClockSpec("monthly", "每月进展", "Monthly progress", 23, "monthly_day", "report")
FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


@pytest.fixture
def host():
    return hosts.make_user("项目")


@pytest.fixture
def actor(host):
    return hosts.make_actor(host)


@pytest.fixture
def start(host, actor):
    def start_it(clock, on=FRIDAY, **more):
        return start_clock(actor=actor, now=NOW, subject=hosts.subject_of(host), clock=clock, on=on, **more)

    return start_it


@pytest.mark.parametrize(
    ("clock", "due_on", "provisional"),
    [
        (RESPOND, date(2026, 11, 25), False),
        (PROGRESS, date(2026, 12, 4), False),
        (MONTHLY, date(2026, 11, 23), False),
        (replace(RESPOND, n=60), None, True),
    ],
)
def test_due_dates(start, clock, due_on, provisional):
    deadline = start(clock, scope_outpost=7)
    assert deadline.provisional is provisional
    assert due_on is None or deadline.due_on == due_on
    assert (deadline.started_on, deadline.scope_outpost) == (FRIDAY, 7)


def test_a_clock_without_a_number_is_refused(start):
    with pytest.raises(RefusedError) as refused:
        start(replace(PROGRESS, n=0))
    assert refused.value.refusal.code == "deadlines.clock_malformed"


def test_starting_again_gives_way_once(start, host):
    first = start(PROGRESS)
    entries = AuditEntry.objects.count()
    assert start(PROGRESS) == first
    assert start(PROGRESS, on=date(2026, 11, 1)) == first  # recorded late: does not turn the clock back
    assert AuditEntry.objects.count() == entries
    second = start(PROGRESS, on=MONDAY)
    first.refresh_from_db()
    assert (first.stopped_on, second.started_on, second.due_on) == (MONDAY, MONDAY, date(2026, 12, 7))
    assert list(history_of(hosts.subject_of(host))) == [second, first]
    assert Deadline.objects.filter(stopped_on__isnull=True).get() == second


def test_an_event_stops_its_clocks_only(start, host, actor):
    subject = hosts.subject_of(host)
    respond, progress, monthly = start(RESPOND), start(PROGRESS, on=MONDAY), start(MONTHLY)

    def stop(event, on):
        return stop_clocks(actor=actor, now=NOW, subject=subject, event=event, on=on)

    assert stop("interaction", date(2026, 11, 19)) == []
    assert stop("interaction", FRIDAY) == [respond]
    assert stop("interaction", MONDAY) == [progress]
    assert stop("interaction", MONDAY) == []
    assert running([subject]) == {subject: [monthly]}
    assert stop_all_clocks(actor=actor, now=NOW, subject=subject, on=MONDAY, reason="暂缓推进") == [monthly]
    assert running([subject]) == {subject: []}
    assert AuditEntry.objects.get(subject_uid=monthly.uid, action="stopped").reason == "暂缓推进"


def test_running_of_many_is_one_query(start, actor, host):
    start(PROGRESS)
    others = [hosts.make_user() for _ in range(3)]
    for each in others:
        start_clock(actor=actor, now=NOW, subject=hosts.subject_of(each), clock=RESPOND, on=FRIDAY)
    subjects = [hosts.subject_of(each) for each in (host, *others)]
    assert len(queries_of(lambda: running(subjects))) == 1
    assert [len(rows) for rows in running(subjects).values()] == [1, 1, 1, 1]


def test_due_lists_are_of_their_outposts(start, actor):
    mine = start(MONTHLY, scope_outpost=1)
    start(PROGRESS, scope_outpost=1)
    start(RESPOND, scope_outpost=2)
    assert list(due([1], MONDAY)) == [mine]
    assert due([1], MONDAY, within_days=14).count() == 2
    assert not due([1], MONDAY, waiting_on="home").exists()
    assert due([1, 2], MONDAY, within_days=2).count() == 2


def test_what_a_clock_says(start):
    operator = start(PROGRESS)
    waiting = start(RESPOND, waiting_on="home")

    def said(deadline, day):
        state = state_of(deadline, day)
        return text_of(state.finding), state.finding.level, state.overdue

    assert said(operator, MONDAY) == ("还有 11 天", Level.NOTE, False)
    assert said(operator, date(2026, 12, 4)) == ("今天到期", Level.PROBLEM, False)
    assert said(operator, date(2026, 12, 6)) == ("已超 2 天", Level.PROBLEM, True)
    # to a government side: never red, never "overdue"
    assert said(waiting, date(2026, 11, 25)) == ("待反馈 · 第 6 天", Level.NOTE, False)
    assert said(waiting, date(2027, 1, 20)) == ("待反馈 · 第 62 天", Level.NOTE, False)
    assert [text_of(note) for note in state_of(operator, MONDAY).notes] == ["参考外地做法（江门市），待本区确认"]


def test_who_sees_a_clock(start, actor):
    deadline = start(PROGRESS)
    for each in (actor, hosts.make_actor(hosts.make_user()), ANONYMOUS):
        assert visible_to(each, Deadline.objects.all()).exists() is can_view(each, deadline) is (each is actor)
