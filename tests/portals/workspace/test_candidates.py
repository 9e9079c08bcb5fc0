"""Candidates in the workspace: opened on record, nobody's name, answered; another firm's do not exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.matching.enums import Side
from feidi.domain.matching.models import CandidateList, CandidateRow, Profile, ProfileReading
from feidi.domain.matching.selectors.offers_index import forget_indexes
from feidi.domain.matching.services.answering import send_list
from feidi.domain.matching.services.candidates import check_list, make_list, void_list
from feidi.domain.matching.services.profile_states import void_profile
from feidi.kernel.audit.models import AuditLink
from feidi.kernel.todos.models import Todo
from tests.support.profiles import make_profile
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db
TENANT = "滨海甲检测技术有限公司"
At = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _no_index_of_another_test() -> Iterator[None]:
    forget_indexes()
    yield
    forget_indexes()


@pytest.fixture
def moment(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The world, at its moment."""
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: world.now)
    return world


def page(name: str, *args: Any) -> str:
    return reverse(f"workspace:{name}", args=args)


def sent(world: World, offers: int = 2, **facts: Any) -> tuple[CandidateList, list[Profile]]:
    """Send a list of the tenant's need."""
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    need = make_profile(world, Side.NEED, owner=TENANT, **facts)
    found = [make_profile(world, Side.OFFER, owner=f"对方{n}号研究所", title=f"热工方案{n}") for n in range(offers)]
    made = make_list(profile=need, **act)
    checked = check_list(
        candidates=made, version=made.version, picks=dict.fromkeys(range(1, offers + 1), "看过现场"), **act
    )
    return send_list(candidates=checked, version=checked.version, to="甲检测", on_paper=False, **act), found


def test_a_firm_opens_on_record_and_answers(at: At, moment: World) -> None:
    made, offers = sent(moment)
    client = at("tenant")
    assert "等您答复" in client.get(page("candidates_list")).content.decode()
    links = AuditLink.objects.count()
    closed = client.get(page("candidates_view", made.uid)).content.decode()
    assert (AuditLink.objects.count(), ProfileReading.objects.count()) == (links, 0), "looking writes nothing"
    assert "热工方案" not in closed
    client.post(page("candidates_open", made.uid))
    assert {each.profile for each in ProfileReading.objects.all()} == set(offers)
    shown = client.get(page("candidates_view", made.uid)).content.decode()
    for words in ("热工方案0", "看过现场", "<mark>", "问清"):
        assert words in shown, words
    assert "号研究所" not in shown, "names of nobody"

    answer = page("candidate_answer", made.uid, 1)
    refused = client.post(answer, {"verdict": "declined", "note": "太贵"})
    assert refused.status_code == 409
    assert "没有选原因" in refused.content.decode()
    assert "太贵" in refused.content.decode()
    assert client.post(answer, {"verdict": ""}).status_code == 422
    client.post(answer, {"verdict": "accepted", "note": "下周来"})
    row = CandidateRow.objects.get(candidate_list=made, position=1)
    assert (row.verdict, row.reason_note) == ("accepted", "下周来")
    assert Todo.objects.filter(assignee=made.profile.officer, what__contains=row.profile.number).exists()
    assert "愿意见" in client.get(page("candidates_view", made.uid)).content.decode()


def test_what_is_not_sent_to_the_firm_does_not_exist(at: At, moment: World) -> None:
    made, _offers = sent(moment)
    for login in ("officer", "rival", "bureau"):
        client = at(login)
        assert client.get(page("candidates_view", made.uid)).status_code in {403, 404}
        assert client.post(page("candidate_answer", made.uid, 1), {"verdict": "accepted"}).status_code in {403, 404}
    client = at("tenant")
    assert client.get(page("candidates_view", "x" * 22)).status_code == 404
    void_list(actor=moment.actor("officer"), now=moment.now, candidates=made, reason="发错")
    assert client.get(page("candidates_view", made.uid)).status_code == 404
    assert "还没有候选" in client.get(page("candidates_list")).content.decode()


def test_a_candidate_taken_back_shows_nothing_any_more(at: At, moment: World) -> None:
    made, offers = sent(moment)
    client = at("tenant")
    client.post(page("candidates_open", made.uid))
    void_profile(actor=moment.actor("officer"), now=moment.now, profile=offers[0], reason="登错")
    client.post(page("candidates_open", made.uid))
    shown = client.get(page("candidates_view", made.uid)).content.decode()
    assert offers[0].title not in shown
    assert offers[0].masked_text not in shown
    assert "对方已撤回" in shown


def test_the_list_of_lists_costs_the_same_at_one_and_three(at: At, moment: World) -> None:
    client, n = at("tenant"), [0]

    def make(count: int) -> None:
        for _ in range(count):
            n[0] += 1
            sent(moment, 1, title=f"需求{n[0]}")

    assert_same_queries(make, lambda: client.get(page("candidates_list")), at_most=12)
