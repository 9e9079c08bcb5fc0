"""The list: kept filters, columns, groups, many assigned at once, the export of what is shown."""

from __future__ import annotations

import io
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from feidi.domain.parties.services.memberships import add_membership
from feidi.domain.pipeline.enums import Stage, Track
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.selectors.board import BoardFilter, board_projects
from feidi.domain.pipeline.selectors.projects import live_projects, with_stage_place
from feidi.domain.pipeline.services import assigning
from feidi.domain.pipeline.services.registering import assign_owner
from feidi.kernel.audit.models import AuditEntry, AuditLink
from feidi.kernel.audit.verify import verify
from feidi.kernel.identity.services.users import add_user
from feidi.kernel.saved_views.models import SavedView
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db
REFUSED = 409


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def url(name: str) -> str:
    return reverse(f"console:pipeline:{name}")


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()[:2000]
    return response.content.decode()


def heads(html: str) -> list[str]:
    table = re.search(r"<thead>(.*?)</thead>", html, re.DOTALL)
    assert table
    return [
        re.sub(r"<[^>]+>", "", each).strip()
        for each in re.findall(r'<th scope="col"(?! class="list-)[^>]*>(.*?)</th>', table[1], re.DOTALL)
    ]


def export(client: Client, query: str = "") -> list[tuple[object, ...]]:
    response = client.get(url("project_export") + query)
    return [tuple(row) for row in load_workbook(io.BytesIO(response.content)).worksheets[0].iter_rows(values_only=True)]


def test_a_filter_is_kept_shared_and_forgotten(world: World, client: Client) -> None:
    world.lead("甲项目")
    world.lead("乙项目", "滨海乙有限公司", contact_name="", contact_phone="")
    client.force_login(world.users["officer"])
    sent = {"name": "缺联系人的", "query": "show=no_contact&page=3&x=1", "shared_with": world.outpost.pk}
    answer = client.post(url("filter_list"), sent)
    kept = SavedView.objects.get()
    assert (kept.query, kept.shared_with) == ("show=no_contact", world.outpost.pk)
    shown = page(client, answer.headers["Location"])
    assert "乙项目" in shown
    assert "甲项目" not in shown
    client.post(url("filter_list"), {**sent, "query": "show=gaps"})
    assert SavedView.objects.get().query == "show=gaps"
    for wrong in ({"name": "@x"}, {"name": " "}, {"name": "共享给别人", "shared_with": world.rival.pk}):
        assert client.post(url("filter_list"), {"query": "", **wrong}).status_code in {REFUSED, 422}
    assert SavedView.objects.count() == 1
    client.force_login(world.users["lead"])
    assert "缺联系人的" in page(client, url("project_list"))
    assert client.post(url("filter_list"), {"forget": kept.uid}).status_code == REFUSED
    client.force_login(world.users["rival"])
    assert "缺联系人的" not in page(client, url("project_list"))
    assert client.post(url("filter_list"), {"forget": kept.uid}).status_code == 404
    client.force_login(world.users["officer"])
    client.post(url("filter_list"), {"forget": kept.uid})
    assert not SavedView.objects.exists()


def test_columns_are_remembered_and_exported_as_shown(world: World, client: Client) -> None:
    world.lead("=乙项目", "滨海乙有限公司", industry="新材料")
    world.lead("甲项目", industry="环保")
    client.force_login(world.users["officer"])
    assert export(client)[0] == ("项目", "编号", "投资方/团队", "阶段", "进入阶段", "责任人", "最近洽谈", "计划总投资")
    order = {"order_industry": "1", "order_name": "2", "order_stage": "3"}
    client.post(url("column_choose"), {"cols": ["stage", "industry"], **order, "query": ""})
    assert heads(page(client, url("project_list"))) == ["产业领域", "项目", "阶段"]
    assert export(client, "?sort=-name") == [
        ("产业领域", "项目", "阶段"), ("环保", "甲项目", "线索登记"), ("新材料", "=乙项目", "线索登记"),
    ]  # fmt: skip
    assert export(client, "?words=甲&cols=code")[1:] == [("甲项目", Project.objects.get(name="甲项目").code)]
    assert "项目编号" in export(client, "?form=ledger")[0]
    assert AuditEntry.objects.filter(action="exported").count() == 4
    client.force_login(world.users["lead"])
    assert "编号" in heads(page(client, url("project_list")))
    client.force_login(world.users["officer"])
    client.post(url("column_choose"), {"reset": "1", "query": ""})
    assert "编号" in heads(page(client, url("project_list")))
    assert not SavedView.objects.exists()


