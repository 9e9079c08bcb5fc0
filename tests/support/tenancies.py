"""A floor with rooms, a head lease and tenants, for tests of space and incubation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from feidi.domain.incubation.enums import Programme, TenancyKind
from feidi.domain.incubation.models import Tenancy
from feidi.domain.incubation.services.tenancies import NewTenancy, Terms, begin_tenancy
from feidi.domain.parties.models import Organization
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.space.enums import UnitKind
from feidi.domain.space.models import Floor, Unit, Zone
from feidi.domain.space.services.head_leases import LeaseTerms, add_head_lease
from feidi.engines.money import Money
from feidi.kernel.subjects import Subject
from tests.support.world import World

LEASE_ENDS = date(2028, 12, 31)


def floor_of(world: World, *, rooms: int = 3, area: str = "100") -> list[Unit]:
    """Lay out one floor with lettable rooms under a head lease until the end of 2028."""
    add_head_lease(
        actor=world.actor("lead"),
        now=world.now,
        outpost=world.outpost,
        terms=LeaseTerms("滨海物业（演示）", "科创路1号8层", date(2022, 1, 1), LEASE_ENDS),
    )
    made = {"outpost": world.outpost, "created_at": world.now}
    floor = Floor.objects.create(code="f8", name="8层", area_m2=Decimal(1150), **made)
    zone = Zone.objects.create(
        floor=floor, code="incubation", kind="incubation", name="孵化区", area_m2=Decimal(380), lettable=True, **made
    )
    return [
        Unit.objects.create(
            zone=zone,
            kind=UnitKind.ROOM,
            code=f"A{n}",
            name=f"A{n}室",
            area_m2=Decimal(area),
            lettable=True,
            valid_from=date(2022, 1, 1),
            **made,
        )
        for n in range(1, rooms + 1)
    ]


def firm_of(world: World, name: str = "滨海丙生物有限公司") -> Organization:
    """Return an organization the outpost knows."""
    return find_or_add_organization(actor=world.actor("officer"), now=world.now, outpost=world.outpost, name=name)


def tenancy_of(world: World, *units: Unit, **more: Any) -> Tenancy:
    """Begin a tenancy that rests on a scan: a start-up with a project unless said otherwise."""
    kind = more.pop("kind", TenancyKind.STARTUP)
    organization = more.pop("organization", None)
    project = more.pop("project", None)
    if project is None and kind is TenancyKind.STARTUP:
        project = world.lead(name=more.pop("name", "低温介质检测"), sponsor=more.pop("sponsor", "滨海丙生物有限公司"))
    if organization is None:
        organization = (
            project.parties.get(role="sponsor").organization
            if project is not None
            else firm_of(world, "云溪丁陶瓷有限公司")
        )
    scan = world.file(Subject("parties.organization", organization.uid), "入驻合同.pdf")
    terms = more.pop("terms", Terms(Programme.INCUBATION, rent=Money(500_000, "CNY")))
    new = NewTenancy(
        kind=kind,
        organization=organization,
        starts_on=more.pop("starts_on", date(2026, 1, 16)),
        ends_on=more.pop("ends_on", date(2027, 12, 31)),
        units=units,
        terms=terms,
        project=project,
        contract_scan=more.pop("contract_scan", scan),
        **more,
    )
    return begin_tenancy(actor=world.actor("manager"), now=world.now, outpost=world.outpost, new=new)
