"""From applications to what the components draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from feidi.domain.incubation.admission_enums import ApplicationState, ScoreRule, SeatState, Verdict
from feidi.domain.incubation.models import Application, Review, ReviewSeat
from feidi.domain.incubation.selectors.admission_rules import AdmissionRules
from feidi.domain.incubation.selectors.application_answers import lines_of
from feidi.domain.incubation.selectors.scoring import shown
from feidi.domain.incubation.services.admission_steps import SEAT_KIND, subject_of
from feidi.domain.pipeline.enums import ConditionCode
from feidi.kernel.deadlines.models import Deadline
from feidi.kernel.documents.models import PrintedForm
from feidi.kernel.documents.selectors import list_forms
from feidi.kernel.subjects import Subject
from feidi.portals.console.lists import chat_lines
from feidi.portals.console.words import say, say_pair
from feidi.portals.ui.pieces import Badge, Column, Row, TimelineEntry, Tone

S = ApplicationState
COLUMNS = [
    Column("number", gettext_lazy("受理号"), sortable=True, lead=True),
    Column("applicant", gettext_lazy("项目或团队"), sortable=True),
    Column("state", gettext_lazy("走到哪一步"), sortable=True),
    Column("due", gettext_lazy("下一个时限")),
    Column("submitted", gettext_lazy("提交日期"), sortable=True),
    Column("officer", gettext_lazy("服务专员"), sortable=True),
    Column("one_line", gettext_lazy("做什么"), shown=False),
]
TONES: dict[str, Tone] = {
    S.DRAFT: "quiet",
    S.RETURNED: "warn",
    S.WAITING: "warn",
    S.APPROVED: "ok",
    S.ADMITTED: "ok",
    S.REJECTED: "bad",
    S.WITHDRAWN: "quiet",
}


@dataclass(frozen=True, slots=True)
class Seat:
    """One judge of a panel as the page shows it."""

    row: ReviewSeat
    badge: Badge
    total: str
    points: tuple[tuple[str, str], ...]
    prints: Sequence[PrintedForm]


@dataclass(frozen=True, slots=True)
class Panel:
    """One round of review as the page shows it."""

    row: Review
    seats: tuple[Seat, ...]
    result: str
    rule: str

    @property
    def open(self) -> bool:
        """Whether points may still be given."""
        return self.row.closed_on is None


def rows_of(applications: Sequence[Application]) -> list[Row]:
    """Return the rows of the list; clocks in one query."""
    clocks = clocks_of(applications)
    return [
        Row(
            cells={
                "number": each.number or _("草稿"),
                "applicant": each.applicant,
                "state": each.get_state_display(),
                "due": due_words(clocks.get(each.uid)),
                "submitted": each.submitted_on,
                "officer": each.officer.display_name if each.officer else "",
                "one_line": each.one_line,
            },
            url=reverse("console:admissions:application_view", args=[each.uid]),
            uid=each.uid,
        )
        for each in applications
    ]


def clocks_of(applications: Sequence[Application]) -> dict[str, Deadline]:
    """Return application uid → the running clock that is due first."""
    uids = [each.uid for each in applications]
    rows = Deadline.objects.filter(
        subject_kind="incubation.application", subject_uid__in=uids, stopped_on__isnull=True
    ).order_by("-due_on")
    return {each.subject_uid: each for each in rows}


def due_words(clock: Deadline | None) -> str:
    """Return a clock in words: 第一次答复 2026-11-26."""
    if clock is None:
        return ""
    unconfirmed = _("（{place}，待本区确认）").format(place=clock.taken_from) if clock.taken_from else ""
    return f"{say_pair(clock.label_zh, clock.label_en)} {clock.due_on.isoformat()}{unconfirmed}"


def badges_of(row: Application, clock: Deadline | None, today: date) -> list[Badge]:
    """Return state, verdict and clock."""
    badges = [Badge(row.get_state_display(), TONES.get(row.state, "info"))]
    if row.verdict and row.state in {S.DECIDED, S.NOTICE}:
        badges.append(Badge(Verdict(row.verdict).label, "mark"))
    if clock is not None:
        badges.append(Badge(due_words(clock), "bad" if clock.due_on < today else "info", "clock"))
    if row.voided_at:
        badges.append(Badge(_("已作废"), "bad"))
    return badges


def sections_of(row: Application, rules: AdmissionRules, only: frozenset[str] | None = None) -> list[dict[str, Any]]:
    """Return the pages of the form with their answers; ``only``: those that a judge sees, never who to contact."""
    english = get_language() == "en"
    return [
        {
            "title": say(section.title),
            "pairs": [
                (say(question.label), words)
                for question, words in lines_of(row, rules, section, english=english)
                if not (only is not None and question.means in {"contact", "phone"})
            ],
        }
        for section in rules.sections
        if only is None or section.code in only
    ]


def panels_of(row: Application) -> list[Panel]:
    """Return the rounds of review, newest first."""
    reviews = row.reviews.filter(voided_at__isnull=True).prefetch_related("seats__judge").order_by("-n")
    return [
        Panel(
            each,
            tuple(seat_of(seat, each) for seat in sorted(each.seats.all(), key=lambda seat: seat.pk)),
            shown(each.result),
            str((ScoreRule.TRIMMED if each.trimmed else ScoreRule.MEAN).label),
        )
        for each in reviews
    ]


def seat_of(seat: ReviewSeat, review: Review) -> Seat:
    """Return one judge of a panel."""
    tones: dict[str, Tone] = {SeatState.SCORED: "ok", SeatState.RECUSED: "warn", SeatState.ASSIGNED: "info"}
    points = tuple((say_pair(each["zh"], each["en"]), shown(seat.points.get(each["code"]))) for each in review.criteria)
    return Seat(
        seat,
        Badge(seat.get_state_display(), tones[seat.state]),
        shown(seat.total),
        points if seat.points else (),
        list(list_forms(Subject(SEAT_KIND, seat.uid))),
    )


def prints_of(row: Application) -> Sequence[PrintedForm]:
    """Return the printed decision forms and letters, with their signed copies."""
    return list(list_forms(subject_of(row)))


def log_of(row: Application, *, notes: bool) -> list[TimelineEntry]:
    """Return how it went, newest first; notes are for the outpost's people."""
    return [
        TimelineEntry(when=each.at, title=each.get_to_state_display(), text=each.note if notes else "", who=each.by)
        for each in row.steps.order_by("-id")
    ]


