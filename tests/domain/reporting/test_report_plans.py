"""Reports that come round: planned, drafted on their day, sent once by mail and to groups."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail as outbox

from feidi.domain.reporting.enums import ReportState
from feidi.domain.reporting.models import ReportPlan
from feidi.domain.reporting.report_periods import read_term
from feidi.domain.reporting.selectors.report_content import report_content
from feidi.domain.reporting.selectors.reports import body_of, get_report, list_plans
from feidi.domain.reporting.services.report_plans import (
    NewPlan,
    add_plan,
    addresses_of,
    change_plan,
    draft_due,
    enter_robot,
    retire_robot,
    void_plan,
)
from feidi.domain.reporting.services.report_sending import Sending, send_report
from feidi.domain.reporting.services.reports import approve_report
from feidi.engines.findings import RefusedError
from feidi.kernel.jobs.services import run_pending
from feidi.kernel.notify.enums import RobotKind
from feidi.kernel.notify.models import RobotMessage
from tests.domain.reporting.test_reports import approved, draft, filled
from tests.support.robot_server import RobotServer, robot_server
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_is_enough]


@pytest.fixture
def server(settings: Any) -> Iterator[RobotServer]:
    with robot_server() as made:
        settings.FEIDI_ROBOT_HOSTS = (made.origin,)
        yield made


def test_sent_once_by_mail_and_to_the_group(world: World, server: RobotServer) -> None:
    filled(world)
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    robot = enter_robot(
        outpost=world.outpost, kind=RobotKind.FEISHU, name="招商群", address=f"{server.origin}/feishu/x",
        secret=server.secret, **act,
    )  # fmt: skip
    with pytest.raises(RefusedError, match="not_permitted"):
        enter_robot(
            actor=world.actor("rival"), now=world.now, outpost=world.outpost, kind=RobotKind.FEISHU, name="x",
            address=f"{server.origin}/x",
        )  # fmt: skip
    row = draft(world, "weekly")
    with pytest.raises(RefusedError, match="not_approved"):
        send_report(report=row, sending=Sending(robots=[robot.uid]), **act)
    approve_report(actor=world.actor("lead"), now=world.now, report=row, version=row.version)
    with pytest.raises(RefusedError, match="nobody"):
        send_report(report=row, sending=Sending(), **act)
    sending = Sending(addresses=["ke.zhang@example.cn"], robots=[robot.uid])
    sent = send_report(report=row, sending=sending, **act)
    again = send_report(report=row, sending=sending, **act)
    run_pending(clock=lambda: world.now)
    assert (sent.state, len(outbox.outbox), server.calls) == (ReportState.SENT, 1, 1)
    letter = outbox.outbox[0]
    assert sorted(each.get_filename().rpartition(".")[2] for each in letter.attachments) == ["docx", "pdf", "xlsx"]
    assert row.number in letter.subject
    assert body_of(row).chat in server.taken[0]["content"]["text"]
    assert [each["whom"] for each in again.sendings[:2]] == ["k***@example.cn", "招商群"]
    assert "ke.zhang" not in str(again.sendings)
    retire_robot(robot=robot, reason="群已解散", **act)
    with pytest.raises(RefusedError, match="nobody"):
        send_report(report=row, sending=Sending(robots=[robot.uid]), **act)


def plan(world: World, **more: Any) -> ReportPlan:
    new = NewPlan(**{"kind": "monthly", "day": 3, "addresses": ["ke.zhang@example.cn"], **more})
    return add_plan(actor=world.actor("officer"), now=world.now, outpost=world.outpost, new=new)


def test_a_plan_drafts_on_its_day_once(world: World) -> None:
    filled(world)
    made = plan(world)
    assert addresses_of(made) == ["ke.zhang@example.cn"]
    assert b"example" not in bytes(made.recipients_enc)
    assert made.hints == ["k***@example.cn"]
    third = datetime.fromisoformat("2026-12-03T07:00:00+08:00")
    assert draft_due(now=third - timedelta(days=1), today=date(2026, 12, 2)) == ([], [])
    drafted, left = draft_due(now=third, today=third.date())
    assert not left
    report = drafted[0]
    assert (report.period, report.as_of, report.state) == ("2026-11", date(2026, 11, 30), ReportState.DRAFT)
    assert report.made_by_id_number == world.users["officer"].pk
    assert draft_due(now=third, today=third.date()) == ([], [])
    approve_report(actor=world.actor("lead"), now=third, report=get_report(world.actor("lead"), report.uid), version=1)
    send_report(actor=world.actor("officer"), now=third, report=report, sending=Sending(planned=True))
    run_pending(clock=lambda: third)
    assert outbox.outbox[0].to == ["ke.zhang@example.cn"]


def test_who_has_left_drafts_nothing_and_it_is_said(world: World) -> None:
    filled(world)
    plan(world)
    world.users["officer"].is_active = False
    world.users["officer"].save()
    third = datetime.fromisoformat("2026-12-03T07:00:00+08:00")
    drafted, left = draft_due(now=third, today=third.date())
    assert not drafted
    assert [each.code for each in left] == ["reports.plan_skipped"]


def test_plans_are_held_to_their_kind(world: World) -> None:
    made = plan(world)
    with pytest.raises(RefusedError, match="plan_there"):
        plan(world)
    for wrong in ({"kind": "weekly", "day": 8}, {"kind": "visit", "day": 1}, {"kind": "yearly", "day": 29}):
        with pytest.raises(RefusedError, match="plan_day"):
            plan(world, **wrong)
    with pytest.raises(RefusedError, match="bad_address"):
        plan(world, kind="yearly", addresses=["nobody"])
    with pytest.raises(RefusedError, match="unknown_kind"):
        plan(world, kind="daily")
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    changed = change_plan(plan=made, new=NewPlan("monthly", 5), **act)
    assert (changed.day, addresses_of(changed), changed.hints) == (5, [], [])
    assert list(list_plans(world.actor("lead"))) == [made]
    assert not list_plans(world.actor("bureau")).exists()
    assert not list_plans(world.actor("rival")).exists()
    with pytest.raises(RefusedError, match="plan_void_needs_reason"):
        void_plan(plan=made, reason="", **act)
    void_plan(plan=made, reason="主办方不再要求", **act)
    with pytest.raises(RefusedError, match="plan_voided"):
        void_plan(plan=made, reason="又", **act)
    assert plan(world).uid != made.uid


@pytest.mark.parametrize(
    ("kind", "day", "due", "term"),
    [
        ("weekly", date(2026, 11, 27), 5, "2026-W48"),
        ("monthly", date(2026, 11, 3), 3, "2026-10"),
        ("quarterly-home", date(2026, 10, 10), 10, "2026-Q3"),
        ("yearly", date(2027, 1, 15), 15, "2026"),
    ],
)
def test_what_is_due_when(world: World, kind: str, day: date, due: int, term: str) -> None:
    content = report_content(world.outpost, day).kind(kind)
    assert content.is_due(day, due)
    assert content.term_due(day).code == term
    assert content.next_due(day, due) == day
    assert not content.is_due(day + timedelta(days=1), due)
    assert read_term(content.period, term).code == term


def test_robot_messages_do_not_hold_up_a_report(world: World, server: RobotServer) -> None:
    filled(world)
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    robot = enter_robot(
        outpost=world.outpost, kind=RobotKind.WECOM, name="群", address=f"{server.origin}/wecom/send?key=x", **act
    )
    row = approved(world)
    sent = send_report(report=row, sending=Sending(robots=[robot.uid]), **act)
    run_pending(clock=lambda: world.now)
    assert sent.state == ReportState.SENT
    assert RobotMessage.objects.get().state == "failed", "a wrong key is the message's failure, not the report's"
