"""Applications of the demonstration, one at every step; the founder of nine with a BSL-2 bench among them. All invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, Final

from feidi.domain.incubation.admission_enums import Origin, Verdict
from feidi.domain.incubation.models import Application, Review
from feidi.domain.incubation.selectors.admission_rules import admission_rules
from feidi.domain.incubation.selectors.application_secrets import applicant_actor
from feidi.domain.incubation.services.admission_decisions import Decision, confirm_decision, decide_application
from feidi.domain.incubation.services.admission_papers import print_decision
from feidi.domain.incubation.services.admission_reviews import close_review, declare_recusal, open_review, score_seat
from feidi.domain.incubation.services.admission_steps import subject_of
from feidi.domain.incubation.services.admissions import accept_application, ask_completion
from feidi.domain.incubation.services.application_drafts import begin_application, save_answers, submit_application
from feidi.domain.incubation.services.first_answers import issue_first_answer
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.kernel.access import ANONYMOUS, Actor, actor_for_user
from feidi.kernel.documents.services import attach_signed_copy, render_form_pages
from feidi.kernel.files.services import store_upload
from feidi.kernel.identity.models import User
from feidi.portals.cli.demonstration.agenda import Scene

Act = dict[str, Any]
_BENCH: Final = {"wet_bench": "yes", "biosafety": "bsl2", "purified_water": "yes", "hazardous_waste": "yes"}
_DRY: Final = {"wet_bench": "no", "biosafety": "none", "purified_water": "no", "hazardous_waste": "no"}
#: The panel, in the order of the points.
_JUDGES: Final = ("judge", "judge2", "judge3")


@dataclass(frozen=True, slots=True)
class Story:
    """One application: who, what, how far it goes, so many days ago; points of the judges in their order."""

    applicant: str
    one_line: str
    far: str
    days: int
    answers: Mapping[str, Any] = field(default_factory=dict)
    points: Sequence[str] = ()


#: In the order in which they came.
STORIES: Final = (
    Story("沐砚陶瓷膜（演示）", "工业废水用陶瓷膜组件", "rejected", 40, {**_DRY, "team_size": "5"}, ("62", "58", "66")),
    Story(
        "岚芯低温探头（演示）", "液氮温区传感器芯片", "approved", 34, {**_DRY, "team_size": "7"}, ("91", "88", "86.5")
    ),
    Story(
        "渝衡酶制剂（演示）", "饲料用酶的发酵与纯化", "waiting", 28, {**_BENCH, "team_size": "14"}, ("84", "80", "79")
    ),
    Story("泽川视觉（演示）", "瓷砖表面缺陷检测", "decided", 20, {**_DRY, "team_size": "6"}, ("85", "83", "90")),
    Story("珩策靶材（演示）", "高纯靶材绑定", "reviewing", 12, {**_DRY, "team_size": "8"}, ("87",)),
    Story(
        "霁禾微流控（演示）", "床旁微流控检测芯片", "answered", 4, {**_BENCH, "team_size": "9", "licence_place": "?"}
    ),
    Story("栖木储能（演示）", "液流电池电解液", "returned", 3, {**_DRY, "hazardous_waste": "?", "team_size": "4"}),
    Story("云屿骨科材料（演示）", "可吸收骨钉", "submitted", 1, {**_BENCH, "team_size": "11", "licence_place": "home"}),
    Story("", "声学除尘", "draft", 1, {**_DRY}),
)


@dataclass(frozen=True, slots=True)
class _Tale:
    """One story on its way: who acts, and when."""

    scene: Scene
    story: Story
    at: int
    judges: tuple[User, ...]

    def when(self, later: int, hour: int) -> datetime:
        """Return a moment ``later`` working-ish days after the story began, never after the last day."""
        day = self.scene.working(self.scene.today - timedelta(days=self.story.days - later))
        return datetime.combine(day, time(hour, self.at), SHANGHAI)

    def act(self, later: int, hour: int, by: str = "officer") -> Act:
        """Return who does a thing, and when."""
        return {"actor": self.scene.actors[by], "now": self.when(later, hour)}


def load(scene: Scene) -> None:
    """Tell every story as far as it goes."""
    judges = tuple(scene.users[login] for login in _JUDGES)
    outpost = Outpost.objects.select_related("home", "host").get(pk=scene.outpost.pk)
    for at, story in enumerate(STORIES):
        _tell(_Tale(scene, story, at, judges), outpost)


def _tell(tale: _Tale, outpost: Outpost) -> None:
    row = _apply(tale, outpost)
    if tale.story.far in {"draft", "submitted"}:
        return
    if tale.story.far == "returned":
        items = {"product": "写明样机做到哪一步、有没有第三方检测", "plan": "商业计划书没有传"}
        ask_completion(application=row, items=items, **tale.act(1, 15, "manager"))
        return
    officer = tale.scene.users["officer"]
    accept_application(application=row, officer=officer, **tale.act(1, 10))
    issue_first_answer(application=row, **tale.act(2, 16))
    if tale.story.far != "answered":
        _judge(tale, row)


def _apply(tale: _Tale, outpost: Outpost) -> Application:
    story, now = tale.story, tale.when(0, 10)
    row, _secret = begin_application(actor=ANONYMOUS, now=now, outpost=outpost, origin=Origin.PUBLIC)
    given = {
        "applicant": story.applicant,
        "contact": "林工（演示）",
        "phone": f"1390000{7100 + tale.at:04d}",
        "one_line": story.one_line,
        "product": "样机阶段（演示）",
        "office_area": "120",
        "needs": ["desk", "market"],
        "start": (tale.scene.today + timedelta(days=60)).isoformat(),
        **story.answers,
    }
    pages = admission_rules(outpost).sections
    for section in pages[:1] if story.far == "draft" else pages:
        save_answers(
            actor=applicant_actor(row), now=now, application=row, section=section, given=given, unknown=["rd_spend"]
        )
    if story.far != "draft":
        submit_application(actor=applicant_actor(row), now=now, application=row)
    return row


def _judge(tale: _Tale, row: Application) -> None:
    review = open_review(application=row, judges=tale.judges, **tale.act(3, 9))
    seats = list(review.seats.select_related("judge", "review__application").order_by("id"))
    for seat, points in zip(seats, tale.story.points, strict=False):
        judge: Actor = actor_for_user(seat.judge, tale.when(5, 14))
        given = {each["code"]: points for each in review.criteria}
        score_seat(actor=judge, now=tale.when(5, 14), seat=seat, points=given, remark="（演示）")
    if tale.story.far == "reviewing":
        declare_recusal(actor=actor_for_user(seats[1].judge, tale.when(5, 15)), now=tale.when(5, 15), seat=seats[1],
                        reason="与申请方负责人是师生（演示）")  # fmt: skip
        return
    _decide(tale, row, review)


def _decide(tale: _Tale, row: Application, review: Review) -> None:
    close_review(review=review, opinion="（演示）", **tale.act(8, 10))
    decisions = {
        "rejected": Decision(Verdict.REJECT, ["early"], "先拿到一份第三方检测报告再来，方向是对的（演示）"),
        "waiting": Decision(Verdict.WAIT, ["facilities"], "等签约实验室的台位空出来（演示）"),
    }
    admit = Decision(Verdict.ADMIT, place="孵化区四个工位（演示）")
    decide_application(application=row, decision=decisions.get(tale.story.far, admit), **tale.act(9, 10, "lead"))
    if tale.story.far == "decided":
        return
    _sign(tale, row)
    confirm_decision(application=row, **tale.act(10, 16))


def _sign(tale: _Tale, row: Application) -> None:
    """The form comes back as a picture, and is recognised by its QR."""
    act = tale.act(9, 15)
    form = print_decision(application=row, **act)
    picture = render_form_pages(form)[0]
    file = store_upload(subject=subject_of(row), name="审批表（演示）.png", chunks=[picture], **tale.act(10, 15))
    signers = [{"name": name, "role": ""} for name in ("评审组（演示）", "梁远", "郑文")]
    day = tale.when(10, 15).date()
    attach_signed_copy(form=None, file=file, signers=signers, signed_on=day, sealed=True, **tale.act(10, 15))
