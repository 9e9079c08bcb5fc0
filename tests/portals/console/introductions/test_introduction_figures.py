"""Figures of introductions: every number opens the rows behind it."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.matching.enums import ProfileKind
from tests.domain.matching.test_introduction_pace import agreed, begun, contract, met
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(world: World, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The officer, at the moment of the world."""
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: world.now)
    client = Client()
    client.force_login(world.users["officer"])
    return client


def at(name: str) -> str:
    return reverse(f"console:introductions:{name}")


def text(client: Client, name: str, **asked: str) -> str:
    return client.get(at(name), asked).content.decode()


def test_numbers_and_the_rows_behind_them(world: World, client: Client) -> None:
    row, waiting = agreed(world, 1), begun(world)
    met(world, row, 4)
    contract(world, row, 20, accept=True)

    figures = text(client, "introduction_figures")

    assert "中位 4 天" in figures
    assert "1 条，共 2 条" in figures
    assert "60" in figures
    behind = text(client, "days_list", to="met")
    assert row.number in behind
    assert waiting.number not in behind
    contracts = text(client, "contract_list")
    assert row.number in contracts
    assert "证据未采信" not in contracts


def test_a_contract_that_does_not_count_yet_is_there_and_says_so(world: World, client: Client) -> None:
    row = agreed(world, 1)
    met(world, row, 4)
    contract(world, row, 20, accept=False)
    assert "还没有已采信的技术合同" in text(client, "introduction_figures")
    assert "证据未采信，不计入" in text(client, "contract_list")


def test_nobody_met_yet_is_no_number(world: World, client: Client) -> None:
    begun(world)
    assert "从意向到会面" in text(client, "introduction_figures")
    assert "暂无" in text(client, "introduction_figures")


def test_rows_leave_as_a_workbook_as_they_are_shown(world: World, client: Client) -> None:
    row, other = agreed(world, 2), agreed(world, 5, kind=ProfileKind.PILOT)
    book = openpyxl.load_workbook(BytesIO(client.get(at("days_export"), {"to": "agreed"}).content)).worksheets[0]
    assert {(each[0], each[5]) for each in book.iter_rows(min_row=2, values_only=True)} == {
        (row.number, 2),
        (other.number, 5),
    }
    pilot = openpyxl.load_workbook(BytesIO(client.get(at("days_export"), {"to": "agreed", "kind": "pilot"}).content))
    assert [each[0] for each in pilot.worksheets[0].iter_rows(min_row=2, values_only=True)] == [other.number]
    met(world, row, 6)
    contract(world, row, 7, accept=True)
    contracts = openpyxl.load_workbook(BytesIO(client.get(at("contract_export")).content)).worksheets[0]
    assert [each[0] for each in contracts.iter_rows(min_row=2, values_only=True)] == [row.number]


@pytest.mark.parametrize("name", ["introduction_figures", "days_list", "contract_list"])
def test_as_many_queries_for_three_as_for_one(world: World, client: Client, name: str) -> None:
    def rows(n: int) -> None:
        for _each in range(n):
            row = agreed(world, 1)
            met(world, row, 4)
            contract(world, row, 20, accept=True)

    assert_same_queries(rows, lambda: client.get(at(name)))


def test_the_rival_outpost_finds_nothing(world: World, client: Client) -> None:
    row = agreed(world, 1)
    client.force_login(world.users["rival"])
    assert row.number not in text(client, "days_list", to="agreed")
