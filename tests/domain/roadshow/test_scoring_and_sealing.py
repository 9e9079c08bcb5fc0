"""Scores survive a lost line, are locked, sealed under a hash, and lead onward by the pipeline's own moves."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from feidi.domain.matching.subscribers import chances_are_weighed
from feidi.domain.parties.models import Organization, OrganizationLink
from feidi.domain.pipeline.enums import InteractionKind, Stage
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.interacting import Talk, record_interaction
from feidi.domain.pipeline.services.registering import update_project
from feidi.domain.roadshow.models import Assignment, Entry, Interest, Judge, Round, Seal, Sheet, SheetSave
from feidi.domain.roadshow.roadshow_access import (
    can_view_show,
    judge_by_link,
    own_letters,
    shows_visible_to,
)
from feidi.domain.roadshow.roadshow_enums import RoundPhase, SheetState
from feidi.domain.roadshow.selectors.roadshow_results import counted_sheets, internal_result
from feidi.domain.roadshow.selectors.roadshow_sight import judge_fields, seen_of, title_for
from feidi.domain.roadshow.services.feeding import feed_project
from feidi.domain.roadshow.services.interests import Interested, guest_of, show_interest
from feidi.domain.roadshow.services.letters import clear_letter, letter_of, print_letter
from feidi.domain.roadshow.services.phases import step_round
from feidi.domain.roadshow.services.result_papers import print_result
from feidi.domain.roadshow.services.scoring import Saving, save_sheet, unlock_sheet
from feidi.domain.roadshow.services.sealing import is_intact, seal_round, void_seal
from feidi.domain.roadshow.services.shows import put_on_stage, void_show
from feidi.engines.findings import RefusedError
from feidi.engines.money import Money
from feidi.kernel.audit.verify import verify
from feidi.kernel.documents.services.signing import attach_signed_copy
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.models import Todo
from tests.support.roadshows import (
    act,
    all_scored,
    entered,
    judge_of,
    points,
    projects_of,
    round_of,
    scored,
    sealed,
    show_of,
    stepped,
)
from tests.support.world import World

pytestmark = pytest.mark.django_db
assert chances_are_weighed  # heard since the app is loaded


def refused(code: str) -> Any:
    return pytest.raises(RefusedError, match=code)


@pytest.fixture
def seat(world: World) -> Assignment:
    """A seat in a round where scores are taken."""
    show = show_of(world)
    round_ = round_of(world, show)
    entered(world, round_, projects_of(world, ["甲光"]))
    for name in ("张评委", "王评委", "李评委"):
        judge_of(world, show, name)
    stepped(world, round_, RoundPhase.SCORING)
    found = Assignment.objects.select_related("judge__roadshow__outpost", "entry__project", "entry__round").first()
    assert found is not None
    return found


def save(world: World, seat: Assignment, given: dict[str, object], nonce: str, base: int, **more: Any) -> Sheet:
    saving = Saving(given, nonce, base, **more)
    return save_sheet(actor=judge_by_link(seat.judge), now=world.now, judge=seat.judge, entry=seat.entry, saving=saving)


def test_a_draft_is_saved_again_and_sent_twice_it_is_one_saving(world: World, seat: Assignment) -> None:
    first = save(world, seat, {"innovation": "38.5"}, "n1", 0)
    assert (first.revision, first.total, first.state) == (1, None, SheetState.DRAFT)
    again = save(world, seat, {"innovation": "38.5"}, "n1", 0)
    assert (again.pk, again.revision) == (first.pk, 1)
    second = save(world, seat, points(80), "n2", 1, remark="讲得清")
    assert (second.pk, second.revision, second.total) == (first.pk, 2, 8000)
    locked = save(world, seat, points(80), "n3", 2, lock=True)
    assert locked.state == SheetState.LOCKED
    # a queue that comes late after the lock finds its own saving, and is no error
    assert save(world, seat, points(80), "n3", 2, lock=True).revision == 3
    with refused(r"roadshow\.sheet_locked"):
        save(world, seat, points(95), "n4", 3)
    assert Sheet.objects.count() == 1
    assert list(SheetSave.objects.values_list("nonce", "revision")) == [("n1", 1), ("n2", 2), ("n3", 3)]
    unlock_sheet(**act(world), sheet=locked, reason="抄错了一项")
    assert save(world, seat, points(82), "n5", 4 - 1, lock=True).total == 8200
    verify()


def test_a_conflict_says_what_stands(world: World, seat: Assignment) -> None:
    save(world, seat, {"innovation": "38"}, "n1", 0)
    with refused(r"roadshow\.sheet_conflict") as caught:
        save(world, seat, {"innovation": "20"}, "n2", 0)
    refusal = caught.value.refusal
    assert (refusal.params["yours"], refusal.params["theirs"]) == (0, 1)
    assert [each.params["value"] for each in refusal.reasons] == ["38", "—", "—", "—"]
    assert Sheet.objects.get().points == {"innovation": 3800}


@pytest.mark.parametrize("value", ["41", "-1", "nan", "八十", "1.234", "1e9"])
def test_a_score_out_of_range_is_refused_with_its_place(world: World, seat: Assignment, value: str) -> None:
    with refused(r"roadshow\.points_wrong") as caught:
        save(world, seat, {**points(80), "innovation": value}, "n1", 0)
    (finding,) = caught.value.refusal.reasons
    assert (finding.column, finding.params["value"], finding.params["most"]) == ("innovation", value, 40)
    assert not SheetSave.objects.exists()


def test_who_may_not_score(world: World, seat: Assignment) -> None:
    stranger = judge_of(world, seat.judge.roadshow, "赵评委")
    saving = Saving(points(80), "n", 0)
    with refused(r"roadshow\.not_assigned"):
        save_sheet(actor=judge_by_link(stranger), now=world.now, judge=stranger, entry=seat.entry, saving=saving)
    for actor in (judge_by_link(stranger), world.actor("officer"), world.actor("lead")):
        with refused(r"roadshow\.score_by_judge"):
            save_sheet(actor=actor, now=world.now, judge=seat.judge, entry=seat.entry, saving=saving)
    Judge.objects.filter(pk=seat.judge_id).update(declared_at=None)
    seat.judge.refresh_from_db()
    with refused(r"roadshow\.declare_first"):
        save(world, seat, points(80), "n", 0)
    with refused(r"roadshow\.sheet_incomplete"):
        Judge.objects.filter(pk=seat.judge_id).update(declared_at=world.now)
        seat.judge.refresh_from_db()
        save(world, seat, {"innovation": "10"}, "n", 0, lock=True)


def test_the_database_keeps_one_sheet_per_judge_and_entry(world: World, seat: Assignment) -> None:
    save(world, seat, points(80), "n1", 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sheet.objects.create(judge=seat.judge, entry=seat.entry, created_at=world.now)


def test_blind_fields_follow_the_phase(world: World) -> None:
    show = show_of(world)
    round_ = round_of(world, show)
    (project,) = projects_of(world, ["甲光"])
    (entry,) = entered(world, round_, [project])
    for name in ("张评委", "王评委", "李评委"):
        judge_of(world, show, name)
    assert judge_fields(round_) == ()
    reading = stepped(world, round_, RoundPhase.READING)
    words = [value for _label, value in seen_of(project, judge_fields(reading))]
    assert title_for(entry, judge_fields(reading)) == "第 1 号项目"
    assert "低温介质在线检测" in words
    assert not any("甲光" in word for word in words)
    scoring = stepped(world, round_, RoundPhase.SCORING)
    assert title_for(entry, judge_fields(scoring)) == "甲光"


def test_sealed_with_hash_and_reopened_only_by_voiding(world: World) -> None:
    seal = sealed(world)
    round_ = Round.objects.select_related("roadshow__outpost__home").get(pk=seal.round_id)
    assert [(each["rank"], each["name"], each["score"]) for each in seal.document["ranking"]] == [
        (1, "甲光", "90.00"),
        (2, "乙材", "86.00"),
        (3, "丙药", "82.00"),
        (4, "丁能", "78.00"),
    ]
    assert [each["advances"] for each in seal.document["ranking"]] == [True, True, True, False]
    assert is_intact(seal)
    seat = Assignment.objects.select_related("judge__roadshow__outpost", "entry__project", "entry__round").first()
    assert seat is not None
    with refused(r"roadshow\.not_scoring"):
        scored(world, seat.entry, seat.judge, 99, nonce="late", base=1)
    with refused(r"roadshow\.round_sealed"):
        step_round(**act(world), round_=round_, to=RoundPhase.CLOSED, reason="改一下")
    with refused(r"roadshow\.round_sealed"):
        void_show(**act(world), show=round_.roadshow, reason="不要了")
    with refused(r"parties\.not_permitted"):
        void_seal(**act(world), seal=seal, reason="officer 不可以")
    void_seal(**act(world, "lead"), seal=seal, reason="漏计一位评委")
    round_.refresh_from_db()
    assert round_.phase == RoundPhase.CLOSED
    again = seal_round(**act(world, "lead"), round_=round_)
    assert Seal.objects.filter(round=round_).count() == 2
    assert again.sha256 == seal.sha256
    Seal.objects.filter(pk=again.pk).update(document={**again.document, "rule": {}})
    assert not is_intact(Seal.objects.get(pk=again.pk))


def test_sealing_is_for_who_may_and_when_all_is_in(world: World) -> None:
    show = show_of(world)
    round_ = round_of(world, show)
    entered(world, round_, projects_of(world, ["甲光", "乙材"]))
    for name in ("张评委", "王评委", "李评委"):
        judge_of(world, show, name)
    round_ = stepped(world, round_, RoundPhase.SCORING)
    with refused(r"roadshow\.phase_not_yet") as caught:
        step_round(**act(world), round_=round_, to=RoundPhase.CLOSED)
    assert len(caught.value.refusal.reasons) == 6
    with refused(r"roadshow\.seal_closed_only"):
        seal_round(**act(world, "lead"), round_=round_)
    all_scored(world, round_, {"甲光": 80, "乙材": 80})
    round_ = stepped(world, round_, RoundPhase.CLOSED)
    with refused(r"parties\.not_permitted"):
        seal_round(**act(world), round_=round_)
    seal = seal_round(**act(world, "lead"), round_=round_)
    assert [(each["rank"], each["shared"]) for each in seal.document["ranking"]] == [(1, True), (1, True)]


def test_trimming_needs_five_judges(world: World) -> None:
    show = show_of(world)
    round_ = round_of(world, show, "trimmed_5_5")
    assert (round_.method, round_.judges_needed) == ("trimmed", 5)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=round_.pk).update(judges_needed=4)


def test_a_harsh_judge_is_told_on_the_internal_page_only(world: World) -> None:
    names = [f"项目{chr(65 + at)}" for at in range(8)]
    seal = sealed(world, names, ("张评委", "王评委", "李评委", "赵评委", "严评委"), harsh={"严评委": 15})
    found = internal_result(seal.round, counted_sheets(seal.round))
    assert found.corrected is not None
    harsh = {each.judge: each for each in found.corrected.judges}
    assert harsh["严评委"].told
    assert harsh["严评委"].effect == pytest.approx(-12, abs=0.5)
    assert found.differences
    assert "严评委 -" in str([each.reasons for each in found.differences])
    assert "effect" not in str(seal.document)


def test_a_result_leads_onward_by_the_pipelines_own_moves(world: World) -> None:
    seal = sealed(world)
    entry = Entry.objects.select_related("project__outpost__home", "round__roadshow").get(project__name="甲光")
    with refused("stages") as caught:
        feed_project(**act(world, "lead"), entry=entry, to=Stage.INSPECTING)
    assert caught.value.refusal.reasons or caught.value.refusal.code
    assert Project.objects.get(pk=entry.project_id).assessment == ""
    _negotiating(world, entry.project)
    talk = Talk(InteractionKind.VISIT_OUT, world.now.date(), "看实验室", people="王工")
    record_interaction(**act(world), project=entry.project, talk=talk)
    moved = feed_project(**act(world, "lead"), entry=entry, to=Stage.INSPECTING)
    assert moved.talks_stage == Stage.INSPECTING
    assert seal.sha256[:16] in moved.assessment
    with refused(r"roadshow\.sheet_unsigned"):
        feed_project(**act(world, "lead"), entry=entry, to=Stage.KEY)
    form = print_result(**act(world), seal=seal)
    assert len(form.data["chain"]) == 4 + 2
    attach_signed_copy(
        **act(world),
        form=form,
        file=world.file(Subject("roadshow.seal", seal.uid), "签好.pdf"),
        signers=[{"name": "张评委", "role": ""}],
        signed_on=world.now.date(),
        sealed=True,
        recognised_note="二维码折痕，人工核对",
    )
    with refused("stages"):  # the officer may not: who may enter 重点 is the table's
        feed_project(**act(world), entry=entry, to=Stage.KEY)
    moved = feed_project(**act(world, "lead"), entry=entry, to=Stage.KEY)
    assert moved.talks_stage == Stage.KEY
    assert moved.opinions["committee_minutes"]["done"]
    assert seal.sha256[:16] in moved.opinions["committee_minutes"]["note"]
    assert moved.assessment.count(seal.sha256[:16]) == 1


def _negotiating(world: World, project: Project) -> None:
    values = {"land_need": "无", "office_need": "200㎡", "coordination": "无", "expected_output_text": "3000万", "judged_follow": True, "feedback_sent_on": date(2026, 11, 20)}  # fmt: skip
    row = Project.objects.get(pk=project.pk)
    update_project(**act(world), project=row, version=row.version, values=values)
    world.advance(
        Project.objects.select_related("outpost__home").get(pk=project.pk), Stage.SCREENING, Stage.NEGOTIATING
    )


def test_every_team_reads_its_own_letter_once_it_is_cleared(world: World) -> None:
    sealed(world)
    entry = Entry.objects.select_related("project", "round__roadshow__outpost__home").get(project__name="乙材")
    firm = entry.project.parties.get(role="sponsor").organization
    world.user("team", "tenant", organization=firm)
    world.user("other_team", "tenant", organization=Organization.objects.get(name="甲光科技有限公司"))
    with refused(r"roadshow\.letter_not_cleared"):
        letter_of(entry)
    assert not own_letters(world.actor("team")).exists()
    entry = clear_letter(**act(world), entry=entry, words="客户再多访几家。")
    entry = Entry.objects.select_related("project", "round__roadshow__outpost__home").get(pk=entry.pk)
    data = letter_of(entry)
    said = str(data)
    assert "客户再多访几家。" in said
    assert "第 2 名，共 4 个项目" in said
    assert data["tables"][0]["rows"][0] == ["创新性", "40", "34.40"]
    assert not any(name in said for name in ("张评委", "甲光", "90.00"))
    assert list(own_letters(world.actor("team"))) == [entry]
    assert not own_letters(world.actor("other_team")).exists()
    assert print_letter(**act(world), entry=entry).sha256


def test_interest_becomes_a_to_do_and_is_one_per_firm(world: World) -> None:
    seal = sealed(world)
    entry = Entry.objects.select_related("project", "round__roadshow__outpost").get(project__name="甲光")
    show = entry.round.roadshow
    fund = Organization.objects.create(name="云溪基金", name_folded="云溪基金", created_at=world.now)
    OrganizationLink.objects.create(outpost=world.outpost, organization=fund, since=world.now.date())
    world.user("fund", "investor", organization=fund)
    said = Interested(organization=fund, ticket=Money(500_000_000, "CNY"), note="想看产线")
    first = show_interest(**act(world, "fund"), entry=entry, said_by=said)
    again = show_interest(actor=guest_of(show), now=world.now, entry=entry, said_by=Interested("云溪基金"))
    assert (again.pk, Interest.objects.count()) == (first.pk, 1)
    assert "云溪基金" in Todo.objects.get(subject_kind="pipeline.project", what__contains="投资意向").what
    assert Todo.objects.filter(subject_kind="roadshow.show", what__contains="遴选").exists()
    with refused(r"parties\.not_permitted"):
        show_interest(**act(world, "tenant"), entry=entry, said_by=Interested("某机构"))
    with refused(r"roadshow\.ticket_wrong"):
        show_interest(**act(world), entry=entry, said_by=Interested("某机构", ticket=Money(0, "CNY")))
    other = show_of(world, title="另一场")
    with refused(r"roadshow\.link_closed"):
        show_interest(actor=guest_of(other), now=world.now, entry=entry, said_by=Interested("某机构"))
    assert seal.round_id == entry.round_id


def test_who_is_on_stage(world: World, seat: Assignment) -> None:
    row = put_on_stage(**act(world), round_=seat.entry.round, entry=seat.entry)
    assert (row.on_stage_id, row.on_stage_at) == (seat.entry_id, world.now)
    assert put_on_stage(**act(world), round_=row, entry=None).on_stage_at is None


def test_sight_of_shows(world: World) -> None:
    from feidi.domain.roadshow.models import Roadshow

    seal = sealed(world)
    other = show_of(world, title="筹备中的一场")
    shown = seal.round.roadshow
    for role, seen in {
        "officer": {shown, other}, "lead": {shown, other}, "manager": {shown, other}, "bureau": {shown},
        "rival": set(), "rival_bureau": set(), "tenant": set(), "admin": set(),
    }.items():  # fmt: skip
        actor = world.actor(role)
        assert set(shows_visible_to(actor, Roadshow.objects.all())) == seen, role
        for show in (shown, other):
            assert can_view_show(actor, show) == (show in seen), role
