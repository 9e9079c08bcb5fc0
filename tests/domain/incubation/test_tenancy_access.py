"""``can_view_tenancy`` and ``tenancies_visible_to`` agree, for every role over own, reported and strange tenancies."""

from __future__ import annotations

import pytest

from feidi.domain.incubation.access import can_view_tenancy, tenancies_in_office, tenancies_visible_to
from feidi.domain.incubation.enums import Programme, TenancyKind
from feidi.domain.incubation.models import Tenancy
from feidi.domain.incubation.services.tenancies import Terms
from feidi.domain.pipeline.models import Project
from tests.support.tenancies import floor_of, tenancy_of
from tests.support.world import World

pytestmark = pytest.mark.django_db


def test_the_question_and_the_list_agree(world: World) -> None:
    rooms = floor_of(world, rooms=4)
    inside = tenancy_of(world, rooms[0])
    told = tenancy_of(world, rooms[1], name="膜材料中试", sponsor="滨海壬材料有限公司")
    Project.objects.filter(pk=told.project_id).update(reported_at=world.now)
    post = tenancy_of(world, rooms[2], kind=TenancyKind.HOME_RESEARCH, terms=Terms(Programme.NONE))
    world.user("own", "tenant", organization=inside.organization)
    expected = {
        "officer": {inside.pk, told.pk, post.pk},
        "manager": {inside.pk, told.pk, post.pk},
        "bureau": {told.pk, post.pk},
        "auditor": {told.pk, post.pk},
        "verifier": set(),
        "rival": set(),
        "rival_bureau": set(),
        "admin": set(),
        "own": {inside.pk},
    }
    for role, seen in expected.items():
        actor = world.actor(role)
        listed = set(tenancies_visible_to(actor, Tenancy.objects.all()).values_list("pk", flat=True))
        rows = Tenancy.objects.select_related("outpost", "project")
        asked = {each.pk for each in rows if can_view_tenancy(actor, each)}
        assert listed == asked == seen, role
    office = tenancies_in_office(world.actor("own"), Tenancy.objects.all())
    assert not office.exists(), "a tenant's own page is the workspace"
