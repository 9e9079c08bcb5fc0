"""Approved money that does not come: a clock by content, a to-do for whoever follows the claim, both ended by the payout."""

from __future__ import annotations

from datetime import date, datetime

from feidi.domain.policy.models import PolicyClaim
from feidi.domain.policy.selectors.payouts import PAID_EVENT, PAYOUT_CLOCK, payout_rule, waits_on
from feidi.kernel.access import Actor
from feidi.kernel.deadlines.clock import ClockSpec
from feidi.kernel.deadlines.services import start_clock, stop_clocks
from feidi.kernel.identity.models import User
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import add_todo, settle_todos

_KIND = "policy.claim"
#: How the to-do begins, by which it is found again.
_WAITING = "等待拨付："


def await_payout(*, actor: Actor, now: datetime, claim: PolicyClaim, on: date) -> None:
    """Start the clock on approved money and note who asks when it runs out; nothing where the home sets no clock.

    To the government side the clock reads 待反馈 · 第 n 天; the to-do is of the outpost's own.
    """
    rule = payout_rule(claim.outpost)
    if rule is None:
        return
    subject = Subject(_KIND, claim.uid)
    clock = ClockSpec(PAYOUT_CLOCK, rule.label_zh, rule.label_en, rule.n, rule.unit, PAID_EVENT, rule.taken_from)
    deadline = start_clock(
        actor=actor,
        now=now,
        subject=subject,
        clock=clock,
        on=on,
        scope_outpost=claim.outpost_id,
        waiting_on=waits_on(claim),
    )
    what = f"{_WAITING}{claim.organization.name[:80]}“{claim.clause_title[:100]}”已核准，到 {deadline.due_on} 还没到账就问一问"
    owner = User.objects.filter(pk=actor.user_id).first() if actor.user_id is not None else None
    add_todo(actor=actor, now=now, subject=subject, what=what, assignee=owner, due_on=deadline.due_on)


def payout_ended(*, actor: Actor, now: datetime, claim: PolicyClaim, on: date) -> None:
    """Stop the clock and finish the to-do: the payout is recorded, or there is nothing to wait for any more."""
    subject = Subject(_KIND, claim.uid)
    stop_clocks(actor=actor, now=now, subject=subject, event=PAID_EVENT, on=on)
    about = Todo.objects.filter(subject_kind=_KIND, subject_uid=claim.uid, what__startswith=_WAITING)
    settle_todos(actor=actor, now=now, todos=about)
