"""Who sees which row: ``can_view`` and ``visible_to`` say the same for everybody."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from feidi.domain.parties.models import Organization
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.talent import access
from feidi.domain.talent.enums import ContractKind
from feidi.domain.talent.models import ClassRuling, FlexibleContract, GreenCase, Position, Talent
from feidi.domain.talent.services.contracts import NewContract, add_contract
from feidi.domain.talent.services.positions import NewPosition, open_position
from feidi.domain.talent.services.rulings import ask_ruling
from feidi.domain.talent.services.talents import link_account
from feidi.kernel.access import ANONYMOUS
from tests.support.talents import made, opened
from tests.support.world import World

pytestmark = pytest.mark.django_db

SEES: dict[str, set[str]] = {
    "officer": {"talent", "case", "ruling", "position", "contract"},
    "lead": {"talent", "case", "ruling", "position", "contract"},
    "bureau": {"ruling"},
    "lin": {"talent", "case", "ruling", "contract"},
    "zhou": set(),
    "firm_admin": {"position", "contract"},
    "tenant": set(),
    "firm_tenant": set(),
    "rival": set(),
    "rival_bureau": set(),
    "verifier": set(),
    "auditor": set(),
    "admin": set(),
}
QUESTIONS: dict[str, tuple[Any, Any, Any]] = {
    "talent": (Talent, access.talents_visible_to, access.can_view_talent),
    "case": (GreenCase, access.cases_visible_to, access.can_view_case),
    "ruling": (ClassRuling, access.rulings_visible_to, access.can_view_ruling),
    "position": (Position, access.positions_visible_to, access.can_view_position),
    "contract": (FlexibleContract, access.contracts_visible_to, access.can_view_contract),
}


@pytest.fixture
def everybody(world: World) -> World:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    firm = find_or_add_organization(outpost=world.outpost, name="滨海某某传感器有限公司", **act)
    world.user("firm_admin", "tenant_admin", organization=Organization.objects.get(pk=firm.pk))
    world.user("firm_tenant", "tenant", organization=firm)
    for login in ("lin", "zhou"):
        world.user(login, "talent", outpost=world.outpost)
    talent = made(world)
    link_account(talent=talent, user=world.users["lin"], **act)
    opened(world, talent)
    ask_ruling(talent=Talent.objects.get(pk=talent.pk), **act)
    open_position(outpost=world.outpost, new=NewPosition(firm, "工程师"), **act)
    new = NewContract(firm, ContractKind.DUAL, date(2026, 1, 1), date(2027, 1, 1))
    add_contract(talent=Talent.objects.get(pk=talent.pk), new=new, **act)
    return world


def test_the_two_ways_of_asking_agree_for_everybody(everybody: World) -> None:
    for role, seen in SEES.items():
        actor = everybody.actor(role)
        for name, (model, visible_to, can_view) in QUESTIONS.items():
            row = model.objects.get()
            assert visible_to(actor, model.objects.all()).exists() == (name in seen), (role, name)
            assert can_view(actor, row) == (name in seen), (role, name)


def test_nobody_signed_in_sees_nothing(everybody: World) -> None:
    assert everybody.outpost.pk
    for model, visible_to, can_view in QUESTIONS.values():
        assert not visible_to(ANONYMOUS, model.objects.all()).exists()
        assert not can_view(ANONYMOUS, model.objects.get())
