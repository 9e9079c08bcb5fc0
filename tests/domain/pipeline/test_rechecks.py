"""Yearly re-verification: rows on anniversaries, a link per township, the home side confirms, retention from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from feidi.domain.pipeline.enums import LandingState, RecheckAnswer, Stage, Track
from feidi.domain.pipeline.models import LandingCase, LandingRecheck, Project, RecheckRound
from feidi.domain.pipeline.selectors.rechecks import (
    Due,
    Kept,
    RecheckFilter,
    anniversary,
    askable,
    due_state,
    list_rechecks,
    retention,
    round_of_token,
    token_digest,
)
from feidi.domain.pipeline.services.conditions import lay_condition
from feidi.domain.pipeline.services.landing import decide_item, revoke_landing, submit_landing, verify_landing
from feidi.domain.pipeline.services.rechecks import (
    SUBMISSIONS,
    Answered,
    answer_round,
    confirm_recheck,
    open_round,
    plan_missing,
    renew_link,
    revoke_round,
)
from feidi.engines.findings import RefusedError
from feidi.kernel.access import schedule_actor
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.audit.verify import verify
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.messages import known_codes
from tests.support.world import World

pytestmark = pytest.mark.django_db


def codes(error: pytest.ExceptionInfo[RefusedError]) -> list[str]:
    """Return the code of a refusal; it has words."""
    assert error.value.refusal.code in known_codes(), "a refusal without words"
    return [error.value.refusal.code]


def landed(world: World) -> LandingCase:
    """A landing taken through every step, so that the rows come from the verification itself."""
    project = world.to_signed(world.lead())
    case = world.landing_case(project)
    world.advance(project, Stage.PREPARING, Stage.REGISTERED, track=Track.HOME)
    case = submit_landing(actor=world.actor("officer"), now=world.now, case=case)
    for item in EvidenceItem.objects.filter(requirement__subject_uid=project.uid, state="submitted"):
        decide_item(actor=world.actor("verifier"), now=world.now, case=case, item=item, accept=True)
    return verify_landing(actor=world.actor("verifier"), now=world.now, case=case)


def older(world: World, name: str, verified_on: date, **more: Any) -> LandingCase:
    """A landing verified before there were yearly rows, reported as every landing is."""
    project = world.lead(name, f"{name}有限公司")
    Project.objects.filter(pk=project.pk).update(reported_at=world.now)
    project.refresh_from_db(fields=["reported_at"])
    return LandingCase.objects.create(
        project=project,
        state=LandingState.VERIFIED,
        home_entity=f"云溪{name}有限公司",
        content_sha256="0" * 64,
        signals={"address": f"云溪科创路{name}号"},
        verified_on=verified_on,
        decided_at=world.now,
        created_at=world.now,
        **more,
    )


def later(world: World, **delta: Any) -> World:
    return replace(world, now=world.now + timedelta(**delta))


def test_from_the_verification_to_the_anniversary(world: World) -> None:
    case = landed(world)
    rows = list(case.rechecks.order_by("n"))
    assert [(row.n, row.due_on) for row in rows] == [(n, date(2026 + n, 11, 23)) for n in range(1, 6)]
    assert anniversary(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert plan_missing(actor=schedule_actor("pipeline.recheck_rows"), now=world.now) == 0

    then = later(world, days=366)
    lead, bureau, today = then.actor("lead"), then.actor("bureau"), then.now.date()
    assert [due_state(row, today) for row in list_rechecks(bureau, RecheckFilter(show="due"), today)] == [Due.TO_ASK]
    ask: dict[str, Any] = {"outpost": world.outpost, "year": 2027, "township": "石湾镇（演示）", "rechecks": rows[:1]}
    for who in ("officer", "rival_bureau", "tenant"):
        with pytest.raises(RefusedError) as error:
            open_round(actor=then.actor(who), now=then.now, **ask)
        assert codes(error) == ["parties.not_permitted"]
    round_, token = open_round(actor=lead, now=then.now, contact="联络员", **ask)
    assert token not in str(RecheckRound.objects.filter(pk=round_.pk).values())
    assert round_.token_sha256 == token_digest(token)
    assert not any(round_.token_sha256 in str(each.state) for each in AuditEntry.objects.all())
    with pytest.raises(RefusedError) as error:
        open_round(actor=lead, now=then.now, **ask)
    assert codes(error) == ["pipeline.recheck_round_open"]

    said = {
        rows[0].uid: Answered(RecheckAnswer.GONE, "门已锁"),
        rows[1].uid: Answered(RecheckAnswer.THERE),
        "x": Answered(RecheckAnswer.THERE),
    }
    assert answer_round(now=then.now, token=token, answers=said, answered_by="李") == 1, "only firms of this round"
    row = LandingRecheck.objects.get(pk=rows[0].pk)
    assert (row.answer, row.answer_note, LandingRecheck.objects.get(pk=rows[1].pk).answer) == ("gone", "门已锁", "")
    entry = AuditEntry.objects.filter(subject_uid=row.uid, action="answered").select_related("link").get()
    assert (entry.link.actor_kind, entry.link.actor_label) == ("anonymous", "镇街复核：石湾镇（演示） 2027")
    assert due_state(row, today) == Due.TO_CONFIRM

    with pytest.raises(RefusedError) as error:
        confirm_recheck(actor=lead, now=then.now, recheck=row, answer=RecheckAnswer.GONE)
    assert codes(error) == ["parties.not_permitted"], "the operator asks, the home side confirms"
    row = confirm_recheck(actor=bureau, now=then.now, recheck=row, answer=RecheckAnswer.GONE, note="已电话核实")
    assert due_state(LandingRecheck.objects.select_related("case").get(pk=row.pk), today) == Due.SUGGEST_REVOKE
    assert [each.pk for each in list_rechecks(bureau, RecheckFilter(show=Due.SUGGEST_REVOKE), today)] == [row.pk]
    with pytest.raises(RefusedError) as error:
        answer_round(now=then.now, token=token, answers={row.uid: Answered(RecheckAnswer.THERE)})
    assert codes(error) == ["pipeline.recheck_already_confirmed"]
    assert LandingCase.objects.get(pk=case.pk).state == LandingState.VERIFIED, "suggested, not done"
    revoke_landing(actor=then.actor("verifier"), now=then.now, case=row.case, reason="迁出")
    assert due_state(LandingRecheck.objects.select_related("case").get(pk=row.pk), today) == Due.CONFIRMED
    assert verify().faults == ()


def test_a_link_ends_is_renewed_and_revoked_and_is_not_flooded(world: World) -> None:
    case = older(world, "甲", date(2025, 11, 20))
    assert plan_missing(actor=schedule_actor("pipeline.recheck_rows"), now=world.now) == 5
    lead, today = world.actor("lead"), world.now.date()
    rows = list(askable(world.outpost, 2026))
    assert [row.case for row in rows] == [case]
    round_, token = open_round(
        actor=lead, now=world.now, outpost=world.outpost, year=2026, township="张槎（演示）", rechecks=rows
    )
    assert (round_.expires_on, list(askable(world.outpost, 2026))) == (today + timedelta(days=30), [])
    there = {rows[0].uid: Answered(RecheckAnswer.THERE)}
    after = later(world, days=31)
    for moment, what in ((after.now, token), (world.now, token + "x"), (world.now, "")):
        with pytest.raises(RefusedError) as error:
            answer_round(now=moment, token=what, answers=there)
        assert codes(error) == ["pipeline.recheck_link_closed"]
    with pytest.raises(RefusedError) as error:
        answer_round(now=world.now, token=token, answers={})
    assert codes(error) == ["pipeline.recheck_no_answer"]
    round_, fresh = renew_link(actor=lead, now=after.now, round_=round_)
    with pytest.raises(RefusedError) as error:
        round_of_token(token, after.now)
    assert codes(error) == ["pipeline.recheck_link_closed"]
    for nth in range(SUBMISSIONS):
        note = Answered(RecheckAnswer.THERE, f"第{nth}次")
        answer_round(now=after.now, token=fresh, answers={rows[0].uid: note})
    with pytest.raises(RefusedError) as error:
        answer_round(now=after.now, token=fresh, answers=there)
    assert codes(error) == ["pipeline.recheck_too_often"]
    assert answer_round(now=later(after, minutes=11).now, token=fresh, answers=there) == 1
    revoke_round(actor=world.actor("verifier"), now=after.now, round_=round_, reason="发错了镇街")
    with pytest.raises(RefusedError) as error:
        round_of_token(fresh, after.now)
    assert codes(error) == ["pipeline.recheck_link_closed"]
    assert list(askable(world.outpost, 2026)) == rows, "what was answered stays; it can be asked again"


def test_retention_keeps_what_is_not_known_apart(world: World) -> None:
    as_of, bureau = world.now.date(), world.actor("bureau")
    cases = {
        name: older(world, name, date(2025, 10, 20))
        for name in ("在", "不在", "不清楚", "没答", "注销", "撤销", "材料假")
    }
    older(world, "未满一年", date(2025, 11, 24))
    old = older(world, "很久以前", date(2022, 1, 10))
    plan_missing(actor=schedule_actor("pipeline.recheck_rows"), now=world.now)

    def confirm(case: LandingCase, answer: RecheckAnswer) -> None:
        row = case.rechecks.get(n=1)
        confirm_recheck(actor=bureau, now=world.now, recheck=row, answer=answer)

    confirm(cases["在"], RecheckAnswer.THERE)
    confirm(cases["不在"], RecheckAnswer.GONE)
    confirm(cases["不清楚"], RecheckAnswer.UNCLEAR)
    confirm(old, RecheckAnswer.THERE)
    old.rechecks.filter(n=1).update(confirmed_on=date(2023, 1, 12))
    lay_condition(
        actor=world.actor("officer"), now=world.now, project=cases["注销"].project, code="deregistered", reason="注销"
    )
    for name, reason in (("撤销", "迁出：已搬回原址"), ("材料假", "材料不实：合同系伪造")):
        revoke_landing(actor=world.actor("verifier"), now=world.now, case=cases[name], reason=reason)

    found = retention(world.outpost, as_of)
    assert {row.case.project.name: row.kept for row in found.rows} == {
        "在": Kept.THERE,
        "不在": Kept.GONE,
        "不清楚": Kept.UNKNOWN,
        "没答": Kept.UNKNOWN,
        "注销": Kept.GONE,
        "撤销": Kept.GONE,
        "很久以前": Kept.UNKNOWN,
    }, "an answer of years ago is not known today; untrue papers never were a landing"
    assert (found.numerator, found.denominator, found.unknown) == (1, 7, 3)
    earlier = retention(world.outpost, as_of - timedelta(days=1))
    assert (earlier.numerator, earlier.unknown, earlier.denominator) == (0, 7, 7), "as it was known then"
    assert retention(world.rival, as_of).denominator == 0
