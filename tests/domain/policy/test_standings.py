"""How every organization stands under every clause: reckoned, renewed, what was gained and lost and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from feidi.domain.parties.models import Organization
from feidi.domain.parties.services.merging import merge_organizations
from feidi.domain.policy.access import standings_visible_to
from feidi.domain.policy.models import ClauseStanding, StandingChange
from feidi.domain.policy.selectors.standings import count_by_group, list_changes, list_standings
from feidi.domain.policy.services import evaluators
from feidi.domain.policy.services.everybody import ask_everybody, evaluate_everybody
from feidi.domain.policy.services.facts import Statement, state_policy_facts
from feidi.domain.policy.services.standings import Renewed, renew_standings
from feidi.domain.policy.tasks import run_everybody
from feidi.engines.findings import RefusedError
from feidi.engines.rules.results import Outcome
from feidi.engines.rules.results import Verdict as Said
from feidi.kernel.jobs.models import Job
from feidi.kernel.subjects import Subject
from tests.support.policies import POLICY, firm, publish
from tests.support.queries import queries_of
from tests.support.world import World

pytestmark = pytest.mark.django_db


def state(world: World, organization: Organization, given: dict[str, Any], **more: Any) -> None:
    state_policy_facts(
        **{"actor": world.actor("officer"), "now": world.now, "outpost": world.outpost, **more},
        subject=Subject("parties.organization", organization.uid),
        statements=[Statement(fact, value) for fact, value in given.items()],
    )


def renew(world: World, *firms: Organization, now: datetime | None = None) -> Renewed:
    subjects = [Subject("parties.organization", each.uid) for each in firms]
    return renew_standings(now=now or world.now, outpost=world.outpost, subjects=subjects)


def standing(organization: Organization, clause: str) -> ClauseStanding:
    return ClauseStanding.objects.get(subject_uid=organization.uid, clause=clause)


def changes(organization: Organization) -> list[tuple[str, str, str]]:
    rows = StandingChange.objects.filter(subject_uid=organization.uid, clause__startswith="T-").order_by("id")
    return [(each.clause, each.kind, each.cause) for each in rows]


@pytest.fixture
def organization(world: World) -> Organization:
    publish(world, POLICY)
    return firm(world, founded_on=date(2020, 5, 1))


def test_stating_facts_renews_what_a_firm_stands_for(world: World, organization: Organization) -> None:
    state(world, organization, {"rd_spend": "500万元"})
    row = standing(organization, "T-RATE")
    assert (row.verdict, row.group, row.lo_fen, row.hi_fen) == ("eligible", "applicable", 25_000_000, 25_000_000)
    assert standing(organization, "T-SIZE").missing == ["legal_person", "employees"]
    assert not changes(organization), "the first answer ever is no change"
    state(world, organization, {"rd_spend": "200万元"})
    assert changes(organization) == [("T-RATE", "lost", "facts")]
    state(world, organization, {"rd_spend": "100万元以上", "employees": "8人"})
    assert [each for each in changes(organization) if each[0] == "T-REVIEW"] == [("T-REVIEW", "gained", "facts")]
    state(world, organization, {"rd_spend": "310万元"})
    assert changes(organization)[-1] == ("T-RATE", "gained", "facts")


def test_a_change_of_policy_shows_who_gained_and_lost(world: World, organization: Organization) -> None:
    state(world, organization, {"rd_spend": "500万元"})
    later = world.now + timedelta(days=1)
    publish(world, POLICY.replace("研发费用 >= 300万元", "研发费用 >= 600万元"), at=later)
    renew(world, organization, now=later)
    assert changes(organization) == [("T-RATE", "lost", "content")]
    publish(world, POLICY, at=later)
    state(world, organization, {"rd_spend": "700万元"}, now=later + timedelta(hours=1))
    assert changes(organization)[1:] == [("T-RATE", "gained", "both")]


def test_a_day_that_passes_is_a_reason_too(world: World, organization: Organization) -> None:
    state(world, organization, {"rd_spend": "500万元"})
    new_year = world.now.replace(year=2027, month=1, day=2)
    renew(world, organization, now=new_year)
    # last year's figure is no longer the last full year's
    assert ("T-RATE", "unclear", "facts") in changes(organization)
    publish(world, POLICY.replace("成立日期 满 1年", "成立日期 不满 7年"), at=new_year)
    state(world, organization, {"rd_spend": "500万元"}, now=new_year)
    seventh = world.now.replace(year=2027, month=5, day=1)
    renew(world, organization, now=seventh)
    assert changes(organization)[-1] == ("T-RATE", "lost", "day")


def test_everybody_is_reckoned_in_chunks_and_goes_on_where_it_was(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(world, POLICY)
    monkeypatch.setattr("feidi.domain.policy.services.everybody.CHUNK", 2)
    firms = [firm(world, f"乙{at}有限公司", founded_on=date(2020, 5, 1)) for at in range(5)]
    nothing = firm(world, "什么也不知道有限公司")
    later = world.now + timedelta(hours=1)

    class StopError(Exception):
        pass

    def stop(done: int, _total: int) -> None:
        if done >= 4:
            raise StopError

    given = {"clock": lambda: later, "outpost": world.outpost, "since": world.now}
    with pytest.raises(StopError):
        evaluate_everybody(progress=stop, **given)
    halfway = len({each.subject_uid for each in ClauseStanding.objects.all()})
    assert 0 < halfway < len(firms), "what was done stays done"
    done = evaluate_everybody(**given)
    assert done.subjects == len(firms) - halfway, "only the rest"
    assert not ClauseStanding.objects.filter(subject_uid=nothing.uid).exists()
    assert len({each.subject_uid for each in ClauseStanding.objects.all()}) == len(firms)


def test_the_job_says_what_it_did(world: World, organization: Organization) -> None:
    with pytest.raises(RefusedError) as refused:
        ask_everybody(actor=world.actor("bureau"), now=world.now, outpost=world.outpost, title="全部")
    assert refused.value.refusal.code == "parties.not_permitted"
    ask_everybody(actor=world.actor("officer"), now=world.now, outpost=world.outpost, title="全部")
    job = Job.objects.get(kind="policy.evaluate_everybody")

    class Context:
        def now(self) -> Any:
            return world.now

        def progress(self, done: int, total: int | None = None, text: str = "") -> None:
            assert done <= (total or 0), text

    told = run_everybody(Context(), **job.arguments)  # type: ignore[arg-type]
    assert told["subjects"] >= 1
    assert told["answers"] == ClauseStanding.objects.count()
    assert standing(organization, "T-RATE").verdict == "unknown"


def test_evaluators_that_differ_stop_the_run_loudly(
    world: World, organization: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluators, "CHECKED_ONE_OF", 1)
    done = renew(world, organization)
    assert done.checked == done.answers > 0
    right = evaluators.evaluate

    def wrong(*args: Any, **more: Any) -> Outcome:
        return replace(right(*args, **more), verdict=Said.ELIGIBLE)

    monkeypatch.setattr(evaluators, "evaluate", wrong)
    before = [asdict_of(each) for each in ClauseStanding.objects.order_by("id")]
    with pytest.raises(RefusedError) as refused:
        renew(world, organization, now=world.now + timedelta(hours=1))
    assert refused.value.refusal.code == "policy.evaluators_differ"
    assert [asdict_of(each) for each in ClauseStanding.objects.order_by("id")] == before, "nothing of it is kept"


def test_a_batch_is_answered_by_the_columns_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(world, POLICY)
    firms = [firm(world, f"丁{at}有限公司", founded_on=date(2020, 5, 1)) for at in range(3)]
    state(world, firms[0], {"rd_spend": "299.99万元"})
    state(world, firms[1], {"rd_spend": "300万元"})
    monkeypatch.setattr(evaluators, "COLUMNS_FROM", 3)
    renew(world, *firms)
    assert [standing(each, "T-RATE").verdict for each in firms] == ["not_eligible", "eligible", "unknown"]
    right = evaluators.columns_of

    def wrong(rows: Any, dictionary: Any) -> Any:
        return right([rows[0], rows[0], rows[2]], dictionary)

    monkeypatch.setattr(evaluators, "columns_of", wrong)
    with pytest.raises(RefusedError) as refused:
        renew(world, *firms)
    reasons = [each.params for each in refused.value.refusal.reasons if each.params["clause"] == "T-RATE"]
    assert [(each["subject"], each["fast"], each["reference"]) for each in reasons] == [
        (firms[1].uid, "eligible", "not_eligible")
    ]


def asdict_of(row: ClauseStanding) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_who_sees_standings_and_how_they_are_counted(world: World, organization: Organization) -> None:
    state(world, organization, {"rd_spend": "500万元"})
    actor = world.actor("officer")
    assert count_by_group(actor, ["T-RATE"])["T-RATE"]["applicable"] == 1
    assert [each.subject_uid for each in list_standings(actor, clause="T-RATE", group="applicable")] == [
        organization.uid
    ]
    state(world, organization, {"rd_spend": "1万元"})
    assert list_changes(actor, clause="T-RATE").count() == 1
    for who in ("rival", "bureau", "auditor", "tenant", "admin"):
        assert not standings_visible_to(world.actor(who), ClauseStanding.objects.all()).exists(), who
        assert not list_changes(world.actor(who)).exists(), who


def test_a_merge_lets_standings_lapse(world: World, organization: Organization) -> None:
    other = firm(world, "云溪乙制造")
    state(world, organization, {"rd_spend": "500万元"})
    state(world, other, {"employees": "9人"})
    merge_organizations(actor=world.actor("officer"), now=world.now, kept=organization, gone=other, reason="同一家")
    assert not ClauseStanding.objects.filter(subject_uid__in=[organization.uid, other.uid]).exists()
    renew(world, organization)
    assert standing(organization, "T-RATE").verdict == "eligible"
    assert standing(organization, "T-REVIEW").verdict == "eligible", "the facts of both are one firm's now"


def test_many_cost_the_queries_of_few(world: World) -> None:
    publish(world, POLICY)
    firms: list[Organization] = []

    def rows(count: int) -> None:
        firms.extend(firm(world, f"丙{len(firms)}有限公司", founded_on=date(2020, 5, 1)) for _ in range(count))

    def reads() -> int:
        sent = queries_of(lambda: renew(world, *firms))
        return sum(1 for each in sent if each.startswith("SELECT"))

    rows(1)
    reads()
    one = reads()
    rows(2)
    assert reads() == one
