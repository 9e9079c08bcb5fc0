"""Plaques of projects: set for one and for many, shown, filtered; under each plaque once."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from feidi.domain.parties.models import Plaque
from feidi.domain.pipeline.models import Project, ProjectPlaque
from feidi.domain.pipeline.selectors.projects import ProjectFilter, list_projects
from feidi.domain.pipeline.services import plaques as service
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.audit.verify import verify
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db
CENTRE, TALENT, LIAISON = "centre", "talent_station", "liaison"
NAMES = {"centre": "云滨产业协同创新中心（演示）", "talent_station": "云溪区驻滨海人才工作站（演示）"}


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def url(name: str, *args: str) -> str:
    return reverse(f"console:pipeline:{name}", args=args)


def codes(project: Project) -> list[str]:
    return list(project.plaque_rows.order_by("plaque_id").values_list("plaque__code", flat=True))


def names(world: World, plaque: str) -> set[str]:
    return set(list_projects(world.actor("officer"), ProjectFilter(plaque=plaque)).values_list("name", flat=True))


def test_one_project_counts_under_several_and_under_each_once(world: World, client: Client) -> None:
    project = world.lead()
    client.force_login(world.users["officer"])
    assert "未归牌子" in client.get(url("project_view", project.uid)).content.decode()
    answer = client.post(url("plaque_set", project.uid), {"plaques": [TALENT, CENTRE, CENTRE]}, follow=True)
    html = answer.content.decode()
    assert codes(project) == [CENTRE, TALENT]
    assert "、".join(NAMES.values()) in html
    history = client.get(url("project_view", project.uid) + "?tab=history").content.decode()
    assert f"空 → {'、'.join(NAMES.values())}" in history
    client.post(url("plaque_set", project.uid), {"plaques": [LIAISON, CENTRE]})
    client.post(url("plaque_set", project.uid), {"plaques": [LIAISON, CENTRE]})
    assert codes(project) == [CENTRE, LIAISON]
    trail = AuditEntry.objects.filter(action="plaques_set").order_by("id").values_list("changes", flat=True)
    assert [each["plaques"] for each in trail] == [
        ["", "centre、talent_station"],
        ["centre、talent_station", "centre、liaison"],
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        ProjectPlaque.objects.create(project=project, plaque=Plaque.objects.get(outpost=world.outpost, code=CENTRE))
    client.post(url("plaque_set", project.uid), {})
    assert codes(project) == []
    assert not verify().faults


def test_strange_plaques_and_people_are_refused(world: World, client: Client) -> None:
    project = world.lead()
    client.force_login(world.users["officer"])
    assert client.post(url("plaque_set", project.uid), {"plaques": ["gold"]}).status_code == 422
    Project.objects.update(reported_at=world.now)
    for login, status in (("bureau", 409), ("rival", 404), ("auditor", 409)):
        client.force_login(world.users[login])
        assert client.post(url("plaque_set", project.uid), {"plaques": [CENTRE]}).status_code == status, login
    assert codes(project) == []


def test_many_at_once_and_the_filter(world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    projects = [world.lead(f"项目{at}", f"滨海{at}有限公司") for at in range(3)]
    client.force_login(world.users["officer"])
    look = client.get(url("plaque_mark"), {"scope": "all", "query": ""}).content.decode()
    assert "符合的有 3 个项目" in look
    sent = {"scope": "picked", "query": "", "picked": [each.uid for each in projects[:2]], "belongs": "yes"}
    client.post(url("plaque_mark"), {**sent, "plaque": LIAISON})
    answer = client.post(
        url("plaque_mark"), {"scope": "all", "query": "", "plaque": LIAISON, "belongs": "yes"}, follow=True
    )
    assert "1 个项目已改，2 个原来就是这样" in answer.content.decode()
    client.post(url("plaque_mark"), {**sent, "plaque": CENTRE})
    client.post(url("plaque_mark"), {**sent, "plaque": LIAISON, "belongs": "no"})
    assert [codes(each) for each in projects] == [[CENTRE], [CENTRE], [LIAISON]]
    assert AuditEntry.objects.filter(action="plaques_set").count() == 7
    world.lead("项目9", "滨海九有限公司")
    assert (names(world, CENTRE), names(world, "none")) == ({"项目0", "项目1"}, {"项目9"})
    shown = client.get(url("project_list"), {"plaque": LIAISON, "cols": ["name", "plaques"]}).content.decode()
    assert "项目2" in shown
    assert "项目1" not in shown
    assert "云溪区驻点（滨海）招商联络处（演示）" in shown
    assert client.post(url("plaque_mark"), {**sent, "plaque": "gold"}).status_code == 422
    monkeypatch.setattr(service, "LIMIT", 1)
    assert client.post(url("plaque_mark"), {**sent, "plaque": CENTRE}).status_code == 409
    for login, status in (("bureau", 409), ("tenant", 409), ("rival", 409)):
        client.force_login(world.users[login])
        assert client.post(url("plaque_mark"), {**sent, "plaque": CENTRE}).status_code == status, login


def test_a_lead_says_its_plaques(world: World, client: Client) -> None:
    client.force_login(world.users["officer"])
    sent = {"outpost": world.outpost.pk, "name": "甲", "sponsor": "滨海甲有限公司", "kind": "enterprise"}
    assert client.post(url("project_new"), {**sent, "plaques": [TALENT, LIAISON]}).status_code == 302
    assert codes(Project.objects.get(name="甲")) == [TALENT, LIAISON]
    assert client.post(url("project_new"), {**sent, "name": "乙", "plaques": ["gold"]}).status_code == 422


def test_queries(world: World, client: Client) -> None:
    client.force_login(world.users["officer"])
    number = iter(range(99))

    def rows(count: int) -> None:
        for _ in range(count):
            at = next(number)
            world.lead(f"项目{at}", f"滨海{at}有限公司", plaques=(CENTRE, LIAISON))

    assert_same_queries(rows, lambda: client.get(url("project_list") + "?cols=name&cols=plaques"), at_most=25)
