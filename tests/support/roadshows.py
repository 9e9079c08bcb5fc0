"""A roadshow for tests: projects, judges, dealt, scored, sealed; each step as the services do it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from feidi.domain.pipeline.models import Project
from feidi.domain.roadshow.models import Assignment, Entry, Judge, Roadshow, Round, Seal, Sheet
from feidi.domain.roadshow.roadshow_access import judge_by_link
from feidi.domain.roadshow.roadshow_enums import RoundPhase
from feidi.domain.roadshow.services.dealing import deal_round
from feidi.domain.roadshow.services.judges import NewJudge, ask_judge
from feidi.domain.roadshow.services.phases import ORDER, step_round
from feidi.domain.roadshow.services.recusing import declare_interests
from feidi.domain.roadshow.services.scoring import Saving, save_sheet
from feidi.domain.roadshow.services.sealing import seal_round
from feidi.domain.roadshow.services.shows import ShowPlan, add_entries, add_round, plan_show
from tests.support.world import World

#: Criterion → share of a total of a hundred, as the default content weighs them.
PARTS = {"innovation": 0.4, "value": 0.3, "feasibility": 0.2, "presentation": 0.1}


def act(world: World, by: str = "officer") -> dict[str, Any]:
    """Return who acts and when."""
    return {"actor": world.actor(by), "now": world.now}


def show_of(world: World, **more: Any) -> Roadshow:
    """Plan a show."""
    outpost = more.pop("outpost", world.outpost)
    plan = ShowPlan(
        more.pop("title", "秋季路演"), more.pop("held_on", world.now.date()), activity=more.pop("activity", None)
    )
    return plan_show(**act(world, more.pop("by", "officer")), outpost=outpost, plan=plan)


def round_of(world: World, show: Roadshow, format_code: str = "first_8_7", by: str = "officer", **more: Any) -> Round:
    """Add a round of a format."""
    return add_round(**act(world, by), show=show, format_code=format_code, **more)


def projects_of(world: World, names: Sequence[str], **more: Any) -> list[Project]:
    """Register a project for each name, each of its own firm."""
    return [world.lead(name, f"{name}科技有限公司", **more) for name in names]


def judge_of(world: World, show: Roadshow, name: str, by: str = "officer", **more: Any) -> Judge:
    """Ask somebody by link."""
    judge, _token = ask_judge(**act(world, by), show=show, new=NewJudge(name, **more))
    return judge


def entered(world: World, round_: Round, projects: Sequence[Project], by: str = "officer") -> list[Entry]:
    """Let projects present."""
    return add_entries(**act(world, by), round_=round_, projects=projects)


def stepped(world: World, round_: Round, to: RoundPhase, by: str = "officer") -> Round:
    """Go on step by step; judges who have not yet declare nothing, projects are dealt, on the way."""
    row = Round.objects.select_related("roadshow__outpost__home").get(pk=round_.pk)
    while row.phase != to:
        step = ORDER[ORDER.index(RoundPhase(row.phase)) + 1]
        if step == RoundPhase.READING:
            for judge in row.roadshow.judges.filter(voided_at__isnull=True, declared_at__isnull=True):
                declare_interests(**act(world, by), judge=judge, interests={})
            if not Assignment.objects.filter(entry__round=row, voided_at__isnull=True).exists():
                deal_round(**act(world, by), round_=row)
        step_round(**act(world, by), round_=row, to=step)
        row.refresh_from_db()
    return row


def points(total: float) -> dict[str, object]:
    """Return points of a total, by the default criteria."""
    return {code: f"{total * part:.1f}" for code, part in PARTS.items()}


def scored(world: World, entry: Entry, judge: Judge, total: float, **more: Any) -> Sheet:
    """Let a judge score an entry by link, and lock it unless said otherwise."""
    saving = Saving(
        points(total), more.pop("nonce", f"{judge.uid}-{entry.uid}"), more.pop("base", 0), **{"lock": True, **more}
    )
    return save_sheet(actor=judge_by_link(judge), now=world.now, judge=judge, entry=entry, saving=saving)


def all_scored(
    world: World, round_: Round, totals: Mapping[str, float], harsh: Mapping[str, float] | None = None
) -> None:
    """Let everybody score whom they were dealt: the project's worth, and what a judge takes off."""
    seats = Assignment.objects.filter(entry__round=round_, voided_at__isnull=True).select_related(
        "judge__roadshow__outpost", "entry__project", "entry__round"
    )
    for seat in seats:
        scored(world, seat.entry, seat.judge, totals[seat.entry.project.name] - (harsh or {}).get(seat.judge.name, 0))


def sealed(
    world: World,
    names: Sequence[str] = ("甲光", "乙材", "丙药", "丁能"),
    judges: Sequence[str] = ("张评委", "王评委", "李评委", "赵评委"),
    harsh: Mapping[str, float] | None = None,
    **more: Any,
) -> Seal:
    """Hold a show of some projects before some judges to the end; worth falls by four points each."""
    show = show_of(world, **more)
    round_ = round_of(world, show)
    entered(world, round_, projects_of(world, names))
    for name in judges:
        judge_of(world, show, name)
    round_ = stepped(world, round_, RoundPhase.SCORING)
    all_scored(world, round_, {name: 90 - 4 * at for at, name in enumerate(names)}, harsh)
    round_ = stepped(world, round_, RoundPhase.CLOSED)
    return seal_round(**act(world, "lead"), round_=round_)
