"""Service playbooks of the demonstration: one on time, one whose home side is late, one answered late, one not reported,
one of a home firm that waits for the host side, one where nobody has asked yet. All of it is invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from feidi.domain.matching.models import Profile
from feidi.domain.parties.models import Organization
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.models import Project
from feidi.domain.playbook.models import PlaybookRun, RunStep
from feidi.domain.playbook.services.evidence import Piece, decide_piece, hand_in
from feidi.domain.playbook.services.runs import NewRun, note_run, start_run
from feidi.domain.playbook.services.steps import (
    Done,
    HandOver,
    ask_step,
    finish_step,
    reschedule_step,
    skip_step,
)
from feidi.engines.playbooks import Answer
from feidi.kernel.subjects import Subject
from feidi.portals.cli.demonstration.agenda import Scene

Act = Mapping[str, Any]
BUREAU_ROOM: Final = "云溪区经科局创新科（演示）"
#: The start of the need whose firm goes to the host city.
_KILN: Final = "辊道窑烧成带温度飘"


class _Tale:
    """Verbs over one run; each says how many days before today it happened."""

    def __init__(self, scene: Scene, new: NewRun, *, ago: int) -> None:
        self.scene = scene
        self.run: PlaybookRun = start_run(outpost=scene.outpost, new=new, **self.on(ago))

    def on(self, ago: int, who: str = "officer") -> Act:
        """Return who writes it down, and when."""
        day = self.scene.working(self.scene.today - timedelta(days=ago))
        moment = min(datetime.combine(day, time(15, 20), SHANGHAI), self._latest())
        return {"actor": self.scene.actors[who], "now": moment}

    def day(self, ago: int) -> date:
        """Return the working day so many days before today."""
        moment: datetime = self.on(ago)["now"]
        return moment.date()

    def _latest(self) -> datetime:
        return datetime.combine(self.scene.last_day, time(17, 30), SHANGHAI)

    def step(self, code: str) -> RunStep:
        """Return a step as it stands now."""
        return RunStep.objects.select_related("run__outpost__home").get(run=self.run, code=code)

    def done(self, code: str, ago: int, answer: str = "", who: str = "officer") -> None:
        """Finish a step, its evidence handed in and accepted before."""
        finish_step(step=self.step(code), done=Done(answer=answer), **self.on(ago, who))

    def shown(self, code: str, kind: str, what: str, ago: int) -> None:
        """Hand in a piece, have the incubation manager accept it, finish the step."""
        item = hand_in(step=self.step(code), piece=Piece(kind, record=what), **self.on(ago))
        decide_piece(step=self.step(code), item=item, accept=True, **self.on(ago, "manager"))
        self.done(code, ago, what)

    def handed(self, code: str, ago: int, to: str, receipt: str = "", *, due: int | None = None) -> None:
        """Hand a step over; ``due``: the day agreed by telephone, so many days before today."""
        ask_step(step=self.step(code), handed=HandOver(to=to, receipt=receipt), **self.on(ago))
        if due is not None:
            agreed: Act = {"due_on": self.day(due), "reason": "电话约定（演示）"}
            reschedule_step(step=self.step(code), **agreed, **self.on(ago))


def load(scene: Scene, tenant: str) -> None:
    """Run the playbooks. ``tenant``: the firm whose people sign in to the workspace."""
    reported = Project.objects.filter(outpost=scene.outpost, reported_at__isnull=False, voided_at__isnull=True)
    own = reported.filter(parties__organization__name=tenant).order_by("id").first()
    others = list(reported.exclude(parties__organization__name=tenant).order_by("id")[:2])
    inside = Project.objects.filter(outpost=scene.outpost, reported_at__isnull=True, voided_at__isnull=True)
    if own is not None:
        _late(scene, own, Organization.objects.get(name=tenant))
    if others:
        _answered_late(scene, others[0])
    if len(others) > 1:
        _to_be_asked(scene, others[1])
    if (hidden := inside.order_by("-id").first()) is not None:
        _not_reported(scene, hidden)
    _abroad(scene, Profile.objects.get(outpost=scene.outpost, title__startswith=_KILN))


def _new(
    scene: Scene, playbook: str, project: Project, answers: Mapping[str, Answer], firm: Organization | None = None
) -> NewRun:
    subject = Subject("pipeline.project", project.uid)
    return NewRun(playbook, subject, scene.users["officer"], organization=firm, answers=answers)


def _late(scene: Scene, project: Project, firm: Organization) -> None:
    """The home side has been asked and has not answered on the day agreed; the firm owes its agreement."""
    answers: dict[str, Answer] = {"wet_lab": False, "environment": True, "site_kind": "plant"}
    tale = _Tale(scene, _new(scene, "incubate_land", project, answers, firm), ago=30)
    tale.done("receive", 29, "专人：张专员（演示）")
    tale.done("judge", 26, "技术成熟，需要厂房（演示）")
    tale.done("feedback", 24, "一页答复已发（演示）")
    tale.handed("home_opinion", 22, BUREAU_ROOM, "受理（演示）012号", due=12)
    note_run(run=tale.run, step=None, note="已催过两次电话，对方说等局务会（演示）", **tale.on(6))


def _answered_late(scene: Scene, project: Project) -> None:
    """The home side answered after the day agreed; work went on the same day."""
    answers: dict[str, Answer] = {"pilot": True, "maker": "commissioned"}
    tale = _Tale(scene, _new(scene, "research_produce", project, answers), ago=60)
    tale.shown("division", "division_plan", "研发在滨海、生产在云溪（演示）", 57)
    tale.shown("rights", "rights_agreement", "归属约定一份（演示）", 50)
    tale.done("desk", 52, "给两个工位（演示）")
    tale.handed("makers", 54, BUREAU_ROOM, "受理（演示）007号", due=44)
    tale.done("makers", 33, "推荐两家受托企业（演示）", who="bureau")


def _to_be_asked(scene: Scene, project: Project) -> None:
    """Nobody has asked yet whether a wet laboratory is needed: the step waits."""
    tale = _Tale(scene, _new(scene, "incubate_land", project, {}), ago=9)
    tale.done("receive", 8, "电话接待（演示）")
    tale.done("judge", 6, "值得跟进（演示）")
    tale.done("feedback", 5, "一页答复已发（演示）")


def _not_reported(scene: Scene, project: Project) -> None:
    """The home side owes a step of a project that is not reported: it reads a number."""
    tale = _Tale(scene, _new(scene, "incubate_land", project, {"wet_lab": False}), ago=14)
    tale.done("receive", 13, "来访登记（演示）")
    tale.done("judge", 11, "继续了解（演示）")
    tale.handed("home_opinion", 8, BUREAU_ROOM)


def _abroad(scene: Scene, need: Profile) -> None:
    """A home firm goes to the host city; the host side has been asked to arrange the reception."""
    firm = need.organization
    if firm is None:
        return
    subject = Subject("parties.organization", firm.uid)
    answers: dict[str, Answer] = {"trial_needed": True, "technology": True}
    new = NewRun("home_firms_out", subject, scene.users["officer"], organization=firm, answers=answers)
    tale = _Tale(scene, new, ago=25)
    tale.handed("nominate", 24, BUREAU_ROOM, due=19)
    tale.done("nominate", 21, "推荐，附企业简表（演示）", who="bureau")
    tale.done("need_sheet", 20, "需求表已念给企业听（演示）")
    tale.done("counterpart", 14, "找到两家（演示）")
    tale.handed("host_help", 10, "前湾区科创局（演示）", "滨科函（演示）3号")
    skip_step(step=tale.step("follow_up"), reason="合同签了再定回访（演示）", **tale.on(3))
