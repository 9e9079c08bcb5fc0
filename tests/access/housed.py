"""The organization of a row in a room of its outpost, with a charge, a report, a milestone, a service, an hour, a result."""

from __future__ import annotations

from datetime import date, timedelta

from feidi.domain.incubation.enums import (
    ChargeKind,
    MilestoneTrack,
    Programme,
    TenancyEnd,
    TenancyKind,
    TenantOutcomeKind,
)
from feidi.domain.incubation.models import LabEntry, LabUse, PeriodReport, Tenancy, YearSnapshot
from feidi.domain.incubation.services.charges import NewCharge, NewReceipt, add_charge, receive
from feidi.domain.incubation.services.exits import ask_exit
from feidi.domain.incubation.services.labs import LabFacts, add_lab, ask_lab
from feidi.domain.incubation.services.mentors import add_mentor, open_hours, take_hour
from feidi.domain.incubation.services.milestones import Proof, add_milestone, show_milestone
from feidi.domain.incubation.services.outcomes import NewOutcome, note_outcome, show_outcome
from feidi.domain.incubation.services.reports import answer_report, ask_reports
from feidi.domain.incubation.services.requests import ask_service, record_visit
from feidi.domain.incubation.services.research_posts import add_topic, second_person
from feidi.domain.incubation.services.tenancies import NewTenancy, Terms, begin_tenancy
from feidi.domain.parties.models import Organization
from feidi.domain.parties.services.persons import find_or_add_person
from feidi.domain.pipeline.models import Project
from feidi.domain.space.enums import UnitKind
from feidi.domain.space.models import Floor, HeadLease, Unit, Zone
from feidi.domain.space.selectors.head_leases import find_bounding_lease
from feidi.engines.money import Money
from feidi.kernel.subjects import Subject
from tests.support.world import World


def tenancy_with_everything(world: World, organization: Organization, project: Project, number: int) -> dict[str, str]:
    """Move an organization in and let everything happen to it once; returns the uids by what they are."""
    officer, manager, now = world.actor("officer"), world.actor("lead"), world.now
    scan = world.file(Subject("parties.organization", organization.uid), f"Qlet{number}.pdf")
    terms = Terms(Programme.INCUBATION, Money(100_000, "CNY"), Money(200_000, "CNY"), now.date(), f"Qfree{number}")
    new = NewTenancy(
        TenancyKind.STARTUP,
        organization,
        date(2026, 2, 1),
        now.date() + timedelta(days=200),
        [_room(world, f"Qroom{number}x")],
        terms,
        project,
        contract_scan=scan,
        note=f"Qtenant{number}",
    )
    row = begin_tenancy(actor=officer, now=now, outpost=world.outpost, new=new)
    charge = add_charge(
        actor=manager,
        now=now,
        tenancy=row,
        new=NewCharge(
            ChargeKind.UTILITIES,
            date(2026, 3, 1),
            date(2026, 3, 31),
            date(2026, 4, 10),
            Money(5000, "CNY"),
            f"Qdue{number}",
        ),
    )
    receipt = receive(
        actor=manager, now=now, charge=charge, new=NewReceipt(now.date(), Money(1000, "CNY"), f"Qpaid{number}")
    )
    step = add_milestone(
        actor=officer, now=now, tenancy=row, title=f"Qstep{number}", due_on=date(2026, 12, 1), track=MilestoneTrack.HOST
    )
    proof = show_milestone(
        actor=officer, now=now, milestone=step, proof=Proof(date(2026, 11, 1), record=f"Qshown{number}")
    )
    ask_reports(actor=officer, now=now, tenancies=[row], until=now.date())
    report = PeriodReport.objects.filter(tenancy=row).order_by("period_from")[0]
    answer_report(actor=officer, now=now, report=report, answers={"insured_staff": "9"}, news=f"Qnews{number}")
    asked = ask_service(actor=officer, now=now, tenancy=row, kind="ip", what=f"Qserve{number}")
    record_visit(
        actor=officer, now=now, tenancy=row, visited_on=now.date(), note=f"Qseen{number}", people_seen=2, announced=True
    )
    person = find_or_add_person(actor=officer, now=now, outpost=world.outpost, name=f"Qmentor{number}")
    mentor = add_mentor(
        actor=officer, now=now, outpost=world.outpost, person=person, fields="诊断", user=None, since=now.date()
    )
    at = now + timedelta(days=3)
    hours = [(at, at + timedelta(hours=1)), (at + timedelta(hours=2), at + timedelta(hours=3))]
    taken, free = open_hours(actor=officer, now=now, mentor=mentor, hours=hours, place="")
    take_hour(actor=officer, now=now, hour=taken, tenancy=row, topic=f"Qtopic{number}")
    result = note_outcome(
        actor=officer,
        now=now,
        outpost=world.outpost,
        organization=organization,
        project=project,
        new=NewOutcome(TenantOutcomeKind.PATENT, f"Qresult{number}", date(2026, 5, 1), None, row),
    )
    shown = show_outcome(actor=officer, now=now, outcome=result, proof=Proof(date(2026, 5, 1), record=f"Qcert{number}"))
    leaving = ask_exit(
        actor=officer, now=now, tenancy=row, how=TenancyEnd.LEFT, leaves_on=now.date(), reason=f"Qleave{number}"
    )
    post = begin_tenancy(
        actor=officer,
        now=now,
        outpost=world.outpost,
        new=NewTenancy(
            TenancyKind.SERVICE, organization, date(2026, 2, 1), now.date() + timedelta(days=9),
            [_room(world, f"Qdesk{number}x")], Terms(Programme.NONE), contract_scan=scan,
        ),
    )  # fmt: skip
    lab, use = _lab(world, organization, row, number)
    snapshot = YearSnapshot.objects.filter(outpost=world.outpost).first() or YearSnapshot.objects.create(
        outpost=world.outpost, year=2024, values=[], sha256="0", frozen_at=now, frozen_by="甲", created_at=now
    )
    return {
        "tenancy": row.uid,
        "service_tenancy": post.uid,
        "charge": charge.uid,
        "receipt": receipt.uid,
        "step": step.uid,
        "step_proof": proof.uid,
        "period_report": report.uid,
        "asked_service": asked.uid,
        "mentor": mentor.uid,
        "taken_hour": taken.uid,
        "free_hour": free.uid,
        "result": result.uid,
        "result_proof": shown.uid,
        "leaving": leaving.uid,
        "snapshot": snapshot.uid,
        "lab": lab.uid,
        "lab_use": use.uid,
    }


