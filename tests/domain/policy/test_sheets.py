"""The sheet of a check-up says what the reference says: every tree, and which facts are worth asking."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

import pytest

from feidi.domain.policy.selectors.checkups import Answered, ask, enquire
from feidi.domain.policy.services.facts import Statement, state_policy_facts
from feidi.engines.rules.asking import next_questions
from feidi.engines.rules.explaining import explain
from feidi.kernel.subjects import Subject
from tests.support.policies import POLICY, firm, publish
from tests.support.world import World

pytestmark = pytest.mark.django_db


def answered(world: World, given: dict[str, Any]) -> Answered:
    publish(world, POLICY)
    organization = firm(world, founded_on=date(2020, 5, 1))
    state_policy_facts(
        actor=world.actor("officer"),
        now=world.now,
        outpost=world.outpost,
        subject=Subject("parties.organization", organization.uid),
        statements=[Statement(fact, value) for fact, value in given.items()],
    )
    return ask(enquire(organization, world.outpost, as_of=world.now.date(), known_at=world.now))


@pytest.mark.parametrize(
    "given",
    [{"rd_spend": "500万元", "legal_person": "是", "employees": "30人"}, {"rd_spend": "300万元以上"}],
)
def test_trees_and_questions_are_those_of_the_reference(world: World, given: dict[str, Any]) -> None:
    found = answered(world, given)
    question, facts = found.question, found.known.values
    dictionary, day = question.library.dictionary, question.as_of
    for row in found.sheet.results:
        why = asdict(explain(question.clauses.clauses[row["clause"]], facts, dictionary, as_of=day))
        assert row["why"] == _told(why), row["clause"]
    asked = [each["fact"] for each in found.sheet.summary["questions"]]
    assert asked == [
        each.fact for each in next_questions(question.clauses, facts, dictionary, as_of=day, top=len(asked))
    ]
    assert asked


def _told(why: dict[str, Any]) -> dict[str, Any]:
    """The tree as plain JSON: without the facts it looks at."""
    told = {key: list(each) if key == "missing" else each for key, each in why.items() if key not in {"facts", "parts"}}
    return {**told, "truth": why["truth"].value, "parts": [_told(part) for part in why["parts"]]}
