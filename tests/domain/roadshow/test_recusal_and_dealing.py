"""Judges tied to a project stand aside before anybody has to say so; projects are dealt evenly, never past a recusal."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from feidi.domain.parties.enums import RelationKind
from feidi.domain.parties.models import Organization, OrganizationRelation
from feidi.domain.pipeline.enums import PartyRole
from feidi.domain.pipeline.models import ProjectParty
from feidi.domain.pipeline.selectors import ties
from feidi.domain.roadshow.models import Assignment, Judge, Recusal, Sheet
from feidi.domain.roadshow.roadshow_enums import RecusalGround, RoundPhase, SheetState
from feidi.domain.roadshow.selectors.roadshow_conflicts import conflict_of
from feidi.domain.roadshow.services.dealing import assign_judge, deal_round
from feidi.domain.roadshow.services.judges import NewJudge, ask_judge, judge_of_token, remove_judge, renew_link
from feidi.domain.roadshow.services.phases import step_round
from feidi.domain.roadshow.services.recusing import declare_interests, lift_recusal, point_out
from feidi.domain.roadshow.services.shows import add_round
from feidi.engines.findings import RefusedError
from feidi.kernel.audit.verify import verify
from feidi.kernel.notify.models import Mail
from tests.support.roadshows import (
    act,
    entered,
    judge_of,
    projects_of,
    round_of,
    scored,
    show_of,
    stepped,
)
from tests.support.world import World

pytestmark = pytest.mark.django_db


def refused(code: str) -> Any:
    return pytest.raises(RefusedError, match=code)


def firm(world: World, name: str) -> Organization:
    return Organization.objects.create(name=name, name_folded=name, created_at=world.now)


def test_what_is_on_record_is_found_with_its_reason(world: World) -> None:
    show = show_of(world)
    round_ = round_of(world, show)
    mine, other, owned = projects_of(world, ["甲光", "乙材", "丙药"])
    sponsor = ProjectParty.objects.get(project=mine, role=PartyRole.SPONSOR).organization
    fund, mother = firm(world, "云溪基金"), firm(world, "乙材集团")
    ProjectParty.objects.create(project=other, organization=fund, role=PartyRole.INVESTOR)
    second = ProjectParty.objects.get(project=other, role=PartyRole.SPONSOR).organization
    assert sponsor is not None
    assert second is not None
    OrganizationRelation.objects.create(
        source=second, target=mother, kind=RelationKind.SUBSIDIARY_OF, outpost=world.outpost
    )
    entries = {each.project.name: each for each in entered(world, round_, [mine, other, owned])}
    staff = judge_of(world, show, "甲光的人", works_for=sponsor)
    investor = judge_of(world, show, "基金的人", works_for=fund)
    related = judge_of(world, show, "集团的人", works_for=mother)
    owner, _token = ask_judge(**act(world), show=show, new=NewJudge(user=world.users["officer"]))
    free = judge_of(world, show, "局外人")
    found = {(each.judge_id, each.entry_id): each for each in Recusal.objects.all()}
    assert found[staff.pk, entries["甲光"].pk].ground == RecusalGround.MEMBER
    assert "甲光科技有限公司" in found[staff.pk, entries["甲光"].pk].reason
    assert found[investor.pk, entries["乙材"].pk].ground == RecusalGround.INVESTOR
    assert found[related.pk, entries["乙材"].pk].ground == RecusalGround.RELATION
    assert {found[owner.pk, each.pk].ground for each in entries.values()} == {RecusalGround.OWNER}
    assert not any(judge == free.pk for judge, _entry in found)
    assert all(each.found for each in found.values())
    with refused(r"roadshow\.recusal_stands"):
        lift_recusal(**act(world), recusal=found[staff.pk, entries["甲光"].pk], reason="领导说可以")
    verify()


def test_a_tie_that_an_app_above_knows(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        ties, "_SOURCES", [lambda _user, _persons, project: ["是导师"] if project.name == "甲光" else []]
    )
    show = show_of(world)
    entries = entered(world, round_of(world, show), projects_of(world, ["甲光", "乙材"]))
    judge = judge_of(world, show, "张评委")
    first, second = (conflict_of(judge, each) for each in entries)
    assert first is not None
    assert (first.ground, second) == (RecusalGround.MENTOR, None)


def test_entries_added_later_and_what_is_declared(world: World) -> None:
    show = show_of(world)
    round_ = round_of(world, show)
    mine, other = projects_of(world, ["甲光", "乙材"])
    sponsor = ProjectParty.objects.get(project=mine, role=PartyRole.SPONSOR).organization
    judge = judge_of(world, show, "甲光的人", works_for=sponsor)
    first, second = entered(world, round_, [mine, other])
    assert Recusal.objects.get(judge=judge).entry == first
    with refused(r"roadshow\.interest_words_needed"):
        declare_interests(**act(world), judge=judge, interests={second: " "})
    declare_interests(**act(world), judge=judge, interests={second: "曾任其顾问", first: "同上"})
    judge.refresh_from_db()
    assert judge.declared_at is not None
    assert {each.ground for each in Recusal.objects.filter(judge=judge)} == {
        RecusalGround.MEMBER,
        RecusalGround.DECLARED,
    }
    declared = Recusal.objects.get(judge=judge, ground=RecusalGround.DECLARED)
    lift_recusal(**act(world), recusal=declared, reason="本人更正：是同名的另一家")
    with refused(r"roadshow\.judge_recused"):
        point_out(**act(world), judge=judge, entry=first, reason="亲属")


def test_dealt_evenly_and_never_past_a_recusal(world: World) -> None:
    show = show_of(world)
    round_ = round_of(world, show)
    names = ["甲光", "乙材", "丙药", "丁能", "戊芯", "己声"]
    projects = projects_of(world, names)
    entries = entered(world, round_, projects)
    sponsor = ProjectParty.objects.get(project=projects[0], role=PartyRole.SPONSOR).organization
    tied = judge_of(world, show, "甲光的人", works_for=sponsor)
    for name in ("张评委", "王评委", "李评委", "赵评委"):
        judge_of(world, show, name)
    assert deal_round(**act(world), round_=round_) == ()
    seats = Assignment.objects.filter(voided_at__isnull=True)
    assert set(Counter(seats.values_list("entry_id", flat=True)).values()) == {3}
    loads = Counter(seats.values_list("judge_id", flat=True))
    assert max(loads.values()) - min(loads.values()) <= 1
    assert not seats.filter(judge=tied, entry=entries[0]).exists()
    with refused(r"roadshow\.judge_recused"):
        assign_judge(**act(world), judge=tied, entry=entries[0], reason="缺人")
    deal_round(**act(world), round_=round_)
    assert Assignment.objects.filter(voided_at__isnull=False, void_reason="重新分配").count() == 18


def test_too_few_judges_are_told_by_name(world: World) -> None:
    show = show_of(world)
    round_ = round_of(world, show)
    entered(world, round_, projects_of(world, ["甲光"]))
    for name in ("张评委", "王评委"):
        judge_of(world, show, name)
    told = deal_round(**act(world), round_=round_)
    assert told[0].params == {"project": "甲光", "got": 2, "needed": 3}
    with refused(r"roadshow\.phase_not_yet") as caught:
        step_round(**act(world), round_=round_, to=RoundPhase.DECLARING)
    assert [each.code for each in caught.value.refusal.reasons] == ["roadshow.judges_short"]


def test_stepping_aside_after_scoring_keeps_the_sheet_and_counts_it_not(world: World) -> None:
    show = show_of(world)
    round_ = round_of(world, show)
    (entry,) = entered(world, round_, projects_of(world, ["甲光"]))
    judges = [judge_of(world, show, name) for name in ("张评委", "王评委", "李评委", "赵评委")]
    round_ = stepped(world, round_, RoundPhase.SCORING)
    seat = Assignment.objects.filter(voided_at__isnull=True).select_related("judge__roadshow__outpost").first()
    assert seat is not None
    entry.refresh_from_db()
    scored(world, entry, seat.judge, 80)
    with refused(r"roadshow\.judge_has_scored"):
        remove_judge(**act(world), judge=seat.judge, reason="换人")
    point_out(**act(world), judge=seat.judge, entry=entry, reason="会后得知是亲属")
    assert Sheet.objects.get(judge=seat.judge).state == SheetState.SET_ASIDE
    with refused(r"roadshow\.judge_recused"):
        scored(world, entry, seat.judge, 80, nonce="again", base=1)
    with refused(r"roadshow\.phase_not_yet"):
        step_round(**act(world), round_=round_, to=RoundPhase.CLOSED)
    spare = next(each for each in judges if not Assignment.objects.filter(judge=each).exists())
    assign_judge(**act(world), judge=spare, entry=entry, reason="补一位")


def test_links_are_good_once_and_until_their_day(world: World) -> None:
    show = show_of(world)
    judge, token = ask_judge(**act(world), show=show, new=NewJudge("张评委", mail="zhang@example.cn"))
    assert judge_of_token(token, world.now) == judge
    assert Mail.objects.count() == 1
    with refused(r"roadshow\.judge_twice"):
        ask_judge(**act(world), show=show, new=NewJudge("张评委"))
    fresh = renew_link(**act(world), judge=judge)
    with refused(r"roadshow\.link_closed"):
        judge_of_token(token, world.now)
    with refused(r"roadshow\.link_closed"):
        judge_of_token(fresh, world.now + timedelta(days=15))
    remove_judge(**act(world), judge=Judge.objects.get(pk=judge.pk), reason="来不了")
    with refused(r"roadshow\.link_closed"):
        judge_of_token(fresh, world.now)


def test_an_unknown_format_and_strangers_are_refused(world: World) -> None:
    show = show_of(world)
    with refused(r"roadshow\.format_unknown"):
        round_of(world, show, "dice")
    for role in ("rival", "bureau", "tenant", "auditor"):
        with refused(r"parties\.not_permitted"):
            add_round(**act(world, role), show=show, format_code="first_8_7")