def _lab(world: World, owner: Organization, tenancy: Tenancy, number: int) -> tuple[LabEntry, LabUse]:
    """A laboratory that every tenant of the outpost reads of, and what one of them asked of it."""
    officer, now = world.actor("officer"), world.now
    facts = LabFacts(owner, "检测实验室", "光谱", "电话询问", now.date())
    lab = add_lab(actor=officer, now=now, outpost=world.outpost, facts=facts)
    use = ask_lab(actor=officer, now=now, lab=lab, tenancy=tenancy, purpose=f"Qmeasure{number}")
    return lab, use


def research_post(world: World, organization: Organization, number: int) -> dict[str, str]:
    """Give a home firm a research post with one person and one topic."""
    officer, now = world.actor("officer"), world.now
    scan = world.file(Subject("parties.organization", organization.uid), f"Qpost{number}.pdf")
    new = NewTenancy(
        TenancyKind.HOME_RESEARCH, organization, date(2026, 2, 1), now.date() + timedelta(days=100),
        [_room(world, f"Qlab{number}x")], Terms(Programme.NONE), contract_scan=scan,
    )  # fmt: skip
    row = begin_tenancy(actor=officer, now=now, outpost=world.outpost, new=new)
    person = second_person(
        actor=officer, now=now, tenancy=row, name="陈工", post="工艺", since=date(2026, 3, 1), insured_at=""
    )
    topic = add_topic(
        actor=officer, now=now, tenancy=row, title=f"Qstudy{number}", since=date(2026, 3, 1), until=None, cost=None
    )
    return {"research_post": row.uid, "seconded": person.uid, "study": topic.uid}


def _room(world: World, code: str) -> Unit:
    """Return a new room of the outpost, on its floor, under a head lease that lasts."""
    made = {"created_at": world.now}
    if find_bounding_lease(world.outpost) is None or find_bounding_lease(world.outpost).ends_on < date(2028, 1, 1):  # type: ignore[union-attr]
        HeadLease.objects.create(
            outpost=world.outpost, landlord="物业", premises="8层", starts_on=date(2022, 1, 1),
            ends_on=date(2029, 12, 31), recorded_by="甲", **made,
        )  # fmt: skip
    floor, _new = Floor.objects.get_or_create(outpost=world.outpost, code="q8", defaults={"name": "8层", **made})
    zone, _new = Zone.objects.get_or_create(
        outpost=world.outpost, code="qzone", defaults={"floor": floor, "kind": "incubation", "name": "孵化区", **made}
    )
    return Unit.objects.create(
        outpost=world.outpost, zone=zone, kind=UnitKind.ROOM, code=code, name=code, lettable=True,
        valid_from=date(2022, 1, 1), **made,
    )  # fmt: skip
