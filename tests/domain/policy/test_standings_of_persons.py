"""How persons and referrals stand under the clauses that are for them: reckoned as firms are, seen as their check-ups."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from feidi.domain.parties.models import Organization, Person
from feidi.domain.parties.services.persons import find_or_add_person
from feidi.domain.pipeline.models import FirstReport
from feidi.domain.policy.access import changes_visible_to, standings_visible_to
from feidi.domain.policy.models import ClauseStanding, StandingChange
from feidi.domain.policy.selectors.lacking import lacking_of
from feidi.domain.policy.selectors.standings import count_by_group, list_standings
from feidi.domain.policy.services import evaluators
from feidi.domain.policy.services.everybody import evaluate_everybody
from feidi.domain.policy.services.facts import Statement, state_policy_facts
from feidi.domain.policy.services.standings import renew_standings
from feidi.kernel.subjects import Subject
from tests.support.policies import WITH_PERSONS, firm, publish
from tests.support.queries import queries_of
from tests.support.world import World

pytestmark = pytest.mark.django_db

#: The clause about persons, reading a fact of the firm beside one of the person.
BOTH = WITH_PERSONS.replace("条件: 学历 不低于 硕士", "条件: {全部: [学历 不低于 硕士, 职工总数 >= 5人]}")


@pytest.fixture
def organization(world: World) -> Organization:
    publish(world, WITH_PERSONS)
    return firm(world)


@pytest.fixture
def person(world: World, organization: Organization) -> Person:
    return add_person(world, "王小明", organization)


def add_person(world: World, name: str, organization: Organization) -> Person:
    return find_or_add_person(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, name=name, organization=organization
    )


def own(person: Person) -> Subject:
    return Subject("parties.person", person.uid)


def state(world: World, subject: Subject, given: dict[str, Any], **more: Any) -> None:
    state_policy_facts(
        **{"actor": world.actor("officer"), "now": world.now, "outpost": world.outpost, **more},
        subject=subject,
        statements=[Statement(fact, value) for fact, value in given.items()],
    )


def standing(subject: Subject, clause: str) -> ClauseStanding:
    return ClauseStanding.objects.get(subject_kind=subject.kind, subject_uid=subject.uid, clause=clause)


def changes(subject: Subject) -> list[tuple[str, str, str]]:
    rows = StandingChange.objects.filter(subject_kind=subject.kind, subject_uid=subject.uid).order_by("id")
    return [(each.clause, each.kind, each.cause) for each in rows]


def test_a_fact_about_a_person_renews_what_the_person_stands_for(world: World, person: Person) -> None:
    state(world, own(person), {"education": "master"})
    row = standing(own(person), "T-PERSON")
    assert (row.verdict, row.group, row.lo_fen) == ("eligible", "applicable", 1_000_000)
    asked = set(ClauseStanding.objects.filter(subject_uid=person.uid).values_list("clause", flat=True))
    assert {"T-PERSON", "YX-TAL-01"} <= asked
    assert not asked & {"T-RATE", "T-REFERRAL", "YX-RD-01", "YX-REF-01"}, "no clause for firms or referrals"
    state(world, own(person), {"education": "bachelor"})
    assert changes(own(person)) == [("T-PERSON", "lost", "facts")]
    row = standing(own(person), "T-PERSON")
    row = ClauseStanding.objects.select_related("outpost__home", "outpost__host").get(pk=row.pk)
    why = lacking_of([row], as_of=world.now.date(), known_at=world.now)[row.pk]
    assert (row.group, why.actual) == ("near", "本科")


def test_a_firms_fact_renews_its_people_too(world: World, organization: Organization, person: Person) -> None:
    publish(world, BOTH)
    state(world, own(person), {"education": "master"})
    assert standing(own(person), "T-PERSON").missing == ["employees"]
    of_firm = Subject("parties.organization", organization.uid)
    state(world, of_firm, {"employees": "30人"})
    assert standing(own(person), "T-PERSON").verdict == "eligible"
    assert changes(own(person)) == [("T-PERSON", "gained", "facts")]
    state(world, of_firm, {"rd_spend": "500万元"})
    assert changes(own(person)) == [("T-PERSON", "gained", "facts")], (
        "what no clause about persons reads changes nothing"
    )
    held = ClauseStanding.objects.filter(subject_uid=person.uid).values_list("facts_hash", flat=True)
    assert len(set(held)) == 1


def test_a_referral_is_reckoned_by_what_its_first_report_and_project_say(world: World, person: Person) -> None:
    project = world.lead(referrer="李会长")
    referral = Subject("pipeline.first_report", FirstReport.objects.get(project=project).uid)
    evaluate_everybody(clock=lambda: world.now, outpost=world.outpost, since=world.now)
    before = {each.clause: each.verdict for each in ClauseStanding.objects.filter(subject_uid=referral.uid)}
    assert before.get("YX-REF-01", "unknown") == "unknown"
    state(world, Subject("pipeline.project", project.uid), {"settled_in_yunxi": "否"})
    assert standing(referral, "YX-REF-01").verdict == "not_eligible", "the project's fact is the referral's"


def test_everybody_means_firms_persons_and_referrals(world: World, organization: Organization, person: Person) -> None:
    state(world, own(person), {"education": "doctor"})
    ClauseStanding.objects.all().delete()
    told: list[tuple[int, int]] = []
    later = world.now + timedelta(hours=1)
    done = evaluate_everybody(
        clock=lambda: later, outpost=world.outpost, since=later, progress=lambda at, of: told.append((at, of))
    )
    assert standing(own(person), "T-PERSON").verdict == "eligible"
    assert told[-1][0] == told[-1][1] >= done.subjects
    again = evaluate_everybody(clock=lambda: later, outpost=world.outpost, since=later)
    assert (again.subjects, again.answers) == (0, 0), "begun again it goes on where it was"


def test_who_is_gone_stands_nowhere(world: World, organization: Organization, person: Person) -> None:
    state(world, own(person), {"education": "doctor"})
    Person.objects.filter(pk=person.pk).update(voided_at=world.now, void_reason="重复")
    evaluate_everybody(clock=lambda: world.now, outpost=world.outpost, since=world.now)
    assert not ClauseStanding.objects.filter(subject_uid=person.uid).exists()
    assert not changes(own(person)), "nothing was lost: there is nobody"


def test_persons_are_asked_of_all_evaluators_too(world: World, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluators, "CHECKED_ONE_OF", 1)
    monkeypatch.setattr(evaluators, "COLUMNS_FROM", 1)
    state(world, own(person), {"education": "master"})
    done = renew_standings(now=world.now, outpost=world.outpost, subjects=[own(person)])
    assert done.checked == done.answers >= 2


def test_who_sees_how_a_person_stands(world: World, person: Person) -> None:
    state(world, own(person), {"education": "master"})
    state(world, own(person), {"education": "bachelor"})
    officer = world.actor("officer")
    grants = tuple(replace(each, permissions=frozenset(each.permissions) - {"party.view"}) for each in officer.grants)
    narrow = replace(officer, grants=grants)
    assert [each.subject_uid for each in list_standings(officer, clause="T-PERSON")] == [person.uid]
    assert count_by_group(officer, ["T-PERSON"])["T-PERSON"]["near"] == 1
    assert changes_visible_to(officer, StandingChange.objects.all()).count() == 1
    for actor in (narrow, *(world.actor(who) for who in ("rival", "bureau", "auditor", "tenant", "admin"))):
        assert not standings_visible_to(actor, ClauseStanding.objects.filter(subject_uid=person.uid)).exists()
        assert not changes_visible_to(actor, StandingChange.objects.all()).exists()
        assert count_by_group(actor, ["T-PERSON"]) == {}


def test_many_persons_cost_the_queries_of_few(world: World, organization: Organization) -> None:
    people: list[Subject] = []

    def rows(count: int) -> None:
        for _ in range(count):
            people.append(own(add_person(world, f"张{len(people)}号", organization)))
            state(world, people[-1], {"education": "master"})

    def reads() -> int:
        sent = queries_of(lambda: renew_standings(now=world.now, outpost=world.outpost, subjects=people))
        return sum(1 for each in sent if each.startswith("SELECT"))

    rows(1)
    reads()
    one = reads()
    rows(2)
    assert reads() == one
