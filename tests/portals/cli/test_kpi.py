"""``feidi kpi show``: every figure as data and as lines, for who may count, of a period by its name."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from feidi.domain.reporting.services.closings import close_period
from feidi.engines.measures import INDICATORS
from feidi.portals.cli.main import main
from tests.support.world import World

pytestmark = pytest.mark.django_db
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run(*words)``: status and what is printed by ``feidi kpi show``; the clock stands at the world's moment."""
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: world.now)

    def command(*words: str, who: str = "officer") -> tuple[int, str]:
        status = main(["kpi", "show", *words, "--as", who])
        return status, capsys.readouterr().out

    return command


def figures(text: str) -> dict[str, Any]:
    return {each["code"]: each for each in json.loads(text)["figures"]}


def test_every_figure_as_data(world: World, run: Run) -> None:
    world.to_signed(world.lead("甲项目"))
    status, text = run("--json")
    assert status == 0
    found, head = figures(text), json.loads(text)
    assert (head["since"], head["until"], head["as_of"], head["outposts"]) == (
        "2026-01-01", "2027-01-01", "2026-11-23", ["yunbin"],
    )  # fmt: skip
    assert list(found) == list(INDICATORS)
    one = found["K08"]
    assert (one["state"], one["value"], one["numerator"], one["frozen"]) == ("known", "1", "1", None)
    assert one["target"]["floor"] == 30
    assert one["progress"]["done"] == "3.3"
    assert one["rows"]["above"] == {"kind": "pipeline.project", "count": 1, "sum": "1"}
    assert one["rows"]["url"].startswith("/indicators/of/K08/rows/?")
    assert found["K31"]["why"] == "figures.no_cost"


def test_a_period_by_its_name_and_some_codes(world: World, run: Run) -> None:
    world.lead("甲项目")
    status, text = run("--period", "2026Q3", "--codes", "k01,K11", "--json")
    assert (status, {code: each["value"] for code, each in figures(text).items()}) == (
        0, {"K01": "0", "K11R": None, "K11S": None, "K11P": None},
    )  # fmt: skip
    status, text = run("--period", "2026Q4", "--codes", "K01", "--outpost", "yunbin")
    assert (status, text) == (0, "K01   线索数　1个\n")


def test_what_was_frozen_stands_first(world: World, run: Run) -> None:
    world.lead("甲项目")
    world.now += timedelta(days=30)
    close_period(actor=world.actor("lead"), now=world.now, outpost=world.outpost, period="2026-11")
    world.lead("乙项目", "滨海乙有限公司", occurred_on=world.now.date() - timedelta(days=31))
    status, text = run("--period", "2026-11", "--codes", "K01", "--json")
    one = figures(text)["K01"]
    assert (status, one["value"], one["frozen"]["value"], one["frozen"]["corrected"]) == (0, "2", "1", True)
    assert "更正" in run("--period", "2026-11", "--codes", "K01")[1]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("--period", "2026Q5"), 2),
        (("--as-of", "yesterday"), 2),
        (("--codes", "K99"), 2),
        (("--outpost", "elsewhere"), 1),
    ],
)
def test_what_cannot_be_read_or_counted(run: Run, words: tuple[str, ...], status: int) -> None:
    assert run(*words)[0] == status


def test_who_may_not_count_is_refused(run: Run) -> None:
    assert run(who="tenant")[0] == 1
