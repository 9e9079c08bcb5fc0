"""The demonstration's tenants: rooms, terms, charges, reports, milestones, services, mentors, results. All invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from feidi.domain.incubation.enums import MilestoneTrack, Programme, TenancyEnd, TenancyKind, TenantOutcomeKind
from feidi.domain.incubation.models import Charge, PeriodReport, Tenancy
from feidi.domain.incubation.selectors.reports import questions_of
from feidi.domain.incubation.selectors.rules import incubation_rules
from feidi.domain.incubation.services.charges import NewReceipt, charge_months, receive
from feidi.domain.incubation.services.exits import Decision, ask_exit, decide_exit, tick_exit
from feidi.domain.incubation.services.mentors import add_mentor, open_hours, take_hour
from feidi.domain.incubation.services.milestones import Proof, add_milestone, decide_milestone, show_milestone
from feidi.domain.incubation.services.outcomes import NewOutcome, decide_outcome, note_outcome, show_outcome
from feidi.domain.incubation.services.reports import accept_report, answer_report, ask_reports
from feidi.domain.incubation.services.requests import ask_service, end_service, record_visit, take_service
from feidi.domain.incubation.services.research_posts import add_topic, second_person
from feidi.domain.incubation.services.tenancies import NewTenancy, Terms, begin_tenancy
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.parties.services.persons import find_or_add_person
from feidi.domain.pipeline.enums import AgreementKind, PartyRole, Stage
from feidi.domain.pipeline.models import Agreement, StageLog
from feidi.domain.space.models import Unit
from feidi.domain.space.selectors.head_leases import find_bounding_lease
from feidi.engines.money import Money
from feidi.portals.cli.demonstration.agenda import Scene

_NOTE: Final = "演示：虚构"
_BASIS: Final = "云溪区联席会议纪要〔2022〕3号（虚构）"
_RENT: Final = 6_000  # hundredths a square metre and month, invented
_HOME_FIRM: Final = "云溪窑炉装备有限公司（演示）"
_RESULTS: Final = (
    (TenantOutcomeKind.PATENT, "检测探头结构专利（演示）"),
    (TenantOutcomeKind.ORDER, "首批订单（演示）"),
    (TenantOutcomeKind.FUNDING, "天使轮到账（演示）"),
    (TenantOutcomeKind.LICENCE, "产品注册证（演示）"),
)
_STEPS: Final = ("样机定型（演示）", "完成第三方检测（演示）", "首家客户试用（演示）")


def load(scene: Scene) -> None:
    """Let everybody with a tenancy agreement move in on its day, and live there until the last evening."""
    rooms = list(_rooms(scene))
    tenants = []
    for agreement, room in zip(_agreements(scene), rooms, strict=False):
        tenants.append(_move_in(scene, agreement, room))
    for number, tenancy in enumerate(tenants):
        _live(scene, tenancy, number)
    _research_post(scene, rooms[len(tenants)])
    _mentor(scene, tenants)


def _rooms(scene: Scene) -> Iterator[Unit]:
    """Yield lettable units that hold no parts: rooms first, then single desks."""
    lettable = Unit.objects.filter(outpost=scene.outpost, lettable=True, voided_at__isnull=True, parts__isnull=True)
    yield from lettable.filter(parent__isnull=True).order_by("code")
    yield from lettable.filter(parent__isnull=False).order_by("code")


def _agreements(scene: Scene) -> list[Agreement]:
    rows = Agreement.objects.filter(
        project__outpost=scene.outpost, kind=AgreementKind.TENANCY, voided_at__isnull=True
    ).select_related("project")
    return list(rows.order_by("signed_on", "id"))


def _at(day: date, hour: int = 17) -> datetime:
    return datetime.combine(day, time(hour), SHANGHAI)


def _move_in(scene: Scene, agreement: Agreement, room: Unit) -> Tenancy:
    """Enter the tenancy on the evening of its signing: half of the rent free for a year, on a basis."""
    starts = agreement.term_from or agreement.signed_on
    lease = find_bounding_lease(scene.outpost)
    ends = min(
        each for each in (agreement.term_to or starts + timedelta(days=3 * 365), lease and lease.ends_on) if each
    )
    parties = agreement.project.parties.filter(role=PartyRole.SPONSOR).select_related("organization")
    organization = parties[0].organization
    if organization is None:
        message = f"{agreement.project} has no organization"
        raise ValueError(message)
    month = int(room.area_m2 or 10) * _RENT
    terms = Terms(
        Programme.INCUBATION,
        rent=Money(month // 2, "CNY"),
        forgone=Money(month // 2, "CNY"),
        forgone_until=min(starts + timedelta(days=364), ends),
        forgone_basis=_BASIS,
        services="工位、网络、会议室每周 8 小时（虚构）",
    )
    new = NewTenancy(
        TenancyKind.STARTUP, organization, starts, ends, [room], terms, agreement.project, agreement, note=_NOTE
    )
    now = _at(min(agreement.signed_on, scene.last_day))
    return begin_tenancy(actor=scene.actors["manager"], now=now, outpost=scene.outpost, new=new)


def _live(scene: Scene, tenancy: Tenancy, number: int) -> None:
    """Charge, receive, report, agree on steps; two in five pay late, one in four reports late."""
    manager, lead, officer = scene.actors["manager"], scene.actors["lead"], scene.actors["officer"]
    evening = _at(scene.last_day)
    project = tenancy.project
    left = _left_on(tenancy)
    until = min(left or scene.last_day, scene.last_day)
    charge_months(actor=manager, now=evening, tenancies=[tenancy], until=until)
    for charge in Charge.objects.filter(tenancy=tenancy).order_by("due_on"):
        paid_on = charge.due_on + timedelta(days=number % 5)
        late = left is None and number % 5 == 1 and charge.due_on > scene.last_day - timedelta(days=70)
        if paid_on <= scene.last_day and not late:
            receive(
                actor=manager,
                now=_at(paid_on),
                charge=charge,
                new=NewReceipt(paid_on, Money(charge.amount_fen, "CNY"), _NOTE),
            )
    ask_reports(actor=manager, now=evening, tenancies=[tenancy], until=until)
    _report(scene, tenancy, number)
    if left is not None:
        _leave(scene, tenancy, left)
        return
    step = add_milestone(
        actor=manager,
        now=evening,
        tenancy=tenancy,
        title=_STEPS[number % len(_STEPS)],
        due_on=scene.last_day + timedelta(days=60 * (number % 3) - 30),
        track=MilestoneTrack.HOST,
    )
    if number % 3 == 0:
        day = scene.last_day - timedelta(days=40)
        item = show_milestone(
            actor=officer, now=evening, milestone=step, proof=Proof(day, record=f"检测报告（{_NOTE}）")
        )
        decide_milestone(actor=lead, now=evening, milestone=step, item=item, accept=True)
    if number % 4 != 3:  # noqa: PLR2004 - one in four was not visited
        record_visit(
            actor=officer,
            now=evening,
            tenancy=tenancy,
            visited_on=scene.working(scene.last_day - timedelta(days=7 * (number % 4) + 3)),
            note=f"看了样机，问了融资安排（{_NOTE}）",
            people_seen=3 + number % 4,
            announced=number % 2 == 0,
        )
    if number < len(_RESULTS) and project is not None:
        _result(scene, tenancy, number)
    asked = ask_service(actor=officer, now=evening, tenancy=tenancy, kind="ip", what=f"专利挖掘（{_NOTE}）")
    if number % 2 == 0:
        take_service(actor=manager, now=evening, request=asked, owner=scene.users["officer"])
        end_service(actor=manager, now=evening, request=asked, delivered=True, result=f"交底书两份（{_NOTE}）")


def _report(scene: Scene, tenancy: Tenancy, number: int) -> None:
    """Answer the periods in order; the tenants of every fourth room owe the last one."""
    rows = list(PeriodReport.objects.filter(tenancy=tenancy).order_by("period_from"))
    owed = 1 if number % 4 == 2 else 0  # noqa: PLR2004 - one in four
    said = {
        "insured_staff": "{n}人",
        "cash_months": str(4 + 3 * (number % 5)),
        "employees": "{n}人",
        "revenue": f"{80 + 40 * number}万元",
        "rd_spend": f"{60 + 20 * number}万元",
        "external_funding_year": "0元" if number % 3 else "500万元",
        "valid_ip": f"{2 + number}件",
    }
    for at, row in enumerate(rows[: len(rows) - owed]):
        asked = PeriodReport.objects.select_related("tenancy__outpost__home", "tenancy__organization").get(pk=row.pk)
        staff = 6 + number + at // 2 - (3 if number == 1 and at == len(rows) - 1 else 0)
        answers = {each.fact: said[each.fact].format(n=staff) for each in questions_of(asked) if each.fact in said}
        now = _at(min(row.due_on, scene.last_day), 10)
        told = answer_report(actor=scene.actors["officer"], now=now, report=asked, answers=answers, news=_NOTE)
        if at < len(rows) - 1 or number % 2 == 0:
            accept_report(actor=scene.actors["manager"], now=now, report=told)


def _result(scene: Scene, tenancy: Tenancy, number: int) -> None:
    """Note a result of this year; the evidence of all but the last is accepted."""
    kind, title = _RESULTS[number]
    evening = _at(scene.last_day)
    day = max(scene.last_day - timedelta(days=20 * (number + 1)), tenancy.starts_on)
    row = note_outcome(
        actor=scene.actors["officer"],
        now=evening,
        outpost=scene.outpost,
        organization=tenancy.organization,
        project=tenancy.project,
        new=NewOutcome(kind, title, day, Money(120_000_000, "CNY") if kind == "order" else None, tenancy),
    )
    item = show_outcome(
        actor=scene.actors["officer"], now=evening, outcome=row, proof=Proof(day, record=f"证书（{_NOTE}）")
    )
    if number < len(_RESULTS) - 1:
        decide_outcome(actor=scene.actors["lead"], now=evening, outcome=row, item=item, accept=True)


def _left_on(tenancy: Tenancy) -> date | None:
    """Return the day on which the project's host track ended; None while it is here."""
    gone = StageLog.objects.filter(project=tenancy.project, to_stage__in=[Stage.LEFT, Stage.GRADUATED])
    row = gone.order_by("-id").first()
    return row.occurred_on if row is not None else None


