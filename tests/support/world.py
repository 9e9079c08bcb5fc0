"""A small world for domain tests: the invented pair of places, two rival homes' outposts, one user per role."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from feidi.domain.parties.models import Membership, Organization, Outpost
from feidi.domain.parties.services.places import sync_places
from feidi.domain.pipeline.enums import AgreementKind, InteractionKind, Stage, Track
from feidi.domain.pipeline.models import LandingCase, Project
from feidi.domain.pipeline.services.agreements import NewAgreement, add_agreement
from feidi.domain.pipeline.services.interacting import Talk, record_interaction
from feidi.domain.pipeline.services.landing import Paper, hand_in, open_case
from feidi.domain.pipeline.services.moving import Move, move_project
from feidi.domain.pipeline.services.registering import (
    Lead,
    record_opinion,
    register_lead,
    set_home_entity,
    update_project,
)
from feidi.engines.money import Money, MoneyText
from feidi.kernel.access import Actor, ActorKind, actor_for_user
from feidi.kernel.content.publishing import load_folder
from feidi.kernel.evidence.models import EvidenceRequirement
from feidi.kernel.files.models import StoredFile
from feidi.kernel.files.services import store_upload
from feidi.kernel.identity.models import User
from feidi.kernel.subjects import Subject

PASSWORD = "demonstration-2026"
INSTALLER = Actor(kind=ActorKind.COMMAND, label="installer")
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n"
)


@dataclass
class World:
    """Users and actors by role code; two outposts of two homes."""

    now: datetime
    outpost: Outpost
    rival: Outpost
    users: dict[str, User] = field(default_factory=dict)

    def actor(self, role: str) -> Actor:
        """Return the person of a role as of now."""
        return actor_for_user(self.users[role], self.now)

    def user(self, login: str, role: str, **scope: Any) -> User:
        """Add a user with one role."""
        user = User(login=login, display_name=login, created_at=self.now)
        user.set_password(PASSWORD)
        user.save()
        Membership.objects.create(
            user=user, role=role, valid_from=self.now.date() - timedelta(days=400), created_at=self.now, **scope
        )
        self.users[login] = user
        return user

    def lead(self, name: str = "低温介质检测", sponsor: str = "滨海甲检测技术有限公司", **more: Any) -> Project:
        """Register a complete lead as the officer."""
        given = {
            "source_channel": "展会",
            "one_line": "低温介质在线检测",
            "contact_name": "王工",
            "contact_phone": "13900001234",
        }
        return register_lead(
            actor=self.actor(more.pop("by", "officer")),
            now=more.pop("now", self.now),
            outpost=more.pop("outpost", self.outpost),
            owner=more.pop("owner", self.users["officer"]),
            lead=Lead(name=name, sponsor=sponsor, **{**given, **more}),
        )

    def file(self, subject: Subject, name: str = "证明.pdf", by: str = "officer") -> StoredFile:
        """Upload a small real PDF."""
        return store_upload(
            actor=self.actor(by), now=self.now, subject=subject, name=name, chunks=[PDF + name.encode()]
        )

    def advance(self, project: Project, *stages: Stage, track: Track = Track.TALKS, by: str = "lead") -> Project:
        """Move through ``stages`` in order."""
        for stage in stages:
            move_project(actor=self.actor(by), now=self.now, project=project, move=Move(track=track, to=stage))
        return Project.objects.get(pk=project.pk)

    def to_signed(self, project: Project) -> Project:
        """Take a complete lead to ``signed`` with everything that the guards ask."""
        officer = self.actor("officer")
        values = {
            "land_need": "无",
            "office_need": "200㎡",
            "coordination": "无",
            "judged_follow": True,
            "major": False,
            "feedback_sent_on": self.now.date(),
            "assessment": "技术成熟",
            "landing_plan": "云溪产业园A3，2026年四季度",
            "expected_output_text": "1200万元",
            "expected_output_lo_fen": 120000000,
            "expected_output_hi_fen": 120000000,
            "expected_output_currency": "CNY",
        }
        project = update_project(actor=officer, now=self.now, project=project, version=project.version, values=values)
        talk = Talk(InteractionKind.VISIT_OUT, self.now.date(), "看实验室", people="王工、张专员")
        record_interaction(actor=officer, now=self.now, project=project, talk=talk)
        for key in (
            "draft_agreement",
            "legal_opinion",
            "finance_opinion",
            "fair_competition_opinion",
            "committee_minutes",
        ):
            record_opinion(actor=officer, now=self.now, project=project, key=key, done=True, note="齐")
        self.advance(project, Stage.SCREENING, Stage.NEGOTIATING, Stage.INSPECTING, Stage.ASSESSING, Stage.AGREEING)
        self.contract(project)
        return self.advance(project, Stage.SIGNED)

    def contract(self, project: Project, fen: int = 300_000_000, **more: Any) -> Any:
        """Enter a contract with a scan."""
        new = NewAgreement(
            kind=more.pop("kind", AgreementKind.CONTRACT),
            signed_on=more.pop("signed_on", self.now.date()),
            investor=more.pop("investor", project.sponsor_name),
            scan=self.file(Subject("pipeline.project", project.uid), "合同.pdf"),
            amount=MoneyText(f"{fen // 1000000}万元", fen, fen, "CNY"),
            **more,
        )
        return add_agreement(actor=self.actor("officer"), now=self.now, project=project, new=new)

    def landing_case(
        self, project: Project, kinds: tuple[str, ...] = ("licence", "site", "money", "site_visit")
    ) -> LandingCase:
        """Open a case and hand in one item of each of ``kinds``."""
        officer = self.actor("officer")
        set_home_entity(actor=officer, now=self.now, project=project, name="云溪甲检测技术有限公司")
        case = open_case(actor=officer, now=self.now, project=project)
        for kind in kinds:
            self.hand_in(case, kind)
        return case

    def hand_in(self, case: LandingCase, kind: str, **more: Any) -> Any:
        """Hand in one item of a kind."""
        requirement = EvidenceRequirement.objects.get(subject_uid=case.project.uid, purpose="landing", kind=kind)
        given: dict[str, Any] = {"file": self.file(Subject("pipeline.project", case.project.uid), f"{kind}.pdf")}
        if kind == "money":
            given["amount"] = Money(50_000_000, "CNY")
        if kind == "site_visit":
            given |= {"record": "现场查看", "people": ("张专员", "李工")}
        return hand_in(
            actor=self.actor("officer"),
            now=self.now,
            case=case,
            requirement=requirement,
            paper=Paper(occurred_on=self.now.date(), **{**given, **more}),
        )


def make_world(now: datetime) -> World:
    """Load the real content folder, make places and outposts, and one user per role."""
    load_folder(actor=INSTALLER, now=now)
    sync_places(actor=INSTALLER, now=now)
    outpost = Outpost.objects.select_related("home", "operator").get(code="yunbin")
    rival = Outpost.objects.select_related("home").exclude(home=outpost.home).first()
    assert rival is not None
    world = World(now=now, outpost=outpost, rival=rival)
    for login, role in (("officer", "officer"), ("manager", "incubation_manager"), ("lead", "operator_lead")):
        world.user(login, role, outpost=outpost)
    world.user("rival", "officer", outpost=rival)
    for login, role in (("bureau", "bureau"), ("verifier", "verifier"), ("auditor", "auditor")):
        world.user(login, role, home=outpost.home)
    world.user("rival_bureau", "bureau", home=rival.home)
    world.user("admin", "administrator")
    firm = Organization.objects.create(
        name="滨海甲检测技术有限公司", name_folded="滨海甲检测技术有限公司", created_at=now
    )
    world.user("tenant", "tenant", organization=firm)
    return world
