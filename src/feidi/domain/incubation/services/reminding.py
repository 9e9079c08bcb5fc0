"""Reminders before and after a day that a tenant owes something: a mail to its people, a to-do for who collects."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from feidi.domain.incubation.access import MONEY, REPORT_OWN
from feidi.domain.incubation.enums import ChargeKind, ReportState
from feidi.domain.incubation.models import Charge, PeriodReport, Tenancy
from feidi.domain.incubation.selectors.ledger import open_only, with_received
from feidi.domain.parties.models import Membership
from feidi.domain.parties.selectors.standing import SHANGHAI, roles_of
from feidi.domain.space.selectors.colleagues import people_who_may
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.identity.models import User
from feidi.kernel.money.display import format_money
from feidi.kernel.notify.services import send_mail
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import add_todo, settle_todos

KIND: Final = "incubation.tenancy"
#: So long before the day a mail is sent; another one on the day after it.
_BEFORE: Final = timedelta(days=3)
#: What is older was reminded of long ago: a ledger that was taken over with its past writes no mails about it.
_LATELY: Final = timedelta(days=7)


def remind_of_charges(*, actor: Actor, now: datetime) -> dict[str, int]:
    """Remind tenants of what is due within three days and of what was due yesterday; say to who collects whose is late.

    A charge is mailed of once before and once after its day, whoever runs it how often. The to-do is one for a tenancy,
    and settled as soon as nothing of it is late. Who has no address gets no mail.
    """
    today = now.astimezone(SHANGHAI).date()
    rows = open_only(with_received(Charge.objects.filter(voided_at__isnull=True, due_on__lte=today + _BEFORE)))
    rows = rows.select_related("tenancy__organization", "tenancy__outpost__home").order_by("due_on", "id")
    mails, late = 0, dict[int, Tenancy]()
    for row in rows:
        if row.due_on < today:
            late[row.tenancy.pk] = row.tenancy
        if row.due_on >= today - _LATELY:
            mails += _mail_charge(actor, now, row, today)
    return {"mails": mails, **_to_collect(actor, now, late.values(), today)}


def remind_of_reports(*, actor: Actor, now: datetime) -> int:
    """Remind tenants of reports that are due within three days, and of those due yesterday; returns how many mails."""
    today = now.astimezone(SHANGHAI).date()
    asked = PeriodReport.objects.filter(
        state__in=[ReportState.ASKED, ReportState.RETURNED],
        due_on__range=(today - _LATELY, today + _BEFORE),
        tenancy__ended_on__isnull=True,
        tenancy__voided_at__isnull=True,
    )
    sent = 0
    for row in asked.select_related("tenancy__organization", "tenancy__outpost__home").order_by("due_on", "id"):
        late = row.due_on < today
        words = {"first": row.period_from.isoformat(), "last": row.period_to.isoformat(), "due": row.due_on.isoformat()}
        subject = _("定期填报已过期：{first} 至 {last}") if late else _("定期填报快到期：{first} 至 {last}")
        text = _("应于 {due} 填报。登录后在“我的入驻”里填写；没有变化的点一下“无变化”即可。").format(**words)
        once = f"incubation.report:{row.uid}:{'late' if late else 'soon'}:{row.due_on}"
        sent += _mail(actor, now, row.tenancy, subject.format(**words), text, once)
    return sent


def _mail_charge(actor: Actor, now: datetime, row: Charge, today: date) -> int:
    late = row.due_on < today
    left = row.amount_fen - row.received_fen  # type: ignore[attr-defined] # annotated
    words = {
        "kind": str(ChargeKind(row.kind).label),
        "amount": format_money(left, row.currency),
        "due": row.due_on.isoformat(),
        "number": row.tenancy.number,
    }
    subject = _("{number} {kind}已过缴费日") if late else _("{number} {kind}快到缴费日")
    text = _("{kind}：尚欠 {amount}，缴费日 {due}。已经付了的不用理会，请把凭证发给驻点。").format(**words)
    once = f"incubation.charge:{row.uid}:{'late' if late else 'soon'}:{row.due_on}"
    return _mail(actor, now, row.tenancy, subject.format(**words), text, once)


def _mail(actor: Actor, now: datetime, tenancy: Tenancy, subject: str, text: str, once: str) -> int:
    people = [each for each in people_of_tenant(tenancy, now.astimezone(SHANGHAI).date()) if each.email]
    mails = [
        send_mail(actor=actor, now=now, to=each, subject=subject[:160], text=text, once=f"{once}:{each.pk}")
        for each in people
    ]
    return sum(each.created_at == now for each in mails)


def people_of_tenant(tenancy: Tenancy, today: date) -> list[User]:
    """Return the tenant's people who report for it, in the order of their accounts."""
    roles = roles_of(tenancy.outpost.home.code).items()
    wanted = [code for code, role in roles if REPORT_OWN in role.get("permissions", ())]
    held = Membership.objects.filter(organization=tenancy.organization, role__in=wanted, valid_from__lte=today)
    held = held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today))
    return list(User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by("pk"))


def _to_collect(actor: Actor, now: datetime, late: Iterable[Tenancy], today: date) -> dict[str, int]:
    """Put each tenancy that is late on the desks of who collects, once; settle what is late no more."""
    made, subjects = 0, []
    with recorded(actor=actor, now=now):
        for tenancy in late:
            subjects.append(tenancy.uid)
            what = _("催缴：{organization}（{number}）有逾期未付").format(
                organization=tenancy.organization.name, number=tenancy.number
            )
            for user in people_who_may(MONEY, tenancy.outpost, today):
                todo = add_todo(actor=actor, now=now, subject=Subject(KIND, tenancy.uid), what=what, assignee=user)
                made += todo.created_at == now
        mark = str(_("催缴：{organization}（{number}）有逾期未付")).partition("{")[0]
        paid = Todo.objects.filter(subject_kind=KIND, what__startswith=mark).exclude(subject_uid__in=subjects)
        settled = settle_todos(actor=actor, now=now, todos=paid)
    return {"todos": made, "settled": settled}
