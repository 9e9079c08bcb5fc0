"""What the pipeline tells policy: facts of referrals from first reports and rulings, and which projects are a firm's."""

from __future__ import annotations

from typing import Any

import pytest

from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.pipeline.models import FirstReport, FirstReportDispute, Project
from feidi.domain.pipeline.services.referral_facts import push_referral_facts, referral_job
from feidi.domain.policy.selectors.companions import companions_of, subjects_of
from feidi.domain.policy.selectors.facts import facts_known
from feidi.domain.policy.selectors.library import library_of
from feidi.engines.rules.facts import Value, exactly
from feidi.kernel.subjects import Subject, visible_row
from tests.support.world import World

pytestmark = pytest.mark.django_db

REFERRAL = "pipeline.first_report"


def claim_of(project: Project) -> FirstReport:
    rows = FirstReport.objects.select_related("project__outpost__home", "project__outpost__host")
    return rows.get(project=project)


def pushed(world: World, claim: FirstReport) -> dict[str, Value]:
    """Push, and return what is known of the referral then."""
    push_referral_facts(actor=world.actor("officer"), now=world.now, claim=claim)
    outpost = claim.project.outpost
    known = facts_known(
        outpost,
        [Subject(REFERRAL, claim.uid)],
        library_of(outpost, on=world.now.date()).dictionary,
        as_of=world.now.date(),
        known_at=world.now,
    )
    return known.values


def test_what_a_first_report_proves_and_what_it_does_not(world: World) -> None:
    claim = claim_of(world.lead(referrer="李会长"))
    assert claim.state == "granted"
    facts = pushed(world, claim)
    assert facts == {"first_valid_information": True, "referrers_of_project": exactly(1)}
    assert "referrer_kind" not in facts, "who the referrer is in law, a name does not say"


def test_two_referrers_of_one_project_and_the_ruling(world: World) -> None:
    sister = Outpost.objects.create(
        code="sister",
        name="姊妹驻点",
        short_name="姊妹",
        home=world.outpost.home,
        host=world.outpost.host,
        created_at=world.now,
    )
    world.user("sister", "officer", outpost=sister)
    first = claim_of(world.lead(referrer="李会长"))
    second = claim_of(
        world.lead("同一家的项目", by="sister", owner=world.users["sister"], outpost=sister, referrer="王会长")
    )
    dispute = FirstReportDispute.objects.create(
        home=world.outpost.home,
        left=first,
        right=second,
        raised_by="sister",
        raised_at=world.now,
        grounds="我们先谈的",
        created_at=world.now,
    )
    undecided = pushed(world, first)
    assert undecided == {"referrers_of_project": exactly(2)}, "an open dispute proves neither side right"
    given = {"state": "ruled", "winner": second, "ruling": "按首报时间", "rule": "earlier_report"}
    FirstReportDispute.objects.filter(pk=dispute.pk).update(**given)
    lost, won = pushed(world, first), pushed(world, second)
    assert (lost["ruled_referrer"], lost["first_valid_information"]) == (False, False)
    assert (won["ruled_referrer"], won["first_valid_information"]) == (True, True)
    assert visible_row(world.actor("officer"), Subject(REFERRAL, first.uid)) == first
    assert visible_row(world.actor("rival"), Subject(REFERRAL, first.uid)) is None


def test_the_daily_job_says_nothing_twice(world: World) -> None:
    world.lead(referrer="李会长")
    world.lead("没有引荐人", "滨海乙有限公司", contact_phone="13900005678")

    class Context:
        actor = world.actor("officer")

        def now(self) -> Any:
            return world.now

    assert referral_job(Context()) == {"said": 2, "skipped": 0}  # type: ignore[arg-type]


def test_a_firms_one_project_answers_with_it_and_two_do_not(world: World) -> None:
    project = world.lead("一期", "云溪戊有限公司")
    organization = Organization.objects.get(name="云溪戊有限公司")
    own, of_project = Subject("parties.organization", organization.uid), Subject("pipeline.project", project.uid)

    def asked(chosen: str = "") -> tuple[Subject, ...]:
        companions = companions_of(world.outpost, [organization.uid]).get(organization.uid, ())
        return subjects_of(organization.uid, companions, chosen)

    assert asked() == (own, of_project)
    world.lead("二期", "云溪戊有限公司", contact_phone="13900005678")
    assert asked() == (own,), "of two nobody can say which is meant"
    assert asked(project.uid) == (own, of_project)
    assert companions_of(world.rival, [organization.uid]) == {}
