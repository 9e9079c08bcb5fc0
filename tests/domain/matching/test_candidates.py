"""Lists of candidates: what is found and why, who never meets, checked before it leaves, answered one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from feidi.domain.matching.enums import (
    DeclineReason,
    ListState,
    ProfileKind,
    Ripeness,
    Side,
    Verdict,
)
from feidi.domain.matching.models import CandidateList, CandidateRow, Profile, ProfileReading
from feidi.domain.matching.selectors.candidates import get_sent_list, sent_lists
from feidi.domain.matching.selectors.offers_index import forget_indexes, offers_index
from feidi.domain.matching.selectors.ranking import Ranking, asker_of, asker_of_project, rank
from feidi.domain.matching.selectors.weights import weights_in_force
from feidi.domain.matching.services.answering import Answer, answer_candidate, open_list, send_list
from feidi.domain.matching.services.candidates import check_list, make_list, void_list
from feidi.domain.matching.services.profile_blocks import block_organization
from feidi.domain.matching.services.profile_states import close_profile, pause_profile
from feidi.domain.matching.services.profiles import change_profile
from feidi.domain.matching.services.weights import set_weights
from feidi.domain.parties.services.merging import merge_organizations
from feidi.engines.affinity import PARTS
from feidi.engines.findings import RefusedError
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.audit.verify import verify
from feidi.kernel.todos.models import Todo
from tests.support.profiles import firm, in_days, make_profile
from tests.support.queries import queries_of
from tests.support.world import World

pytestmark = pytest.mark.django_db
#: The firm of the tenant of the world.
TENANT = "滨海甲检测技术有限公司"
KILN = "窑炉能耗高，辊道窑烧成温度飘移，想找做过余热回收或者燃烧控制的团队到现场看。"


@pytest.fixture(autouse=True)
def _no_index_of_another_test() -> Iterator[None]:
    forget_indexes()
    yield
    forget_indexes()


def refused(code: str, act: Any, **given: Any) -> RefusedError:
    """Assert that ``act`` refuses with ``code``."""
    with pytest.raises(RefusedError) as caught:
        act(**given)
    assert caught.value.refusal.code == code
    return caught.value


def kiln_need(world: World, **facts: Any) -> Profile:
    return make_profile(
        world, Side.NEED, **{"title": "窑炉节能改造", "masked_text": KILN, "owner": "云溪窑业有限公司", **facts}
    )


def kiln_offer(world: World, owner: str = "滨海热工研究所", **facts: Any) -> Profile:
    given = {
        "title": "辊道窑余热回收",
        "masked_text": "为三条辊道窑做过余热回收和燃烧控制，单位能耗降了12%。在线监测烧成温度。",
    }
    return make_profile(world, Side.OFFER, **{**given, "owner": owner, **facts})


def ranked(profile: Profile, world: World, **given: Any) -> Ranking:
    weights = weights_in_force(profile.outpost).weights
    return rank(asker_of(profile), weights=weights, today=world.now.date(), **given)


def numbers(ranking: Ranking) -> list[str]:
    return [each.profile.number for each in ranking.found]


def test_the_best_offer_comes_first_with_its_reasons_and_what_is_to_be_asked(world: World) -> None:
    need = kiln_need(world)
    best = kiln_offer(world)
    make_profile(
        world,
        Side.OFFER,
        title="医用试剂",
        masked_text="体外诊断试剂盒代工，有洁净车间和注册经验。",
        owner="滨海丙公司",
    )
    found = ranked(need, world)
    first = found.found[0]
    assert first.profile == best
    assert sum(first.candidate.parts.values()) == pytest.approx(first.candidate.score, abs=1e-6)
    assert set(first.candidate.parts) <= set(PARTS)
    assert any("余热回收" in word.text for word in first.candidate.words)
    assert first.candidate.sentence in best.masked_text
    assert "exclusive_until" in first.candidate.missing, (
        "nobody has said whether it is bound: it is asked, not left out"
    )
    assert found.searched == 2
    assert not found.asker.thin


def test_a_fact_that_fails_is_a_near_miss_with_the_smallest_change(world: World) -> None:
    need = kiln_need(world, amount_lo_fen=100_000_00, amount_hi_fen=200_000_00, currency="CNY")
    dear = kiln_offer(world, amount_lo_fen=300_000_00, amount_hi_fen=400_000_00, currency="CNY")
    found = ranked(need, world)
    assert not found.found
    near = found.near[0]
    assert (near.profile, near.miss.failed.check) == (dear, "ticket")
    change = near.miss.failed.change
    assert change is not None
    assert (change.side, change.to) == ("need", "100000–300000 CNY")


def test_kinds_follow_the_content_of_the_place(world: World) -> None:
    need = kiln_need(world, kind=ProfileKind.CAPITAL)
    fund = kiln_offer(world, kind=ProfileKind.CAPITAL, title="硬科技基金", owner="滨海基金")
    kiln_offer(world, owner="滨海甲所")
    assert numbers(ranked(need, world)) == [fund.number]
    # one of another kind is something else, however near its words are
    assert not ranked(need, world).near


def test_a_changed_offer_is_found_by_the_next_question_and_only_it_is_read_again(world: World) -> None:
    need = kiln_need(world)
    offers = [kiln_offer(world, f"滨海{n}所", masked_text=f"第{n}号热工团队，做窑炉燃烧控制。") for n in range(4)]
    assert len(ranked(need, world, top=9).found) == 4
    change_profile(
        actor=world.actor("officer"), now=world.now, profile=offers[2], version=offers[2].version,
        values={"masked_text": "改成做喷墨打印，不做窑炉。"}, masked_seen=True,
    )  # fmt: skip
    found = ranked(need, world, top=9)
    assert next(each for each in found.found if each.profile == offers[2]).candidate.sentence.startswith("改成做喷墨")
    pause_profile(actor=world.actor("officer"), now=world.now, profile=offers[0], reason="出差")
    again = queries_of(lambda: offers_index(world.outpost, Side.OFFER))
    assert offers[0].number not in numbers(ranked(need, world, top=9))
    assert len(again) <= 5
    assert len(queries_of(lambda: offers_index(world.outpost, Side.OFFER))) == 2, "nothing changed: the stamp alone"
    fresh = kiln_offer(world, "滨海新所")
    assert fresh.number in numbers(ranked(need, world, top=9))


def test_the_rival_outposts_profiles_are_never_searched(world: World) -> None:
    need = kiln_need(world)
    kiln_offer(world, "对手所", outpost=world.rival, by="rival")
    assert ranked(need, world).searched == 0


def test_own_and_blocked_firms_never_stand_in_a_list_in_either_direction(world: World) -> None:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    need = kiln_need(world)
    own = kiln_offer(world, "云溪窑业有限公司")
    rival_offer = kiln_offer(world, "云溪竞品窑炉有限公司")
    fair = kiln_offer(world)
    assert own.number not in numbers(ranked(need, world))
    block_organization(profile=need, organization=firm(world, "云溪竞品窑炉有限公司"), **act)
    assert numbers(ranked(need, world)) == [fair.number]
    assert need.number not in numbers(ranked(rival_offer, world)), "and the blocked firm's offer does not find the need"
    # the offer keeps the asking firm away: as strict the other way round
    block_organization(profile=fair, organization=firm(world, "云溪窑业有限公司"), **act)
    assert not ranked(need, world).found
    assert not [each for each in ranked(need, world).near if each.profile in (own, rival_offer, fair)]


def test_a_block_follows_the_firm_into_what_it_was_merged_with_and_into_its_projects(world: World) -> None:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    need = kiln_need(world)
    block_organization(profile=need, organization=firm(world, "竞品旧名有限公司"), **act)
    kept = firm(world, "竞品新名有限公司")
    offer = kiln_offer(world, "竞品新名有限公司")
    project = world.lead("竞品的窑炉项目", "竞品新名有限公司")
    through = kiln_offer(world, project=project, owner="")
    assert numbers(ranked(need, world)) == [offer.number, through.number]
    merge_organizations(kept=kept, gone=firm(world, "竞品旧名有限公司"), reason="同一家", **act)
    assert not ranked(need, world).found


def test_an_owner_stands_in_a_list_only_so_often_and_what_was_held_back_is_counted(world: World) -> None:
    need = kiln_need(world)
    for n in range(4):
        kiln_offer(world, "滨海热工研究所", title=f"热工方案{n}", masked_text=f"第{n}套窑炉燃烧控制和余热回收方案。")
    other = kiln_offer(world, "另一家热工所")
    found = ranked(need, world)
    assert [each.profile.organization.name for each in found.found if each.profile.organization].count(
        "滨海热工研究所"
    ) == 2
    assert other.number in numbers(found)
    assert found.held_back == 2


def test_an_offer_finds_the_needs_that_would_find_it_with_the_same_facts(world: World) -> None:
    facts: dict[str, Any] = {"amount_lo_fen": 10_000_00, "amount_hi_fen": 50_000_00, "currency": "CNY"}
    need = kiln_need(world, **facts, available_from=in_days(world, 30), floor_load_kg_m2=500)
    late = kiln_offer(world, "慢所", **facts, available_from=in_days(world, 90), floor_load_kg_m2=800)
    good = kiln_offer(world, "快所", **facts, available_from=in_days(world, 10), floor_load_kg_m2=800)
    weak = kiln_offer(world, "弱所", **facts, available_from=in_days(world, 10), floor_load_kg_m2=100)
    from_need = ranked(need, world)
    assert numbers(from_need) == [good.number]
    assert {each.profile.number: each.miss.failed.check for each in from_need.near} == {
        late.number: "opening",
        weak.number: "load",
    }
    for offer, check in ((late, "opening"), (weak, "load")):
        there = ranked(offer, world)
        assert not there.found
        assert [(each.profile, each.miss.failed.check) for each in there.near] == [(need, check)]
    back = ranked(good, world)
    assert numbers(back) == [need.number]
    one, other = from_need.found[0].candidate, back.found[0].candidate
    assert ({each.check for each in one.holds}, set(one.missing)) == (
        {each.check for each in other.holds},
        set(other.missing),
    )


def test_a_project_asks_both_sides_and_a_thin_text_says_so(world: World) -> None:
    project = world.lead("窑炉燃烧控制", "滨海窑控有限公司", one_line="辊道窑余热回收和燃烧控制")
    need = kiln_need(world)
    space = make_profile(
        world,
        Side.OFFER,
        kind=ProfileKind.PLANT,
        title="窑炉厂房",
        masked_text="可放辊道窑的厂房，天然气管道已到，余热可回收。",
        owner="云溪园区公司",
    )
    weights = weights_in_force(world.outpost).weights
    answers = rank(asker_of_project(project, Side.OFFER), weights=weights, today=world.now.date())
    assert numbers(answers) == [need.number]
    helps = rank(asker_of_project(project, Side.NEED), weights=weights, today=world.now.date())
    assert numbers(helps) == [space.number]
    assert helps.asker.thin


def test_weights_are_versions_and_reorder(world: World) -> None:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now, "outpost": world.outpost}
    zero = dict.fromkeys(PARTS, 0)
    assert weights_in_force(world.outpost).number == 0
    refused("matching.weights_none", set_weights, weights=zero, seen=0, **act)
    refused("matching.weights_whole", set_weights, weights={"luck": 3}, seen=0, **act)
    refused("matching.weights_whole", set_weights, weights={"lexical": -1}, seen=0, **act)
    set_weights(weights={**zero, "stage": 100, "lexical": 1}, seen=0, note="先看成熟度", **act)
    refused("matching.weights_changed", set_weights, weights={"lexical": 1}, seen=0, **act)
    refused("matching.weights_same", set_weights, weights={**zero, "stage": 100, "lexical": 1}, seen=1, **act)
    rival = {**act, "actor": world.actor("rival")}
    refused("parties.not_permitted", set_weights, weights={"lexical": 1}, seen=1, **rival)
    need = kiln_need(world, ripeness_from=Ripeness.SERIES, ripeness_to=Ripeness.SERIES)
    worded = kiln_offer(world, "词近所", ripeness_from=Ripeness.PILOT, ripeness_to=Ripeness.PILOT)
    ripe = kiln_offer(
        world, "成熟所", masked_text="做窑炉改造，已量产。", ripeness_from=Ripeness.SERIES, ripeness_to=Ripeness.SERIES
    )
    assert numbers(ranked(need, world)) == [ripe.number, worded.number]
    words = {**zero, "lexical": 1}
    by_words = rank(asker_of(need), weights=words, today=world.now.date())
    assert numbers(by_words) == [worded.number, ripe.number]
    kept = make_list(actor=world.actor("officer"), now=world.now, profile=need)
    assert (kept.weights_number, kept.weights["stage"]) == (1, 100)


def test_from_a_need_to_an_answer(world: World) -> None:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    need = kiln_need(world, owner=TENANT)
    offers = [kiln_offer(world, f"滨海{n}所", title=f"热工方案{n}") for n in range(3)]
    made = make_list(profile=need, **act)
    rows = list(made.rows.all())
    assert [row.position for row in rows] == [1, 2, 3]
    assert made.searched == 3
    assert all(sum(row.parts.values()) == pytest.approx(row.score, abs=1e-6) for row in rows)
    assert not sent_lists(world.actor("tenant")).exists(), "nothing is seen before somebody has checked and sent it"

    send: dict[str, Any] = {"candidates": made, "to": "陈总工", "on_paper": True}
    refused("matching.list_not_checked", send_list, version=made.version, **send, **act)
    refused("matching.pick_none", check_list, candidates=made, version=made.version, picks={}, **act)
    refused("matching.pick_unknown", check_list, candidates=made, version=made.version, picks={9: "好"}, **act)
    refused("matching.pick_note_needed", check_list, candidates=made, version=made.version, picks={1: " "}, **act)
    checked = check_list(candidates=made, version=made.version, picks={1: "做过同类窑", 2: "离得近"}, **act)
    assert (checked.state, checked.checked_by) == (ListState.CHECKED, world.actor("officer").label)
    refused("matching.list_changed", check_list, candidates=made, version=made.version, picks={1: "好"}, **act)

    refused("matching.send_to_needed", send_list, version=checked.version, **{**send, "to": " "}, **act)
    row = CandidateRow.objects.get(candidate_list=made, position=1)
    yes = Answer(Verdict.ACCEPTED)
    refused("matching.list_not_sent", answer_candidate, row=row, answer=yes, **act)
    sent = send_list(version=checked.version, **send, **act)
    assert sent.sent_to == "陈总工"
    readings = {each.profile for each in ProfileReading.objects.filter(on_paper=True, reader="陈总工")}
    assert readings == {each.profile for each in rows[:2]}, "whose masked text left is on record with each of them"
    refused("matching.list_sent", check_list, candidates=sent, version=sent.version, picks={1: "好"}, **act)

    unsent = CandidateRow.objects.get(candidate_list=made, position=3)
    refused("matching.candidate_not_sent", answer_candidate, row=unsent, answer=yes, **act)
    refused("matching.decline_reason_needed", answer_candidate, row=row, answer=Answer(Verdict.DECLINED), **act)
    row = answer_candidate(row=row, answer=Answer(Verdict.DECLINED, DeclineReason.TOO_DEAR, "报价高"), **act)
    assert (row.verdict, row.reason, row.answered_by) == ("declined", "too_dear", world.actor("officer").label)
    tenant = {**act, "actor": world.actor("tenant")}
    assert get_sent_list(world.actor("tenant"), made.uid) == made
    row = answer_candidate(row=row, answer=yes, **tenant)
    assert (row.verdict, row.reason, row.reason_note) == ("accepted", "", "")
    todo = Todo.objects.get(assignee=need.officer)
    assert need.number in todo.what
    assert offers[0].number in todo.what or offers[1].number in todo.what
    assert not verify().faults


def test_only_who_asked_answers_and_only_the_outposts_people_make_lists(world: World) -> None:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    need = kiln_need(world)
    kiln_offer(world)
    for login in ("rival", "bureau", "tenant", "admin"):
        refused("parties.not_permitted", make_list, profile=need, **{**act, "actor": world.actor(login)})
    made = _sent(world, need)
    row = made.rows.get(position=1)
    for login in ("rival", "bureau", "tenant"):
        stranger = {**act, "actor": world.actor(login)}
        refused("parties.not_permitted", answer_candidate, row=row, answer=Answer(Verdict.ACCEPTED), **stranger)
        assert not sent_lists(world.actor(login)).exists()


def _sent(world: World, need: Profile, *, on_paper: bool = False, picks: dict[int, str] | None = None) -> CandidateList:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    made = make_list(profile=need, **act)
    checked = check_list(candidates=made, version=made.version, picks=picks or {1: "看过"}, **act)
    return send_list(candidates=checked, version=checked.version, to="陈总工", on_paper=on_paper, **act)


def test_who_opens_a_list_in_the_workspace_is_on_record_with_whose_text_it_is(world: World) -> None:
    need = kiln_need(world, owner=TENANT)
    offer = kiln_offer(world)
    made = _sent(world, need)
    assert not ProfileReading.objects.exists()
    for _again in range(2):
        open_list(actor=world.actor("tenant"), now=world.now, candidates=made)
    reading = ProfileReading.objects.get()
    assert (reading.profile, reading.what, reading.on_paper, reading.user) == (
        offer,
        "masked",
        False,
        world.users["tenant"],
    )
    refused("matching.list_not_sent", open_list, actor=world.actor("officer"), now=world.now, candidates=made)


def test_a_candidate_that_may_not_be_given_any_more_stops_the_list(world: World) -> None:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    need = kiln_need(world)
    offers = [kiln_offer(world, f"滨海{n}所", title=f"热工方案{n}") for n in range(3)]
    made = make_list(profile=need, **act)
    position = {row.profile_id: row.position for row in made.rows.all()}
    checked = check_list(candidates=made, version=made.version, picks={1: "一", 2: "二", 3: "三"}, **act)
    close_profile(profile=offers[0], reason="签给别人", **act)
    block_organization(profile=offers[1], organization=firm(world, "云溪窑业有限公司"), **act)
    error = refused(
        "matching.candidate_gone", send_list, candidates=checked, version=checked.version, to="陈", on_paper=True, **act
    )
    told = {error.refusal.params["number"], *(each.params["number"] for each in error.refusal.reasons)}
    assert told == {offers[0].number, offers[1].number}
    again = check_list(candidates=checked, version=checked.version, picks={position[offers[2].pk]: "只剩它"}, **act)
    send_list(candidates=again, version=again.version, to="陈总工", on_paper=True, **act)


def test_a_list_is_not_made_of_nothing_nor_for_what_is_closed(world: World) -> None:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    need = kiln_need(world)
    refused("matching.list_empty", make_list, profile=need, **act)
    kiln_offer(world)
    closed = close_profile(
        profile=kiln_need(world, title="已了结的", masked_text=f"另一条。{KILN}"), reason="解决了", **act
    )
    refused("matching.list_not_open", make_list, profile=closed, **act)
    late = kiln_need(world, title="过期的", masked_text=f"再一条。{KILN}")
    Profile.objects.filter(pk=late.pk).update(expires_on=in_days(world, -1))
    refused("matching.list_expired", make_list, profile=late, **act)


def test_a_list_taken_back_is_gone_for_the_firm_and_stays_on_record(world: World) -> None:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    need = kiln_need(world, owner=TENANT)
    kiln_offer(world)
    made = _sent(world, need)
    refused("matching.reason_needed", void_list, candidates=made, reason=" ", **act)
    void_list(candidates=made, reason="发错单位", **act)
    assert not sent_lists(world.actor("tenant")).exists()
    refused("matching.list_voided", void_list, candidates=made, reason="再撤", **act)
    row = made.rows.get(position=1)
    refused("matching.list_voided", answer_candidate, row=row, answer=Answer(Verdict.LATER), **act)
    actions = list(AuditEntry.objects.filter(subject_uid=made.uid).order_by("id").values_list("action", flat=True))
    assert actions == ["created", "checked", "picked", "sent", "voided"]
    assert not verify().faults