def next_words(row: Application) -> str:
    """Return what has to be done next, in one sentence."""
    words = {
        S.SUBMITTED: _("看材料：齐了就受理，不齐一次告知；时限内给第一次答复。"),
        S.RETURNED: _("等申请人补正；补齐后重新走初审的时限。"),
        S.ACCEPTED: _("给第一次答复（一页），然后组织评审。"),
        S.REVIEWING: _("收齐评分；有关系的评委回避；纸质评分表签字后可代录。"),
        S.JUDGED: _("作决定：同意、候补或不予入驻。评过分的人不作决定。"),
        S.DECIDED: _("打印审批表，签字盖章后拍照上传，再确认。"),
        S.NOTICE: _("公示期满、没有成立的异议，再确认。"),
        S.WAITING: _("有空位时重新决定；到期前联系申请人。"),
        S.APPROVED: _("在项目页补齐协议草案和各项意见，签入驻协议。"),
    }
    return str(words.get(S(row.state), ""))


def record_text(row: Application, clock: Deadline | None) -> str:
    """Return the record as lines for a chat message; no contact, no answers."""
    lines = [
        f"{_('项目或团队')}：{row.applicant}",
        f"{_('做什么')}：{row.one_line}",
        f"{_('走到哪一步')}：{row.get_state_display()}",
        *([due_words(clock)] if clock else []),
    ]
    return chat_lines(row.number, lines)


def condition_words(row: Application) -> str:
    """Return the condition laid over the project, "" for none."""
    project = row.project
    return str(ConditionCode(project.condition).label) if project is not None and project.condition else ""
