"""A large invented installation: many projects and organizations, loaded in bulk past the services.

The only place outside of the owner's services that writes these tables (and it may: it is a measurement). Written are
organizations with codes and links, projects with parties, contacts, stage log and timeline, 待补, landing cases, running
clocks, and the search index; not written is the audit trail. Run as a child: ``benchmarks.inside.world PROJECTS ORGANIZATIONS``.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from django.core.management import call_command
from django.db import connection, transaction
from stdnum.cn import uscc

from feidi.domain.parties.models import (
    ContactPoint,
    Membership,
    Organization,
    OrganizationIdentifier,
    OrganizationKindOf,
    OrganizationLink,
    Outpost,
    Person,
)
from feidi.domain.parties.services.persons import mask
from feidi.domain.parties.services.places import sync_places
from feidi.domain.pipeline.enums import PartyRole, Stage
from feidi.domain.pipeline.models import Gap, Interaction, LandingCase, Project, ProjectParty, StageLog
from feidi.domain.pipeline.services.indexing import entry_of
from feidi.domain.pipeline.services.registering import sort_key_of
from feidi.engines.names import fold_name
from feidi.kernel.access import Actor, ActorKind
from feidi.kernel.content.publishing import load_folder
from feidi.kernel.deadlines.models import Deadline
from feidi.kernel.identity.models import User
from feidi.kernel.sealing import blind_index, seal
from feidi.kernel.search.entries import Entry, Scopes
from feidi.kernel.search.services import index_many
from feidi.kernel.subjects import new_uid

PASSWORD = "benchmark-2026"
#: Who signs in: six at the large outpost, one of the rival's, one verifier of the home side.
OFFICERS = 6
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
_PLACES = ["滨海", "云溪", "云洲", "前湾", "东浦", "西岭", "南港", "北园", "江湾", "湖畔"]
_NAMES = [
    "安泰",
    "智造",
    "华芯",
    "绿源",
    "康诺",
    "蓝海",
    "天工",
    "博远",
    "瑞科",
    "晶华",
    "中创",
    "益生",
    "恒信",
    "百川",
    "新锐",
    "鼎盛",
    "星河",
    "飞越",
    "浩海",
    "明远",
]
_TRADES = ["生物医药", "半导体", "新材料", "环保", "陶瓷", "机器人", "医疗器械", "精密仪器", "智能装备", "检测"]
_FORMS = ["科技有限公司", "有限公司", "股份有限公司", "研究院", "集团有限公司"]
_TALKS = (
    Stage.LEAD,
    Stage.SCREENING,
    Stage.NEGOTIATING,
    Stage.INSPECTING,
    Stage.ASSESSING,
    Stage.AGREEING,
    Stage.SIGNED,
)
_WEIGHTS = (30, 20, 25, 10, 6, 4, 5)
_BATCH = 2000
_SURNAMES = "王李张刘陈杨黄赵周吴"


def main() -> None:
    """Make the installation; prints how long it took and what is in it."""
    projects, organizations = int(sys.argv[1]), int(sys.argv[2])
    started = time.perf_counter()
    random.seed(20261123)
    call_command("migrate", interactive=False, verbosity=0)
    installer = Actor(kind=ActorKind.COMMAND, label="benchmark")
    load_folder(actor=installer, now=NOW)
    sync_places(actor=installer, now=NOW)
    outpost = Outpost.objects.select_related("home").get(code="yunbin")
    rival = Outpost.objects.exclude(home=outpost.home).select_related("home")[0]
    users = _users(outpost, rival)
    with transaction.atomic():
        firms = _organizations(organizations, outpost, rival)
        made = _projects(projects, outpost, rival, firms, users)
    with transaction.atomic():
        index_many(_entries(firms))
        index_many(entry_of(project, code, frozenset({firm})) for project, firm, code in made)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(json.dumps({"seconds": round(time.perf_counter() - started), "projects": len(made), "firms": len(firms)}))


def _users(outpost: Outpost, rival: Outpost) -> list[User]:
    scopes = [("officer", {"outpost": outpost})] * OFFICERS
    scopes += [("officer", {"outpost": rival}), ("verifier", {"home": outpost.home})]
    users = []
    for number, (role, scope) in enumerate(scopes):
        user = User(login=f"user{number}", display_name=f"演示用户{number}", created_at=NOW)
        user.set_password(PASSWORD)
        user.save()
        Membership.objects.create(user=user, role=role, valid_from=date(2020, 1, 1), created_at=NOW, **scope)
        users.append(user)
    return users


def _name() -> str:
    return random.choice(_NAMES) + random.choice(_NAMES) + random.choice(_TRADES)


def _code(number: int) -> str:
    base = f"91440{random.randrange(100, 999)}{number:09d}"[:17]
    return base + str(uscc.calc_check_digit(base))


def _organizations(count: int, outpost: Outpost, rival: Outpost) -> list[tuple[Organization, str, int]]:
    """Return (organization, its code, the outpost that knows it); two thirds are known to the large outpost."""
    names = [f"{random.choice(_PLACES)}{_name()}{random.choice(_FORMS)}" for _ in range(count)]
    rows = [
        Organization(uid=new_uid(), name=name, name_folded=fold_name(name), place_text="滨海市前湾区", created_at=NOW)
        for name in names
    ]
    Organization.objects.bulk_create(rows, batch_size=_BATCH)
    codes = [_code(number) for number in range(count)]
    known = [outpost.pk if random.random() < 0.67 else rival.pk for _ in rows]
    OrganizationIdentifier.objects.bulk_create(
        (
            OrganizationIdentifier(organization=row, scheme="uscc", value=code)
            for row, code in zip(rows, codes, strict=True)
        ),
        batch_size=_BATCH,
    )
    OrganizationKindOf.objects.bulk_create(
        (OrganizationKindOf(organization=row, kind="firm") for row in rows), batch_size=_BATCH
    )
    OrganizationLink.objects.bulk_create(
        (OrganizationLink(outpost_id=pk, organization=row, since=TODAY) for row, pk in zip(rows, known, strict=True)),
        batch_size=_BATCH,
    )
    return list(zip(rows, codes, known, strict=True))


def _entries(firms: list[tuple[Organization, str, int]]) -> Iterator[Entry]:
    for row, code, known in firms:
        scopes = Scopes(outposts=frozenset({known}), organizations=frozenset({row.pk}))
        yield Entry("parties.organization", row.uid, row.name, scopes, subtitle=row.place_text, codes=[code])


def _projects(
    count: int, outpost: Outpost, rival: Outpost, firms: list[tuple[Organization, str, int]], users: list[User]
) -> list[tuple[Project, int, str]]:
    """Return (project, its sponsor's key, its sponsor's code). Four fifths are the large outpost's."""
    made = []
    for number in range(count):
        firm, code, _known = firms[number * len(firms) // count]
        made.append((_project(number, outpost if number % 5 else rival, firm, users), firm.pk, code))
    rows = [project for project, _firm, _code in made]
    Project.objects.bulk_create(rows, batch_size=200)
    _people(made)
    _histories(rows)
    return made


def _project(number: int, outpost: Outpost, firm: Organization, users: list[User]) -> Project:
    name = f"{_name()}项目{number % 97 or ''}"
    stage = random.choices(_TALKS, _WEIGHTS)[0]
    owner = users[number % OFFICERS] if outpost.code == "yunbin" else users[OFFICERS]
    home = stage == Stage.SIGNED and random.random() < 0.4
    yuan = random.randrange(300, 90_000)
    return Project(
        uid=new_uid(),
        outpost=outpost,
        code=f"{outpost.code[:2].upper()}-{2022 + number % 5}-{number:06d}",
        name=name,
        name_folded=fold_name(name),
        sort_key=sort_key_of(name),
        sponsor_name=firm.name,
        sponsor_folded=firm.name_folded,
        talks_stage=stage,
        home_stage=Stage.REGISTERED if home else "",
        stage_since=TODAY - timedelta(days=random.randrange(900)),
        last_talk_on=TODAY - timedelta(days=random.randrange(400)) if random.random() < 0.8 else None,
        reported_at=NOW if home or random.random() < 0.08 else None,
        verified_on=TODAY if home and random.random() < 0.3 else None,
        condition="paused" if random.random() < 0.05 else "",
        owner=owner,
        owner_text=owner.display_name,
        industry=random.choice(_TRADES),
        source_channel="展会",
        one_line=f"{random.choice(_TRADES)}在线检测与配套服务",
        planned_investment_text=f"{yuan}万元",
        planned_investment_lo_fen=yuan * 1_000_000,
        planned_investment_hi_fen=yuan * 1_000_000,
        planned_investment_currency="CNY",
        created_at=NOW,
    )


def _people(made: list[tuple[Project, int, str]]) -> None:
    """A sponsor for every project; a contact with a sealed number for nine of ten."""
    parties = [ProjectParty(project=row, organization_id=firm, role=PartyRole.SPONSOR) for row, firm, _ in made]
    persons, points = [], []
    with_contact = [(row, firm) for row, firm, _code in made if random.random() < 0.9]
    for row, firm in with_contact:
        name = random.choice(_SURNAMES) + "工"
        persons.append(
            Person(
                uid=new_uid(),
                outpost_id=row.outpost_id,
                name=name,
                name_folded=name,
                organization_id=firm,
                created_at=NOW,
            )
        )
    Person.objects.bulk_create(persons, batch_size=_BATCH)
    for (row, _firm), person in zip(with_contact, persons, strict=True):
        uid, phone = new_uid(), f"139{random.randrange(10**8):08d}"
        points.append(
            ContactPoint(
                uid=uid,
                outpost_id=row.outpost_id,
                person=person,
                kind="phone",
                value_enc=seal(phone, context=f"parties.contact_point:{uid}"),
                value_hint=mask(phone),
                blind_index=blind_index(phone),
                created_at=NOW,
            )
        )
        parties.append(ProjectParty(project=row, person=person, role=PartyRole.CONTACT))
    ContactPoint.objects.bulk_create(points, batch_size=_BATCH)
    ProjectParty.objects.bulk_create(parties, batch_size=_BATCH)


def _histories(rows: list[Project]) -> None:
    """The moves that led where a project stands, one to four talks, and a running clock on every live one."""
    StageLog.objects.bulk_create((each for row in rows for each in _moves(row)), batch_size=_BATCH)
    Interaction.objects.bulk_create((each for row in rows for each in _talks(row)), batch_size=_BATCH)
    Gap.objects.bulk_create((_gap(row) for row in rows if random.random() < 0.02), batch_size=_BATCH)
    LandingCase.objects.bulk_create((_case(row) for row in rows if row.home_stage), batch_size=_BATCH)
    Deadline.objects.bulk_create((_clock(row) for row in rows if not row.condition), batch_size=_BATCH)


def _moves(row: Project) -> Iterator[StageLog]:
    before = ""
    for stage in _TALKS[: _TALKS.index(Stage(row.talks_stage)) + 1]:
        yield StageLog(
            uid=new_uid(),
            project=row,
            track="talks",
            from_stage=before,
            to_stage=stage,
            occurred_on=row.stage_since,
            recorded_at=NOW,
            recorded_by="演示用户",
            created_at=NOW,
        )
        before = stage


def _talks(row: Project) -> Iterator[Interaction]:
    for n in range(random.randint(1, 4)):
        on = (row.last_talk_on or TODAY) - timedelta(days=20 * n)
        yield Interaction(
            uid=new_uid(),
            project=row,
            kind="call",
            occurred_on=on,
            summary="电话沟通，了解用地、用能和政策诉求，约定下次来访",
            recorded_by="演示用户",
            created_at=NOW,
        )


def _gap(row: Project) -> Gap:
    return Gap(
        uid=new_uid(),
        project=row,
        track="talks",
        stage=row.talks_stage,
        guard="screening_key_facts",
        label_zh="关键信息表",
        label_en="Key facts form",
        responsible_text=row.owner_text,
        due_on=TODAY + timedelta(days=random.randrange(60)),
        filled_at=NOW if random.random() < 0.5 else None,
        created_at=NOW,
    )


def _case(row: Project) -> LandingCase:
    state = "verified" if row.verified_on else random.choice(("draft", "draft", "submitted", "returned"))
    decided = state in {"verified", "returned"}
    return LandingCase(
        uid=new_uid(),
        project=row,
        state=state,
        home_entity=row.sponsor_name,
        content_sha256="0" * 64,
        submitted_by_id_number=None if state == "draft" else row.owner_id,
        submitted_by="" if state == "draft" else row.owner_text,
        submitted_at=None if state == "draft" else NOW,
        decided_by="演示核验员" if decided else "",
        decided_at=NOW if decided else None,
        return_reason="资金凭证不清楚" if state == "returned" else "",
        verified_on=row.verified_on,
        created_at=NOW,
    )


def _clock(row: Project) -> Deadline:
    on = row.stage_since or TODAY
    return Deadline(
        uid=new_uid(),
        subject_kind="pipeline.project",
        subject_uid=row.uid,
        code="progress",
        label_zh="跟进",
        label_en="Follow-up",
        n=14,
        unit="calendar",
        started_on=on,
        due_on=on + timedelta(days=random.randrange(14, 900)),
        stops_when="interaction",
        scope_outpost=row.outpost_id,
        created_at=NOW,
    )


if __name__ == "__main__":
    main()
