"""Two persons publish: what one proposes another decides, and nothing that is wrong gets in."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from feidi.engines.findings import RefusedError
from feidi.kernel.content import proposing
from feidi.kernel.content.library import library
from feidi.kernel.content.models import ContentProposal, ContentRevision
from feidi.kernel.content.parsing import digest_of

pytestmark = pytest.mark.django_db

PLACE, PATH = "yunxi", "enclave/targets.yaml"


def _text() -> str:
    return proposing.published_text(PLACE, PATH)


def _propose(world: Any, role: str = "lead", **given: Any) -> ContentProposal:
    text = given.pop("body", _text() + "# 复核过\n")
    return proposing.propose_content(
        actor=world.actor(role),
        now=given.pop("now", world.now),
        place=given.pop("place", PLACE),
        path=given.pop("path", PATH),
        body=text,
        base_sha256=given.pop("base", digest_of(_text())),
        note=given.pop("note", "按年初会议调整"),
    )


def _code(raised: pytest.ExceptionInfo[RefusedError]) -> str:
    return raised.value.refusal.code


def test_what_one_proposes_the_other_publishes(world: Any) -> None:
    proposal = _propose(world)
    assert _text() != proposal.body
    later = world.now + timedelta(hours=3)
    done = proposing.approve_proposal(actor=world.actor("bureau"), now=later, proposal=proposal)
    assert _text() == proposal.body
    revision = ContentRevision.objects.get(place=PLACE, path=PATH, superseded_at__isnull=True)
    assert done.revision == revision
    assert (revision.proposed_by, revision.approved_by) == (
        world.actor("lead").label,
        world.actor("bureau").label,
    )
    assert library().read(PLACE, PATH, on=None).sha256 == proposal.sha256


def test_nobody_decides_their_own(world: Any) -> None:
    proposal = _propose(world, "bureau")
    for verb in (proposing.approve_proposal, proposing.return_proposal):
        more = {"reason": "不对"} if verb is proposing.return_proposal else {}
        with pytest.raises(RefusedError) as raised:
            verb(actor=world.actor("bureau"), now=world.now, proposal=proposal, **more)
        assert _code(raised) == "content.proposer_decides"
    with pytest.raises(IntegrityError), transaction.atomic():
        ContentProposal.objects.filter(pk=proposal.pk).update(
            state="returned", decided_at=world.now, decider_id=proposal.proposer_id
        )


def test_who_may_propose_and_decide(world: Any) -> None:
    for stranger in ("officer", "verifier", "auditor"):
        with pytest.raises(RefusedError) as raised:
            _propose(world, stranger)
        assert _code(raised) == "content.may_not_propose"
    proposal = _propose(world)
    for stranger in ("officer", "verifier"):
        with pytest.raises(RefusedError) as raised:
            proposing.approve_proposal(actor=world.actor(stranger), now=world.now, proposal=proposal)
        assert _code(raised) == "content.may_not_approve"
        assert not proposing.visible_to(world.actor(stranger), ContentProposal.objects.all()).exists()
    for reader in ("lead", "bureau", "admin"):
        assert proposing.can_view(world.actor(reader), proposal)
        assert list(proposing.visible_to(world.actor(reader), ContentProposal.objects.all())) == [proposal]


def test_content_shared_by_two_homes_is_decided_by_the_installation(world: Any) -> None:
    """The two homes of the world share the host and the country: neither changes that for the other."""
    text = proposing.published_text("cn", "enclave/titles.yaml")
    proposal = _propose(world, place="cn", path="enclave/titles.yaml", body=text + "# 核对\n", base=digest_of(text))
    with pytest.raises(RefusedError) as raised:
        proposing.approve_proposal(actor=world.actor("bureau"), now=world.now, proposal=proposal)
    assert _code(raised) == "content.may_not_approve"
    proposing.approve_proposal(actor=world.actor("admin"), now=world.now, proposal=proposal)
    assert proposing.published_text("cn", "enclave/titles.yaml").endswith("# 核对\n")


def test_a_fault_is_refused_with_its_line_and_nothing_is_kept(world: Any) -> None:
    with pytest.raises(RefusedError) as raised:
        _propose(world, body=_text().replace("source:", "sauce:", 1))
    assert _code(raised) == "content.proposal_unusable"
    codes = {each.code for each in raised.value.refusal.reasons}
    assert {"content.key_unknown", "content.key_missing"} <= codes
    assert all(each.params["file"] == f"{PLACE}/{PATH}" for each in raised.value.refusal.reasons)
    assert not ContentProposal.objects.exists()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"note": "  "}, "content.proposal_without_note"),
        ({"base": "0" * 64}, "content.published_meanwhile"),
        ({"body": None}, "content.proposal_changes_nothing"),
    ],
)
def test_refusals(world: Any, given: dict[str, Any], code: str) -> None:
    if "body" in given:
        given = {"body": _text()}
    with pytest.raises(RefusedError) as raised:
        _propose(world, **given)
    assert _code(raised) == code


def test_one_open_proposal_for_a_file(world: Any) -> None:
    proposal = _propose(world)
    with pytest.raises(RefusedError) as raised:
        _propose(world, "bureau")
    assert _code(raised) == "content.proposal_open_already"
    with pytest.raises(RefusedError) as raised:
        proposing.withdraw_proposal(actor=world.actor("bureau"), now=world.now, proposal=proposal)
    assert _code(raised) == "content.proposal_of_another"
    proposing.withdraw_proposal(actor=world.actor("lead"), now=world.now, proposal=proposal)
    again = _propose(world, "bureau")
    with pytest.raises(RefusedError) as raised:
        proposing.approve_proposal(actor=world.actor("admin"), now=world.now, proposal=proposal)
    assert _code(raised) == "content.proposal_decided"
    proposing.return_proposal(actor=world.actor("admin"), now=world.now, proposal=again, reason="请写明会议日期")
    again.refresh_from_db()
    assert (again.state, again.reason) == ("returned", "请写明会议日期")


def test_a_publication_in_between_is_seen(world: Any) -> None:
    """Two texts written from one revision: the second is not published over the first."""
    proposal = _propose(world)
    ContentProposal.objects.filter(pk=proposal.pk).update(base_sha256="0" * 64)
    with pytest.raises(RefusedError) as raised:
        proposing.approve_proposal(actor=world.actor("bureau"), now=world.now, proposal=proposal)
    assert _code(raised) == "content.published_meanwhile"


def test_a_proposal_for_later_leaves_today_alone(world: Any) -> None:
    today = library().read(PLACE, PATH, on=world.now.date())
    body = _text().replace(f"valid_from: {today.valid_from}", "valid_from: 2027-01-01")
    assert body != _text()
    proposal = _propose(world, body=body)
    proposing.approve_proposal(actor=world.actor("bureau"), now=world.now, proposal=proposal)
    assert library().read(PLACE, PATH, on=world.now.date()).sha256 == today.sha256
    assert library().read(PLACE, PATH, on=date(2027, 1, 2)).sha256 == proposal.sha256


def test_nothing_is_forgotten_in_the_trail(world: Any, now: datetime) -> None:
    from feidi.kernel.audit.models import AuditEntry

    proposal = _propose(world)
    proposing.approve_proposal(actor=world.actor("bureau"), now=now, proposal=proposal)
    actions = AuditEntry.objects.filter(subject_uid=proposal.uid).order_by("seq").values_list("action", flat=True)
    assert list(actions) == ["created", "approved"]
