"""Approved money that does not come: a clock by content, a to-do for whoever follows the claim, both ended by the payout.

A payout of a part ends them; what is left has a clock and a to-do of its own, from that day on.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from feidi.domain.policy.models import PolicyClaim
from feidi.domain.policy.selectors.payouts import (
    PAID_EVENT,
    PAYOUT_CLOCK,
    REMAINDER_CLOCK,
    PayoutRule,
    payout_rule,
    remainder_rule,
    waits_on,
)
from feidi.kernel.access import Actor
from feidi.kernel.deadlines.clock import ClockSpec
from feidi.kernel.deadlines.models import Deadline
from feidi.kernel.deadlines.services import start_clock, stop_clocks
from feidi.kernel.identity.models import User
from feidi.kernel.money.display import format_money
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import add_todo, settle_todos

_KIND = "policy.claim"
#: How the to-dos begin, by which they are found again.
_WAITING, _REMAINDER = "等待拨付：", "等待余款："


def await_payout(*, actor: Actor, now: datetime, claim: PolicyClaim, on: date) -> None:
    """Start the clock on approved money and note who asks when it runs out; nothing where the home sets no clock.

    To the government side the clock reads 待反馈 · 第 n 天; the to-do is of the outpost's own.
    """
    rule = payout_rule(claim.outpost)
    if rule is not None:
        deadline = _start(actor, now, claim, on, rule, PAYOUT_CLOCK)
        _remind(actor, now, claim, deadline, f"{_WAITING}{_named(claim)}已核准，到 {deadline.due_on} 还没到账就问一问")


def await_remainder(*, actor: Actor, now: datetime, claim: PolicyClaim, on: date) -> None:
    """Do the same for what is left after a part was paid; nothing where the home sets no clock."""
    rule = remainder_rule(claim.outpost)
    if rule is not None:
        deadline = _start(actor, now, claim, on, rule, REMAINDER_CLOCK)
        left = f"还差 {format_money(claim.remaining_fen or 0, 'CNY')}，到 {deadline.due_on} 还没到账就问一问"
        _remind(actor, now, claim, deadline, f"{_REMAINDER}{_named(claim)}{left}；不再拨付的登记原因")


def _named(claim: PolicyClaim) -> str:
    return f"{claim.claimant[:80]}“{claim.clause_title[:100]}”"


def _start(actor: Actor, now: datetime, claim: PolicyClaim, on: date, rule: PayoutRule, code: str) -> Deadline:
    clock = ClockSpec(code, rule.label_zh, rule.label_en, rule.n, rule.unit, PAID_EVENT, rule.taken_from)
    return start_clock(
        actor=actor,
        now=now,
        subject=Subject(_KIND, claim.uid),
        clock=clock,
        on=on,
        scope_outpost=claim.outpost_id,
        waiting_on=waits_on(claim),
    )


def _remind(actor: Actor, now: datetime, claim: PolicyClaim, deadline: Deadline, what: str) -> None:
    subject = Subject(_KIND, claim.uid)
    owner = User.objects.filter(pk=actor.user_id).first() if actor.user_id is not None else None
    add_todo(actor=actor, now=now, subject=subject, what=what, assignee=owner, due_on=deadline.due_on)


def payout_ended(*, actor: Actor, now: datetime, claim: PolicyClaim, on: date) -> None:
    """Stop the clock and finish the to-do: the payout is recorded, or there is nothing to wait for any more."""
    subject = Subject(_KIND, claim.uid)
    stop_clocks(actor=actor, now=now, subject=subject, event=PAID_EVENT, on=on)
    waiting = Q(what__startswith=_WAITING) | Q(what__startswith=_REMAINDER)
    about = Todo.objects.filter(waiting, subject_kind=_KIND, subject_uid=claim.uid)
    settle_todos(actor=actor, now=now, todos=about)
