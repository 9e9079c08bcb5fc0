"""Trying a draft: which answers it would change, for whom it is tried, and who may not learn firms' facts by it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from feidi.domain.parties.models import Organization
from feidi.domain.policy.selectors.drafts import is_policy, remarks_on
from feidi.domain.policy.selectors.trials import FIRMS, Trial, try_draft
from feidi.domain.policy.services.facts import Statement, state_policy_facts
from feidi.kernel.subjects import Subject
from tests.support.policies import PATH, POLICY, firm, publish
from tests.support.world import World

pytestmark = pytest.mark.django_db

LOWER = POLICY.replace("职工不少于50人的独立法人", "职工不少于20人的独立法人").replace(
    "职工总数 >= 50人", "职工总数 >= 20人"
)


def known_firm(world: World, name: str, employees: str, *, minutes: int = 0) -> Organization:
    organization = firm(world, name)
    state_policy_facts(
        actor=world.actor("officer"),
        now=world.now - timedelta(minutes=minutes),
        outpost=world.outpost,
        subject=Subject("parties.organization", organization.uid),
        statements=[Statement("employees", employees), Statement("legal_person", "是")],
    )
    return organization


def tried(world: World, body: str, who: str = "officer", path: str = PATH, **more: Any) -> Trial | None:
    given = {"as_of": world.now.date(), "known_at": world.now, **more}
    return try_draft(world.actor(who), world.outpost.home.code, path, body, **given)


def test_a_draft_shows_whose_answer_it_changes(world: World) -> None:
    publish(world, POLICY)
    known_firm(world, "云溪乙制造有限公司", "30人")
    trial = tried(world, LOWER)
    assert trial is not None
    (change,) = trial.changed
    assert (change.firm, change.clause) == ("云溪乙制造有限公司", "T-SIZE")
    assert change.before is not None
    assert change.after is not None
    assert (change.before.verdict.value, change.after.verdict.value) == ("not_eligible", "eligible")
    assert {each.clause for each in trial.same} >= {"T-RATE", "T-REVIEW"}
    gone = tried(world, POLICY[: POLICY.index("  - 代码: T-PERSON")].replace("T-SIZE", "T-SIZE2"))
    assert gone is not None
    sides = {each.clause: (each.before is None, each.after is None) for each in gone.changed}
    assert sides == {"T-SIZE": (False, True), "T-SIZE2": (True, False), "T-PERSON": (False, True)}


def test_firms_whose_facts_were_stated_last_are_tried(world: World) -> None:
    publish(world, POLICY)
    for at in range(FIRMS + 2):
        known_firm(world, f"云溪{at}号有限公司", "30人", minutes=at)
    trial = tried(world, LOWER)
    assert trial is not None
    assert {each.firm for each in trial.changed} == {f"云溪{at}号有限公司" for at in range(FIRMS)}


def test_who_reads_no_facts_tries_nothing(world: World) -> None:
    publish(world, POLICY)
    known_firm(world, "云溪乙制造有限公司", "30人")
    for who in ("bureau", "admin", "tenant", "rival"):
        assert tried(world, LOWER, who) is None, who
    assert tried(world, LOWER, "lead") is not None


def test_what_is_no_readable_policy_is_not_tried(world: World) -> None:
    publish(world, POLICY)
    assert tried(world, POLICY, path="costs/office.yaml") is None
    assert tried(world, "条款: [") is None
    assert not is_policy("policies/a.cases.yaml")
    empty = tried(world, LOWER)
    assert empty is not None
    assert not empty, "nobody's facts are known"
    assert remarks_on(world.outpost.home.code, "costs/office.yaml", "x: 1", as_of=world.now.date()) == []
