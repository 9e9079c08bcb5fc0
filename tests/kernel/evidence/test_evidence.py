"""Requirements, items, and who may decide on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from feidi.engines.findings import RefusedError
from feidi.engines.money import Money
from feidi.kernel.access import ANONYMOUS, schedule_actor
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.evidence.access import can_view, visible_to
from feidi.kernel.evidence.enums import ItemState
from feidi.kernel.evidence.models import EvidenceItem, EvidenceRequirement
from feidi.kernel.evidence.selectors import (
    count_accepted,
    get_item,
    get_requirement,
    list_waiting,
    state_of,
    states_of_many,
)
from feidi.kernel.evidence.services import (
    RequirementSpec,
    accept_item,
    require,
    return_item,
    submit_item,
    withdraw_item,
)
from feidi.kernel.files.services import store_upload, void_file
from feidi.kernel.messages import fix_of, text_of
from tests.kernel.files import builders, hosts
from tests.kernel.files.hosts import NOW
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db
LICENCE = RequirementSpec("licence", "营业执照", "Business licence")
MONEY = RequirementSpec("money", "资金证明", "Proof of money", 2)


@pytest.fixture
def host():
    return hosts.make_user("项目")


@pytest.fixture
def submitter(host):
    return hosts.make_actor(host)


@pytest.fixture
def reviewer(host):
    return hosts.make_actor(host)


@pytest.fixture
def needs(host, submitter):
    return require(actor=submitter, now=NOW, subject=hosts.subject_of(host), purpose="landing", kinds=[LICENCE, MONEY])


@pytest.fixture
def item(needs, submitter):
    return submit_item(actor=submitter, now=NOW, requirement=needs[0], record="登记号 91440000")


def _refusal(call):
    with pytest.raises(RefusedError) as refused:
        call()
    refusal = refused.value.refusal
    assert "{" not in text_of(refusal) + fix_of(refusal), text_of(refusal)
    return refusal


def test_requiring_twice_changes_nothing(host, submitter, needs):
    entries = AuditEntry.objects.count()
    again = require(actor=submitter, now=NOW, subject=hosts.subject_of(host), purpose="landing", kinds=[MONEY, LICENCE])
    assert again == [needs[1], needs[0]]
    assert (EvidenceRequirement.objects.count(), AuditEntry.objects.count()) == (2, entries)


def test_a_new_count_is_taken_over_and_others_stay(host, submitter, needs):
    spec = replace(LICENCE, count=3)
    (row,) = require(actor=submitter, now=NOW, subject=hosts.subject_of(host), purpose="landing", kinds=[spec])
    assert (row.pk, row.count, row.version) == (needs[0].pk, 3, 2)
    assert EvidenceRequirement.objects.get(pk=needs[1].pk).count == 2
    assert AuditEntry.objects.get(subject_uid=row.uid, action="changed").changes["count"] == [1, 3]


def test_the_same_kind_serves_two_purposes(host, submitter, needs):
    require(actor=submitter, now=NOW, subject=hosts.subject_of(host), purpose="policy", kinds=[LICENCE])
    assert [state.needed for state in state_of(hosts.subject_of(host), "policy")] == [1]


def test_an_item_carries_what_was_handed_in(needs, submitter, host):
    file = store_upload(
        actor=submitter, now=NOW, subject=hosts.subject_of(host), name="回单.png", chunks=[builders.picture()]
    )
    item = submit_item(
        actor=submitter, now=NOW, requirement=needs[1], file=file, details={"bank": "某行"},
        occurred_on=date(2026, 11, 23), amount=Money(5_000_000_00),
    )  # fmt: skip
    kept = EvidenceItem.objects.get(pk=item.pk)
    assert (kept.file, kept.amount_fen, kept.currency, kept.details) == (file, 500_000_000, "CNY", {"bank": "某行"})
    assert (kept.submitted_by_id_number, kept.submitted_at, kept.state) == (submitter.user_id, NOW, "submitted")


def test_refused_submissions(needs, submitter, host):
    def submit(**what):
        return _refusal(lambda: submit_item(actor=submitter, now=NOW, requirement=needs[0], **what)).code

    foreign_host = hosts.make_user()
    foreign = store_upload(
        actor=hosts.make_actor(foreign_host),
        now=NOW,
        subject=hosts.subject_of(foreign_host),
        name="x.txt",
        chunks=[b"x"],
    )
    voided = store_upload(actor=submitter, now=NOW, subject=hosts.subject_of(host), name="x.txt", chunks=[b"y"])
    voided = void_file(actor=submitter, now=NOW, file=voided, reason="错")
    assert submit(record="  ") == "evidence.nothing_handed_in"
    assert submit(file=foreign) == "evidence.file_not_yours"
    assert submit(file=voided) == "evidence.file_voided"
    assert submit(record="x", occurred_on=date(2026, 11, 24)) == "evidence.date_in_future"
    assert submit(record="x", amount=Money(1, None)) == "evidence.amount_without_currency"
    assert not EvidenceItem.objects.exists()


def test_accepting_needs_somebody_else(item, submitter, reviewer, host):
    assert _refusal(lambda: accept_item(actor=submitter, now=NOW, item=item)).code == "evidence.own_item"
    assert _refusal(lambda: accept_item(actor=ANONYMOUS, now=NOW, item=item)).code == "evidence.reviewer_unknown"
    part = frozenset({reviewer.user_id})
    for decide in (
        lambda: accept_item(actor=reviewer, now=NOW, item=item, forbidden_reviewers=part),
        lambda: return_item(actor=reviewer, now=NOW, item=item, reason="x", forbidden_reviewers=part),
    ):
        assert _refusal(decide).code == "evidence.reviewer_has_part"
    # acting for somebody on paper does not make another person of the submitter
    assert (
        _refusal(lambda: accept_item(actor=submitter.for_person("某科长"), now=NOW, item=item)).code
        == "evidence.own_item"
    )
    accepted = accept_item(actor=reviewer, now=NOW, item=item)
    assert (accepted.state, accepted.reviewed_by_id_number, accepted.version) == ("accepted", reviewer.user_id, 2)
    assert count_accepted(hosts.subject_of(host)) == {"licence": 1}


def test_the_database_refuses_self_review_too(item, submitter):
    with pytest.raises(IntegrityError), transaction.atomic():
        EvidenceItem.objects.filter(pk=item.pk).update(
            state=ItemState.ACCEPTED, reviewed_at=NOW, reviewed_by_id_number=submitter.user_id
        )


def test_a_decision_is_made_once(item, reviewer, host):
    accept_item(actor=reviewer, now=NOW, item=item)
    other = hosts.make_actor(host)
    refusal = _refusal(lambda: return_item(actor=other, now=NOW, item=item, reason="晚了"))
    assert (refusal.code, refusal.params["reviewer"]) == ("evidence.already_accepted", reviewer.label)
    assert AuditEntry.objects.filter(subject_uid=item.uid).count() == 2


def test_return_replace_accept(item, needs, submitter, reviewer, host):
    subject = hosts.subject_of(host)
    assert (
        _refusal(lambda: return_item(actor=reviewer, now=NOW, item=item, reason=" ")).code
        == "evidence.return_needs_reason"
    )
    returned = return_item(actor=reviewer, now=NOW, item=item, reason="执照已过期")
    assert (returned.state, returned.return_reason) == ("returned", "执照已过期")
    assert _refusal(lambda: accept_item(actor=reviewer, now=NOW, item=item)).code == "evidence.already_returned"
    state = state_of(subject, "landing")[0]
    assert (state.accepted, state.submitted, state.returned, state.met, state.missing) == (0, 0, 1, False, 1)

    later = NOW + timedelta(days=1)
    new = submit_item(actor=submitter, now=later, requirement=needs[0], record="新执照", replaces=returned)
    state = state_of(subject, "landing")[0]
    assert (state.submitted, state.returned, state.missing, state.items) == (1, 0, 0, (returned, new))
    accept_item(actor=reviewer, now=later, item=new)
    assert state_of(subject, "landing")[0].met
    again = lambda: submit_item(actor=submitter, now=later, requirement=needs[0], record="再", replaces=returned)  # noqa: E731
    assert _refusal(again).code == "evidence.already_replaced"


def test_only_a_returned_item_of_the_same_requirement_is_replaced(item, needs, submitter, reviewer):
    def replace_it(requirement):
        return _refusal(
            lambda: submit_item(actor=submitter, now=NOW, requirement=requirement, record="x", replaces=item)
        ).code

    assert replace_it(needs[0]) == "evidence.replaces_only_returned"
    return_item(actor=reviewer, now=NOW, item=item, reason="错")
    assert replace_it(needs[1]) == "evidence.replaces_only_returned"


def test_withdrawing(item, submitter, reviewer, host):
    assert (
        _refusal(lambda: withdraw_item(actor=submitter, now=NOW, item=item, reason="")).code
        == "evidence.withdraw_needs_reason"
    )
    refusal = _refusal(lambda: withdraw_item(actor=reviewer, now=NOW, item=item, reason="x"))
    assert refusal.code == "evidence.withdraw_not_yours"
    withdraw_item(actor=submitter, now=NOW, item=item, reason="传错")
    assert state_of(hosts.subject_of(host), "landing")[0].items == ()
    assert _refusal(lambda: accept_item(actor=reviewer, now=NOW, item=item)).code == "evidence.withdrawn"
    assert (
        _refusal(lambda: withdraw_item(actor=submitter, now=NOW, item=item, reason="再")).code == "evidence.withdrawn"
    )


def test_a_decided_item_is_not_withdrawn(item, submitter, reviewer):
    accept_item(actor=reviewer, now=NOW, item=item)
    refusal = _refusal(lambda: withdraw_item(actor=submitter, now=NOW, item=item, reason="后悔"))
    assert refusal.code == "evidence.already_accepted"


def test_nobody_without_an_account_withdraws_what_nobody_submitted(needs):
    robot = schedule_actor("import")
    item = submit_item(actor=robot, now=NOW, requirement=needs[0], record="x")
    assert (
        _refusal(lambda: withdraw_item(actor=robot, now=NOW, item=item, reason="x")).code
        == "evidence.withdraw_not_yours"
    )


def test_states_of_many_cost_two_queries(item, needs, submitter, host):
    others = [hosts.make_user() for _ in range(3)]
    for each in others:
        row = require(actor=submitter, now=NOW, subject=hosts.subject_of(each), purpose="landing", kinds=[LICENCE])[0]
        submit_item(actor=submitter, now=NOW, requirement=row, record="x")
    subjects = [hosts.subject_of(each) for each in (host, *others, hosts.make_user())]
    answers = {}

    def ask():
        answers.update(states_of_many(subjects, "landing"))
        assert all(each.file is None for states in answers.values() for state in states for each in state.items)

    assert len(queries_of(ask)) == 2
    assert [len(answers[subject]) for subject in subjects] == [2, 1, 1, 1, 0]
    assert [state.submitted for state in answers[subjects[0]]] == [1, 0]


def test_who_sees_items(item, host, submitter):
    other_host = hosts.make_user()
    row = require(actor=submitter, now=NOW, subject=hosts.subject_of(other_host), purpose="landing", kinds=[LICENCE])[0]
    other = submit_item(actor=submitter, now=NOW, requirement=row, record="x")
    for actor in (submitter, hosts.make_actor(other_host), hosts.make_actor(hosts.make_user()), ANONYMOUS):
        seen = set(visible_to(actor, EvidenceItem.objects.all()))
        assert seen == {each for each in (item, other) if can_view(actor, each)}
    assert get_item(actor=submitter, uid=item.uid) == item
    assert _refusal(lambda: get_item(actor=submitter, uid=other.uid)).code == "evidence.not_found"
    assert set(visible_to(submitter, list_waiting(hosts.KIND, ["landing"]))) == {item}


def test_get_requirement(host, needs):
    subject = hosts.subject_of(host)
    assert get_requirement(subject=subject, purpose="landing", kind="licence") == needs[0]
    refusal = _refusal(lambda: get_requirement(subject=subject, purpose="landing", kind="visit"))
    assert refusal.code == "evidence.requirement_not_found"
