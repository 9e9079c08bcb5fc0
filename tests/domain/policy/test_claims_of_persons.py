"""Claims that are no firm's: of a person on file, of the referrer named in a first report. Whose, of what, seen by whom."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from feidi.domain.parties.models import Organization, Person
from feidi.domain.parties.services.persons import find_or_add_person
from feidi.domain.pipeline.enums import PartyRole
from feidi.domain.pipeline.models import FirstReport, Project
from feidi.domain.pipeline.services.registering import add_party
from feidi.domain.policy.access import can_view_claim, claims_visible_to
from feidi.domain.policy.enums import ClaimStatus
from feidi.domain.policy.models import PolicyClaim
from feidi.domain.policy.selectors.claims import ClaimFilter, claimants_of, list_claims
from feidi.domain.policy.selectors.payouts import count_unreported_claims, reported_claims
from feidi.domain.policy.services.claims import NewClaim, Seen, record_claim_status, start_claim
from feidi.engines.findings import RefusedError
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.audit.verify import verify
from feidi.kernel.deadlines.selectors import running
from feidi.kernel.evidence.models import EvidenceRequirement
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.models import Todo
from tests.support.policies import WITH_PERSONS, firm, publish
from tests.support.world import World

pytestmark = pytest.mark.django_db

WAN = 1_000_000
NAME, REFERRER = "王小明", "李会长"
S = ClaimStatus


@pytest.fixture
def organization(world: World) -> Organization:
    publish(world, WITH_PERSONS)
    return firm(world)


@pytest.fixture
def person(world: World, organization: Organization) -> Person:
    return add_person(world, NAME, organization)


@pytest.fixture
def referral(world: World, organization: Organization) -> FirstReport:
    project = world.lead(referrer=REFERRER)
    return FirstReport.objects.select_related("project__outpost").get(project=project)


def add_person(world: World, name: str, organization: Organization | None = None) -> Person:
    return find_or_add_person(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, name=name, organization=organization
    )


def about(referral: FirstReport) -> Subject:
    return Subject("pipeline.first_report", referral.uid)


def start(world: World, new: NewClaim, by: str = "officer", **more: Any) -> PolicyClaim:
    return start_claim(**{"actor": world.actor(by), "now": world.now, "outpost": world.outpost, "new": new, **more})


def of_person(person: Person, clause: str = "T-PERSON") -> NewClaim:
    return NewClaim(None, clause, account_holder=NAME, person=person)


def see(world: World, claim: PolicyClaim, status: ClaimStatus, **more: Any) -> PolicyClaim:
    seen = Seen(status, world.now.date(), **more)
    return record_claim_status(
        actor=world.actor("officer"), now=world.now, claim=claim, version=claim.version, seen=seen
    )


def refused(code: str, act: Any) -> None:
    with pytest.raises(RefusedError) as error:
        act()
    assert error.value.refusal.code == code


def test_a_persons_claim_runs_like_a_firms_and_its_name_stays_behind(world: World, person: Person) -> None:
    claim = start(world, of_person(person))
    assert (claim.organization, claim.person, claim.masked, claim.claimant) == (None, person, "王**", "王**")
    assert claim.subject == Subject("parties.person", person.uid)
    assert claim.platform == "人才演示平台"
    subject = Subject("policy.claim", claim.uid)
    (window,) = running([subject])[subject]
    assert (window.label_zh, window.scope_outpost) == ("申报截止", world.outpost.pk)
    assert EvidenceRequirement.objects.get(subject_uid=claim.uid).label_zh == "学位证书"

    claim = see(world, claim, S.SUBMITTED, acceptance_number="RC-1", document=world.file(subject, "截图.pdf"))
    claim = see(world, claim, S.APPROVED, amount_fen=WAN)
    (payout,) = running([subject])[subject]
    assert payout.code == "claim_payout"
    todo = Todo.objects.get(subject_uid=claim.uid)
    assert (NAME in todo.what, "王**" in todo.what) == (False, True)
    claim = see(world, claim, S.PAID, amount_fen=WAN)
    assert not running([subject])[subject]
    assert not any(NAME in str(entry.changes) + str(entry.state) + entry.reason for entry in AuditEntry.objects.all())
    assert not verify().faults


def test_a_referrers_claim_hangs_on_the_first_report(world: World, referral: FirstReport) -> None:
    claim = start(world, NewClaim(None, "T-REFERRAL", about=about(referral)))
    assert (claim.organization, claim.person, claim.subject) == (None, None, about(referral))
    assert REFERRER not in claim.masked
    assert "李**" in claim.masked
    refused("policy.claim_open", lambda: start(world, NewClaim(None, "T-REFERRAL", about=about(referral))))
    on_file = add_person(world, REFERRER)
    own = start(world, NewClaim(None, "T-REFERRAL", about=about(referral), person=on_file))
    assert (own.person, own.subject) == (on_file, about(referral)), "a referrer who is on file claims by name"


def test_whose_claim_of_what(world: World, organization: Organization, person: Person, referral: FirstReport) -> None:
    wrong = "policy.claim_wrong_subject"
    refused(wrong, lambda: start(world, of_person(person, "T-RATE")))
    refused(wrong, lambda: start(world, of_person(person, "T-REFERRAL")))
    refused(wrong, lambda: start(world, NewClaim(None, "T-PERSON", about=about(referral))))
    refused(wrong, lambda: start(world, NewClaim(organization, "T-PERSON")))
    with pytest.raises(RefusedError) as error:
        start(world, of_person(person, "T-RATE"))
    assert (error.value.refusal.params["needed"], error.value.refusal.params["given"]) == ("企业", "人员")
    whom = "policy.claim_of_whom"
    refused(whom, lambda: start(world, NewClaim(None, "T-PERSON")))
    refused(whom, lambda: start(world, NewClaim(None, "T-PERSON", about=Subject("parties.person", person.uid))))
    refused(whom, lambda: start(world, NewClaim(organization, "T-PERSON", person=person)))
    refused("policy.subject_unknown", lambda: start(world, of_person(person), "rival", outpost=world.rival))
    nobody = Subject("pipeline.first_report", "nothing")
    refused("policy.subject_unknown", lambda: start(world, NewClaim(None, "T-REFERRAL", about=nobody)))
    refused("parties.not_permitted", lambda: start(world, of_person(person), "bureau"))
    start(world, of_person(person))
    refused("policy.claim_open", lambda: start(world, of_person(person)))
    start(world, of_person(add_person(world, "张三")))


@pytest.mark.parametrize("whose", ["both", "nobody", "a person by the back door"])
def test_the_database_keeps_one_claimant(world: World, person: Person, organization: Organization, whose: str) -> None:
    claim = start(world, of_person(person))
    wrong: dict[str, Any] = {
        "both": {"organization": organization},
        "nobody": {"person": None},
        "a person by the back door": {"person": None, "about_kind": "parties.person", "about_uid": person.uid},
    }[whose]
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyClaim.objects.filter(pk=claim.pk).update(**wrong)


def test_who_sees_a_persons_claim(
    world: World, organization: Organization, person: Person, referral: FirstReport
) -> None:
    """The firm of a person does not: a person's claim is the person's."""
    world.user("own_firm", "tenant", organization=organization)
    claims = [start(world, of_person(person)), start(world, NewClaim(None, "T-REFERRAL", about=about(referral)))]
    sees = {"officer", "manager", "lead"}
    for who in (*sees, "own_firm", "rival", "bureau", "verifier", "auditor", "tenant", "admin", "rival_bureau"):
        actor = world.actor(who)
        for claim in claims:
            visible = claims_visible_to(actor, PolicyClaim.objects.all()).filter(pk=claim.pk).exists()
            assert visible == can_view_claim(actor, claim) == (who in sees), who


def test_policy_work_alone_does_not_open_persons(world: World, person: Person, referral: FirstReport) -> None:
    claim = start(world, of_person(person))
    referred = start(world, NewClaim(None, "T-REFERRAL", about=about(referral)))
    officer = world.actor("officer")
    without = frozenset({"party.view", "project.view"})
    narrow = replace(
        officer,
        grants=tuple(replace(each, permissions=frozenset(each.permissions) - without) for each in officer.grants),
    )
    assert list(claims_visible_to(narrow, PolicyClaim.objects.all())) == [referred]
    assert (can_view_claim(narrow, claim), can_view_claim(narrow, referred)) == (False, True)
    assert REFERRER not in claimants_of(narrow, [referred])[referred.pk], (
        "who does not see the referral reads it masked"
    )
    named = claimants_of(officer, [claim, referred])
    assert named[claim.pk] == NAME
    assert REFERRER in named[referred.pk]


def test_they_are_found_by_name_by_those_who_may_read_it(world: World, person: Person, referral: FirstReport) -> None:
    claim = start(world, of_person(person))
    referred = start(world, NewClaim(None, "T-REFERRAL", about=about(referral)))
    actor = world.actor("officer")
    assert list(list_claims(actor, ClaimFilter(words="小明"))) == [claim]
    assert list(list_claims(actor, ClaimFilter(words=REFERRER))) == [referred]
    assert not list_claims(world.actor("rival"), ClaimFilter(words="小明"))


def test_the_home_side_reads_reported_ones_without_the_name(
    world: World, person: Person, referral: FirstReport
) -> None:
    claims = [start(world, of_person(person)), start(world, NewClaim(None, "T-REFERRAL", about=about(referral)))]
    for claim in claims:
        see(world, claim, S.SUBMITTED, acceptance_number="1")
    bureau = world.actor("bureau")
    assert (list(reported_claims(bureau)), count_unreported_claims(bureau)) == ([], 2)
    Project.objects.filter(pk=referral.project_id).update(reported_at=world.now)
    assert [each.pk for each in reported_claims(bureau)] == [claims[1].pk]
    add_party(project=referral.project, party=person, role=PartyRole.TEAM)
    shown = list(reported_claims(bureau))
    assert {each.pk for each in shown} == {each.pk for each in claims}
    assert not any(NAME in each.claimant or REFERRER in each.claimant for each in shown)
    assert not reported_claims(world.actor("rival_bureau")).exists()
