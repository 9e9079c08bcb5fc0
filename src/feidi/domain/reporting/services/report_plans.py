"""Reports that come round: planned, drafted on their day, and the robots of an outpost's groups."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.enums import ReportPeriod
from feidi.domain.reporting.models import Report, ReportPlan
from feidi.domain.reporting.selectors.report_content import VISIT, ReportKind, report_content
from feidi.domain.reporting.selectors.reports import OUTPOST, group_of
from feidi.domain.reporting.services.papers import ISSUE
from feidi.domain.reporting.services.report_building import order_of
from feidi.domain.reporting.services.reports import draft_report
from feidi.engines.findings import Finding, Level, RefusedError, refuse
from feidi.kernel.access import Actor, actor_for_user
from feidi.kernel.audit import recorded
from feidi.kernel.identity.models import User
from feidi.kernel.messages import text_of
from feidi.kernel.notify.enums import RobotKind
from feidi.kernel.notify.models import Robot
from feidi.kernel.notify.sealed_body import mask_address
from feidi.kernel.notify.services import add_robot, robots_of, say, void_robot
from feidi.kernel.sealing import seal, unseal
from feidi.kernel.subjects import new_uid

KIND: Final = "reporting.report_plan"
_DAYS: Final = {ReportPeriod.WEEK: 7}
_LAST_DAY: Final = 28


@dataclass(frozen=True, slots=True)
class NewPlan:
    """What a plan says."""

    kind: str
    day: int
    plaque: str = ""
    addresses: Sequence[str] = ()
    robots: Sequence[str] = ()


def add_plan(*, actor: Actor, now: datetime, outpost: Outpost, new: NewPlan) -> ReportPlan:
    """Plan a kind of report; drafts are made in the name of ``actor``.

    Refused: no permission, a kind that is not written here, a day it has not, a plan that is there, no address.
    """
    require(actor, ISSUE, outpost_scope(outpost.pk))
    _check(outpost, new, now.date())
    uid = new_uid()
    row = ReportPlan(
        uid=uid,
        outpost=outpost,
        kind=new.kind,
        plaque=new.plaque,
        owner_id=actor.user_id or 0,
        recorded_by=actor.label[:160],
        created_at=now,
    )
    _fill(row, new)
    with recorded(actor=actor, now=now) as unit:
        if ReportPlan.objects.filter(
            outpost=outpost, kind=new.kind, plaque=new.plaque, voided_at__isnull=True
        ).exists():
            raise refuse("reports.plan_there")
        row.save()
        unit.created(row, kind=KIND)
    return row


def change_plan(*, actor: Actor, now: datetime, plan: ReportPlan, new: NewPlan) -> ReportPlan:
    """Change the day and to whom it goes; kind and plaque stay. Refused: as for a new one, a plan out of use."""
    require(actor, ISSUE, outpost_scope(plan.outpost_id))
    _check(plan.outpost, new, now.date())
    with recorded(actor=actor, now=now) as unit:
        row = _locked(plan)
        before = unit.before(row)
        _fill(row, new)
        row.version += 1
        row.save()
        unit.changed(row, kind=KIND, before=before)
    return row


def void_plan(*, actor: Actor, now: datetime, plan: ReportPlan, reason: str) -> ReportPlan:
    """Plan it no more; addresses are forgotten. Refused: no permission, no reason, out of use before."""
    require(actor, ISSUE, outpost_scope(plan.outpost_id))
    if not reason.strip():
        raise refuse("reports.plan_void_needs_reason")
    with recorded(actor=actor, now=now) as unit:
        row = _locked(plan)
        before = unit.before(row)
        row.voided_at, row.void_reason, row.version = now, reason.strip()[:500], row.version + 1
        row.recipients_enc = b""
        row.save(update_fields=["voided_at", "void_reason", "version", "recipients_enc"])
        unit.changed(row, kind=KIND, before=before, reason=row.void_reason, action="voided")
    return row


def addresses_of(plan: ReportPlan) -> list[str]:
    """Return the addresses of a plan. For services only: pages show their hints."""
    if not plan.recipients_enc:
        return []
    return list(json.loads(unseal(plan.recipients_enc, context=f"reporting.report_plan:{plan.uid}")))


def _locked(plan: ReportPlan) -> ReportPlan:
    row = ReportPlan.objects.select_for_update(of=("self",)).select_related("outpost__home").get(pk=plan.pk)
    if row.voided_at is not None:
        raise refuse("reports.plan_voided", reason=row.void_reason)
    return row


def _check(outpost: Outpost, new: NewPlan, on: date) -> None:
    kind = report_content(outpost, on).kind(new.kind)
    if kind.code == VISIT or not 1 <= new.day <= _DAYS.get(kind.period, _LAST_DAY):
        raise refuse("reports.plan_day", value=new.day)
    if new.plaque and all(each.code != new.plaque for each in outpost.plaques.all()):
        raise refuse("papers.unknown_plaque", plaque=new.plaque)
    for address in new.addresses:
        try:
            validate_email(address)
        except ValidationError:
            raise refuse("notify.bad_address", value=address[:80]) from None


def _fill(row: ReportPlan, new: NewPlan) -> None:
    own = {each.uid for each in robots_of(group_of(row.outpost))}
    addresses = list(dict.fromkeys(each.strip() for each in new.addresses))
    row.day, row.robots = new.day, [each for each in new.robots if each in own]
    row.hints = [mask_address(each) for each in addresses]
    sealed = json.dumps(addresses, ensure_ascii=False)
    row.recipients_enc = seal(sealed, context=f"reporting.report_plan:{row.uid}") if addresses else b""


def draft_due(*, now: datetime, today: date) -> tuple[list[Report], list[Finding]]:
    """Draft every report that is due today and not there yet; returns them, and what could not be drafted and why.

    Each is drafted as its plan's owner, with what that person holds now: who has left drafts nothing.
    """
    made, left = [], []
    for plan in ReportPlan.objects.filter(voided_at__isnull=True).select_related(
        "outpost__home", "outpost__host", "owner"
    ):
        kind = report_content(plan.outpost, today).kinds.get(plan.kind)
        if kind is None or not kind.is_due(today, plan.day):
            continue
        try:
            report = _draft(plan, kind, now, today)
        except RefusedError as error:
            why = str(text_of(error.refusal))
            left.append(Finding(Level.PROBLEM, "reports.plan_skipped", {"kind": kind.label["zh"], "why": why}))
        else:
            made += [report] if report else []
    return made, left


def _draft(plan: ReportPlan, kind: ReportKind, now: datetime, today: date) -> Report | None:
    term = kind.term_due(today)
    if Report.objects.filter(plan=plan, period_from=term.start, voided_at__isnull=True).exists():
        return None
    owner: User = plan.owner
    if not owner.is_active:
        raise refuse("notify.account_closed", name=str(owner))
    order = order_of(plan.outpost, kind, term, now, plaque=plan.plaque)
    try:
        with transaction.atomic():
            return draft_report(actor=actor_for_user(owner, now), now=now, order=order, plan=plan)
    except IntegrityError:
        return None  # another scheduler was faster


def enter_robot(
    *, actor: Actor, now: datetime, outpost: Outpost, kind: RobotKind, name: str, address: str, secret: str = ""
) -> Robot:
    """Enter the robot of a group of an outpost. Refused: no permission, and as the kernel says."""
    require(actor, ISSUE, outpost_scope(outpost.pk))
    return add_robot(
        actor=actor, now=now, subject=group_of(outpost), kind=kind, name=name, address=address, secret=secret
    )


def retire_robot(*, actor: Actor, now: datetime, robot: Robot, reason: str) -> Robot:
    """Use a robot no more. Refused: no permission, no reason."""
    require(actor, ISSUE, outpost_scope(_outpost_of(robot).pk))
    return void_robot(actor=actor, now=now, robot=robot, reason=reason)


def try_robot(*, actor: Actor, now: datetime, robot: Robot) -> None:
    """Send a test message to a group. Refused: no permission, out of use."""
    outpost = _outpost_of(robot)
    require(actor, ISSUE, outpost_scope(outpost.pk))
    text = f"{outpost.short_name}：测试消息，收到说明群机器人已接通。"
    say(actor=actor, now=now, robot=robot, title="测试消息", text=text)


def _outpost_of(robot: Robot) -> Outpost:
    if robot.subject_kind != OUTPOST:
        raise refuse("notify.robot_voided", name=robot.name, reason="—")
    return Outpost.objects.get(uid=robot.subject_uid)