def test_grouped_by_stage(world: World, client: Client) -> None:
    world.lead("甲项目")
    world.to_signed(world.lead("乙项目", "滨海乙有限公司"))
    client.force_login(world.users["officer"])
    html = page(client, url("project_list") + "?group=stage")
    found = re.findall(r"<summary><strong>([^<]*)</strong> <span class=\"tabs-count\">(\d+)<", html)
    assert found == [("线索登记", "1"), ("签约", "1")]
    assert "没有符合条件的项目" in page(client, url("project_list") + "?group=stage&words=没有")


def test_many_are_assigned_and_taken_back(world: World, client: Client) -> None:
    projects = [world.lead(f"项目{at}", f"滨海{at}有限公司") for at in range(4)]
    manager, officer = world.users["manager"], world.users["officer"]
    client.force_login(officer)
    assert "没有选中项目" in page(client, url("project_assign"))
    two = [projects[0].uid, projects[1].uid]
    look = client.get(url("project_assign"), {"picked": two, "scope": "picked", "query": ""}).content.decode()
    assert "将改动 2 个项目的责任人" in look
    client.post(url("project_assign"), {"picked": two, "scope": "picked", "query": "", "owner": manager.pk})
    assert Project.objects.filter(owner=manager, owner_text="manager").count() == 2
    client.post(url("project_assign"), {"scope": "all", "query": "words=项目", "owner": manager.pk})
    assert Project.objects.filter(owner=manager).count() == 4
    assert AuditEntry.objects.filter(reason="批量指派责任人").count() == 4
    shown = page(client, url("project_list"))
    assert "刚才把 2 个项目指派给了manager" in shown
    link = re.search(r'name="undo" value="(\d+)"', shown)
    assert link
    assign_owner(actor=world.actor("lead"), now=world.now, project=projects[2], owner=world.users["lead"])
    client.force_login(world.users["lead"])
    assert client.post(url("project_assign"), {"undo": link[1]}).status_code == REFUSED
    client.force_login(officer)
    client.post(url("project_assign"), {"undo": link[1]})
    owners = dict(Project.objects.values_list("name", "owner__login"))
    assert owners == {"项目0": "manager", "项目1": "manager", "项目2": "lead", "项目3": "officer"}
    assert client.post(url("project_assign"), {"undo": link[1]}).status_code == REFUSED
    assert client.post(url("project_assign"), {"undo": "x"}).status_code == REFUSED
    assert not verify().faults


