"""One box over everything the actor may see."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.indexing import index_project
from feidi.kernel.search.entries import Entry, Scopes
from feidi.kernel.search.models import SearchEntry
from feidi.kernel.search.services import index_many
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db
VIEW, SUGGEST = "console:search:search_view", "console:search:search_suggest"


@pytest.fixture
def at(world: World) -> Callable[[str], Client]:
    def sign_in(login: str) -> Client:
        client = Client()
        client.force_login(world.users[login])
        return client

    return sign_in


def ask(client: Client, q: str, name: str = VIEW, **more: str) -> str:
    response = client.get(reverse(name), {"q": q, **more})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("words", ["介质", "低温 检测", "dwjzjc", "滨海甲", "YB-2026-0001"])
def test_words_initials_and_codes_lead_to_the_record(at: Callable[[str], Client], world: World, words: str) -> None:
    project = world.lead()
    text = ask(at("officer"), words)
    assert f'href="{reverse("console:pipeline:project_view", args=[project.uid])}"' in text
    assert 'id="pipeline-project"' in text


@pytest.mark.parametrize("who", ["rival", "bureau", "rival_bureau", "admin", "auditor"])
def test_what_one_may_not_see_is_not_found(at: Callable[[str], Client], world: World, who: str) -> None:
    world.lead()
    text = ask(at(who), "低温介质")
    assert "没有找到" in text
    assert "YB-2026-0001" not in text


def test_the_home_side_finds_what_was_reported(at: Callable[[str], Client], world: World) -> None:
    project = world.lead()
    Project.objects.filter(pk=project.pk).update(reported_at=world.now)
    project.refresh_from_db()
    index_project(project)
    assert "YB-2026-0001" in ask(at("bureau"), "低温介质")
    assert "YB-2026-0001" not in ask(at("rival_bureau"), "低温介质")


def test_more_than_a_thousand_is_said_so_and_narrowed_by_kind(at: Callable[[str], Client], world: World) -> None:
    scopes = Scopes(outposts=frozenset({world.outpost.pk}))
    index_many(Entry("pipeline.project", f"p{n:011}", f"检测项目{n}号", scopes) for n in range(1005))
    index_many([Entry("parties.organization", "o" * 12, "检测公司", scopes)])
    text = ask(at("officer"), "检测")
    assert "共 1,000+ 条，显示前 60 条" in text
    narrowed = ask(at("officer"), "检测", kind="parties.organization")
    assert "检测公司" in narrowed
    assert "检测项目1号" not in narrowed
    assert "共 1 条" in narrowed
    assert "检测项目" in ask(at("officer"), "检测", kind="nonsense.kind")
    suggested = ask(at("officer"), "检测", SUGGEST)
    assert suggested.count("<li>") == 9
    assert "全部 1,000+ 条" in suggested
    assert "<html" not in suggested


def test_empty_boxes(at: Callable[[str], Client], world: World) -> None:
    assert "在您能看到的全部项目和单位中搜索" in ask(at("officer"), "")
    assert ask(at("officer"), "", SUGGEST).strip() == ""
    assert "没有找到" in ask(at("officer"), "没有的东西", SUGGEST)
    assert "&lt;script&gt;" in ask(at("officer"), "<script>")


def test_the_cost_does_not_grow_with_the_hits(at: Callable[[str], Client], world: World) -> None:
    client, n = at("officer"), [0]

    def leads(count: int) -> None:
        for _ in range(count):
            n[0] += 1
            world.lead(f"检测{n[0]}号", f"公司{n[0]}")

    assert_same_queries(leads, lambda: client.get(reverse(VIEW), {"q": "检测"}), at_most=10)


def test_the_box_stands_on_every_page_and_suggests(at: Callable[[str], Client], world: World) -> None:
    text = ask(at("officer"), "甲")
    assert f'hx-get="{reverse(SUGGEST)}"' in text
    assert 'id="searchbox"' not in at("tenant").get("/my/").content.decode()


def test_persons_are_looked_up_in_their_list_and_never_indexed(at: Callable[[str], Client], world: World) -> None:
    """Decision 0022: a contact's name finds nothing in the index; who may see persons is led to their list."""
    world.lead(contact_name="欧阳小明")
    officer = at("officer")
    text = ask(officer, "欧阳小明")
    assert "kind=parties.person" not in text
    link = f"{reverse('console:policies:person_list')}?words=%E6%AC%A7%E9%98%B3%E5%B0%8F%E6%98%8E"
    assert link in text
    assert "欧阳小明" not in ask(officer, "欧阳", SUGGEST)
    (line,) = officer.get(link).context["table"].rows
    assert line.cells["name"] == "欧阳小明"
    assert not SearchEntry.objects.filter(subject_kind="parties.person").exists()
    for who in ("bureau", "auditor", "admin"):
        assert reverse("console:policies:person_list") not in ask(at(who), "欧阳小明"), who
