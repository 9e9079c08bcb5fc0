"""Facts in two times: what held when, by what was known when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from feidi.domain.parties.enums import FactSource
from feidi.domain.parties.models import Fact
from feidi.domain.parties.selectors.facts import find_fact, list_facts
from feidi.domain.parties.services.facts import Value, state_fact
from feidi.kernel.subjects import Subject
from tests.support.world import World

pytestmark = pytest.mark.django_db


def test_the_same_question_asked_later_gives_the_same_answer(world: World) -> None:
    subject = Subject("pipeline.project", world.lead().uid)
    actor, early, late = world.actor("officer"), world.now, world.now + timedelta(days=3)
    stated = state_fact(
        actor=actor,
        now=early,
        subject=subject,
        fact="insured_people",
        value=Value(number=5),
        source=FactSource.STATED,
        holds_from=date(2026, 10, 1),
    )
    state_fact(
        actor=actor,
        now=late,
        subject=subject,
        fact="insured_people",
        value=Value(number=3),
        source=FactSource.DOCUMENT,
        holds_from=date(2026, 10, 1),
        supersedes=stated,
    )
    asked = {"as_of": date(2026, 11, 1)}
    before = find_fact(subject, "insured_people", **asked, known_at=early + timedelta(days=1))
    after = find_fact(subject, "insured_people", **asked, known_at=late)
    assert before is not None
    assert after is not None
    assert (before.number, after.number) == (5, 3)
    assert find_fact(subject, "insured_people", as_of=date(2026, 9, 30), known_at=late) is None
    assert list_facts(subject, **asked, known_at=late).count() == 1


def test_a_fact_has_exactly_one_shape_and_an_interval_in_order(world: World) -> None:
    subject = Subject("pipeline.project", world.lead().uid)
    for wrong in (Value(), Value(number=1, text="一"), Value(lo=5, hi=3)):
        with pytest.raises(IntegrityError), transaction.atomic():
            state_fact(
                actor=world.actor("officer"),
                now=world.now,
                subject=subject,
                fact="revenue",
                value=wrong,
                source=FactSource.STATED,
            )
    state_fact(
        actor=world.actor("officer"),
        now=world.now,
        subject=subject,
        fact="revenue",
        value=Value(lo=200_000_000_000),
        source=FactSource.STATED,
    )
    assert Fact.objects.get().hi is None