def test_assigning_is_refused(world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    projects = [world.lead(f"项目{at}", f"滨海{at}有限公司") for at in range(2)]
    Project.objects.update(reported_at=world.now)
    sent = {"picked": [projects[0].uid], "scope": "picked", "query": "", "owner": world.users["officer"].pk}
    links = AuditLink.objects.count()
    for login, status in (("bureau", REFUSED), ("rival", 422), ("tenant", REFUSED)):
        client.force_login(world.users[login])
        assert client.post(url("project_assign"), sent).status_code == status, login
    client.force_login(world.users["rival"])
    assert client.post(url("project_assign"), {**sent, "owner": world.users["rival"].pk}).status_code == REFUSED
    client.force_login(world.users["officer"])
    assert client.post(url("project_assign"), {**sent, "owner": world.users["rival"].pk}).status_code == 422
    monkeypatch.setattr(assigning, "LIMIT", 1)
    assert client.post(url("project_assign"), {**sent, "scope": "all"}).status_code == REFUSED
    assert AuditLink.objects.count() == links


@pytest.mark.parametrize("query", ["?group=stage", "?sort=stage", ""])
def test_queries(world: World, client: Client, query: str) -> None:
    client.force_login(world.users["officer"])
    number = iter(range(99))

    def rows(count: int) -> None:
        for _ in range(count):
            at = next(number)
            world.lead(f"项目{at}", f"滨海{at}有限公司")
            SavedView.objects.create(
                user=world.users["officer"], page="console:pipeline:project_list", name=str(at), created_at=world.now
            )

    assert_same_queries(rows, lambda: client.get(url("project_list") + query), at_most=24)


def test_a_condition_that_is_nonsense_is_told_and_the_others_hold(world: World, client: Client) -> None:
    world.lead("窑炉节能")
    world.lead("低温检测", "滨海乙有限公司")
    client.force_login(world.users["officer"])
    shown = page(client, url("project_list") + "?owner=999999&words=窑炉")
    assert "认不出这个条件" in shown
    assert "窑炉节能" in shown
    assert "低温检测" not in shown, "a filter for somebody unknown does not open the whole list"
    assert "认不出这个条件" not in page(client, url("project_list") + "?words=窑炉")


def test_work_is_given_to_who_works_here_and_not_to_judges_talents_or_who_has_left(
    world: World, client: Client
) -> None:
    project = world.lead("窑炉节能")
    act: Any = {"actor": world.actor("admin"), "now": world.now}
    for login, role, until in (
        ("guest", "judge", None),
        ("gifted", "talent", None),
        ("gone", "officer", world.now.date()),
    ):
        user = add_user(**act, login=login, display_name=f"外人{login}", password="long-enough-2026")
        started = world.now.date() - timedelta(days=30)
        add_membership(**act, user=user, role=role, outpost=world.outpost, valid_from=started, valid_to=until)
    client.force_login(world.users["officer"])
    for address in (
        reverse("console:pipeline:owner_assign", args=[project.uid]),
        reverse("console:todos:todo_new"),
        reverse("console:who:stand_in_add"),
    ):
        text = page(client, address)
        assert "外人" not in text, address
        assert world.users["manager"].display_name in text
    listed = page(client, url("project_list"))
    assert "外人gone" in listed, "what is still under the name of who has left can be found"
    assert "外人guest" not in listed


def names(client: Client, query: str) -> list[str]:
    return re.findall(r'<a href="/projects/\w+/">([^<]*)</a>', page(client, url("project_list") + query))


def test_a_contact_that_has_gone_leaves_the_project_without(world: World, client: Client) -> None:
    left = world.lead("联系人走了的")
    world.lead("有联系人的", "滨海乙有限公司")
    world.lead("没有过的", "滨海丙有限公司", contact_name="", contact_phone="")
    left.parties.filter(role="contact").update(until=world.now.date())
    client.force_login(world.users["officer"])
    assert set(names(client, "?show=no_contact")) == {"联系人走了的", "没有过的"}


def test_stages_sort_by_how_far_the_furthest_track_has_come(world: World, client: Client) -> None:
    landed = world.to_signed(world.lead("落地中的"))
    world.advance(landed, Stage.PREPARING, track=Track.HOME)
    world.to_signed(world.lead("已签的", "滨海乙有限公司"))
    world.lead("线索", "滨海丙有限公司")
    world.lead("后来的线索", "滨海丁有限公司")
    client.force_login(world.users["officer"])
    assert names(client, "?sort=stage") == ["后来的线索", "线索", "已签的", "落地中的"]
    assert names(client, "?sort=-stage") == ["落地中的", "已签的", "后来的线索", "线索"]
    assert names(client, "?stage=home:preparing") == ["落地中的"]
    assert names(client, "?stage=talks:signed") == ["已签的", "落地中的"]


def test_a_lead_counts_as_old_from_the_day_it_came_in(world: World, client: Client) -> None:
    days = {
        "久未谈的": (30, 30),
        "刚谈过的": (3, 30),
        "新来的": (None, 3),
        "早来没谈的": (None, 30),
        "不知何时来的": (None, None),
    }
    for at, (name, (talked, since)) in enumerate(days.items()):
        row = world.lead(name, f"滨海{at}有限公司")
        Project.objects.filter(pk=row.pk).update(
            last_talk_on=talked and (world.now - timedelta(days=talked)).date(),
            stage_since=since and (world.now - timedelta(days=since)).date(),
        )
    client.force_login(world.users["officer"])
    assert set(names(client, "?show=stale")) == {"久未谈的", "早来没谈的", "不知何时来的"}


def test_lists_of_stages_are_read_from_their_indexes(world: World) -> None:
    """Only SQLite is asked: it takes an index of an expression only when the statement says the same."""
    if connection.vendor != "sqlite":
        pytest.skip("the planner of PostgreSQL goes by the size of the table")
    mine = live_projects(world.actor("officer"))
    by_stage = with_stage_place(mine).order_by("stage_place", "-id")
    assert "project_by_stage_place" in by_stage.explain()
    assert "TEMP B-TREE" not in by_stage.explain()
    counted = board_projects(world.actor("officer"), BoardFilter()).order_by().values_list("talks_stage")
    assert "COVERING INDEX project_board" in counted.annotate(n=Count("pk")).explain()