def _leave(scene: Scene, tenancy: Tenancy, day: date) -> None:
    """End a tenancy whose project left: every item ticked, decided by the lead."""
    manager, lead = scene.actors["manager"], scene.actors["lead"]
    day = min(max(day, tenancy.starts_on), tenancy.ends_on)
    now = _at(scene.last_day)
    review = ask_exit(
        actor=manager,
        now=now,
        tenancy=tenancy,
        how=TenancyEnd.LEFT,
        leaves_on=day,
        reason=f"租期届满不再续租（{_NOTE}）",
    )
    ticks = {each.code: _NOTE for each in incubation_rules(scene.outpost).checklist}
    review = tick_exit(actor=manager, now=now, review=review, ticks=ticks)
    decide_exit(actor=lead, now=now, review=review, decision=Decision(scene.last_day, in_spite_of=_NOTE))


def _research_post(scene: Scene, room: Unit) -> None:
    """A home firm posts two people to a room of its own."""
    manager, evening = scene.actors["manager"], _at(scene.last_day)
    firm = find_or_add_organization(actor=manager, now=evening, outpost=scene.outpost, name=_HOME_FIRM)
    earlier = Agreement.objects.filter(project__outpost=scene.outpost, kind=AgreementKind.TENANCY).first()
    starts = scene.working(scene.last_day - timedelta(days=240))
    lease = find_bounding_lease(scene.outpost)
    ends = min(starts + timedelta(days=730), lease.ends_on if lease else starts + timedelta(days=730))
    new = NewTenancy(
        TenancyKind.HOME_RESEARCH,
        firm,
        starts,
        ends,
        [room],
        Terms(Programme.NONE, rent=Money(int(room.area_m2 or 10) * _RENT, "CNY")),
        contract_scan=earlier.scan if earlier else None,
        note=_NOTE,
    )
    post = begin_tenancy(actor=manager, now=_at(starts), outpost=scene.outpost, new=new)
    for name, where in (("甲工（虚构）", "云溪"), ("乙工（虚构）", "")):
        second_person(
            actor=manager, now=_at(starts), tenancy=post, name=name, post="研发工程师", since=starts, insured_at=where
        )
    add_topic(
        actor=manager, now=_at(starts), tenancy=post, title="窑炉在线检测（演示）", since=starts, until=None, cost=None
    )


def _mentor(scene: Scene, tenants: list[Tenancy]) -> None:
    """One mentor with three hours next week, one of them taken."""
    manager, evening = scene.actors["manager"], _at(scene.last_day)
    person = find_or_add_person(actor=manager, now=evening, outpost=scene.outpost, name="周导师（虚构）")
    mentor = add_mentor(
        actor=manager,
        now=evening,
        outpost=scene.outpost,
        person=person,
        fields="医疗器械注册与质量体系",
        user=None,
        since=scene.last_day,
    )
    start = _at(scene.today + timedelta(days=5), 14)
    hours = [(start + timedelta(hours=n), start + timedelta(hours=n + 1)) for n in range(3)]
    made = open_hours(actor=manager, now=evening, mentor=mentor, hours=hours, place="洽谈室甲")
    here = [each for each in tenants if _left_on(each) is None]
    if here:
        take_hour(actor=manager, now=evening, hour=made[0], tenancy=here[0], topic=f"注册检验怎么排（{_NOTE}）")
