"""The list of roadshows, its workbook, and what more rows cost."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from feidi.kernel.audit.models import AuditEntry
from tests.support.queries import assert_same_queries
from tests.support.roadshows import entered, judge_of, projects_of, round_of, sealed, show_of
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


@pytest.fixture
def officer(world: World) -> Client:
    client = Client()
    client.force_login(world.users["officer"])
    return client


def at(name: str, *args: str) -> str:
    return reverse(f"console:roadshows:{name}", args=args)


def test_the_list_and_its_workbook(world: World, officer: Client) -> None:
    sealed(world)
    show_of(world, title="筹备中的一场")
    page = officer.get(at("show_list"), {"phase": "sealed"}).content.decode()
    assert "秋季路演" in page
    assert "筹备中的一场" not in page
    assert officer.get(at("show_export")).content[:2] == b"PK"
    assert AuditEntry.objects.filter(action__contains="export").exists()


def test_more_shows_cost_no_more_queries(world: World, officer: Client) -> None:
    def rows(n: int) -> None:
        for at_ in range(n):
            round_of(world, show_of(world, title=f"第 {at_} 场"))

    assert_same_queries(rows, lambda: officer.get(at("show_list")))


def test_more_entries_cost_no_more_queries(world: World, officer: Client) -> None:
    show = show_of(world)
    round_ = round_of(world, show)
    for name in ("张评委", "王评委", "李评委"):
        judge_of(world, show, name)
    names = iter(("甲光", "乙材", "丙药"))

    def rows(n: int) -> None:
        entered(world, round_, projects_of(world, [next(names) for _ in range(n)]))

    assert_same_queries(rows, lambda: officer.get(at("round_view", round_.uid)))
