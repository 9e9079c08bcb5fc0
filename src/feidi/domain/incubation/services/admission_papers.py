"""评分表、入驻审批表、反馈函 on paper, with QR. Papers are Chinese whatever the reader's language."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import override

from feidi.domain.incubation.admission_access import SCORE
from feidi.domain.incubation.admission_enums import ApplicationState, ScoreRule, SeatState, Verdict
from feidi.domain.incubation.models import Application, Review, ReviewSeat
from feidi.domain.incubation.selectors.admission_rules import Hand, admission_rules
from feidi.domain.incubation.selectors.application_answers import lines_of
from feidi.domain.incubation.selectors.scoring import shown
from feidi.domain.incubation.services.admission_decisions import DECISION_TITLE
from feidi.domain.incubation.services.admission_steps import SEAT_KIND, require_edit, subject_of
from feidi.domain.parties.access import outpost_scope
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.documents.models import PrintedForm
from feidi.kernel.documents.services.printing import print_form
from feidi.kernel.subjects import Subject

SHEET_TITLE, LETTER_TITLE = "入驻评审评分表", "入驻申请反馈函"
Json = dict[str, Any]


def print_sheet(*, actor: Actor, now: datetime, seat: ReviewSeat) -> PrintedForm:
    """Print a judge's scoring sheet: blank, or with the points given. Refused: stepped aside, neither judge nor staff."""
    application = seat.review.application
    if not (actor.user_id == seat.judge_id and actor.may(SCORE, outpost_scope(application.outpost_id))):
        require_edit(actor, application)
    if seat.state == SeatState.RECUSED:
        raise refuse("incubation.recused", judge=seat.judge.display_name, reason=seat.recused_reason)
    return _print(actor, now, Subject(SEAT_KIND, seat.uid), SHEET_TITLE, sheet_statement(seat))


def print_decision(*, actor: Actor, now: datetime, application: Application) -> PrintedForm:
    """Print the decision for the hands and seals of content's chain. Refused: nothing is decided yet."""
    require_edit(actor, application)
    if application.state != ApplicationState.DECIDED:
        raise refuse("incubation.nothing_decided", state=str(ApplicationState(application.state).label))
    return _print(actor, now, subject_of(application), DECISION_TITLE, decision_statement(application))


def print_letter(*, actor: Actor, now: datetime, application: Application) -> PrintedForm:
    """Print what a rejected or waiting applicant is told. Refused: neither of the two."""
    require_edit(actor, application)
    if application.state not in {ApplicationState.REJECTED, ApplicationState.WAITING}:
        raise refuse("incubation.nothing_decided", state=str(ApplicationState(application.state).label))
    return _print(actor, now, subject_of(application), LETTER_TITLE, letter_statement(application))


def sheet_statement(seat: ReviewSeat) -> Json:
    """Return what a scoring sheet says. Points that are not given yet are left blank, to be written by hand."""
    review, application = seat.review, seat.review.application
    with override("zh-hans"):
        rows = [
            [each["zh"], each["look_zh"], str(each["weight"]), _points(seat, each["code"])] for each in review.criteria
        ]
        return {
            "facts": [
                *_head(application),
                {"label": "评委", "value": seat.judge.display_name},
                {"label": "评审截止", "value": review.due_on.isoformat()},
            ],
            "words": [
                "每项 0—100 分，可到两位小数；各项按权重平均。与申请方有任职、投资、亲属、师生等关系的，请回避，不要打分。",
                f"意见：{seat.remark}" if seat.remark else "意见：",
            ],
            "tables": [{"title": "评分", "columns": ["评分项", "看什么", "权重", "得分"], "rows": rows}],
            "chain": _chain(admission_rules(application.outpost).judge_chain),
        }


def decision_statement(application: Application) -> Json:
    """Return what the decision form says."""
    rules = admission_rules(application.outpost)
    with override("zh-hans"):
        review = application.reviews.filter(voided_at__isnull=True, closed_on__isnull=False).order_by("-n").first()
        said = [
            [question.label.zh, words]
            for section in rules.sections
            if section.code in rules.seen
            for question, words in lines_of(application, rules, section)
            if words
        ]
        return {
            "facts": [
                *_head(application),
                {"label": "决定意见", "value": str(Verdict(application.verdict).label)},
                {"label": "拟安排", "value": application.place_offered or "另行安排"},
                {"label": "理由", "value": reasons_words(application) or "—"},
            ],
            "words": [f"告知申请人：{application.feedback}"] if application.feedback else [],
            "tables": [
                *([_scores(review)] if review else []),
                {"title": "申请情况", "columns": ["项目", "申请人所答"], "rows": said},
            ],
            "chain": _chain(rules.decision_chain),
        }


def letter_statement(application: Application) -> Json:
    """Return what the feedback letter says."""
    with override("zh-hans"):
        waiting = application.state == ApplicationState.WAITING
        words = [
            f"{application.applicant}：",
            f"贵方 {application.submitted_on} 提交的入驻申请（{application.number}）已研究。",
            "目前没有空位，已排入候补" + f"，保留至 {application.waiting_until}。" if waiting else "本次不予入驻。",
            *([f"理由：{reasons_words(application)}。"] if application.reasons else []),
            *([application.feedback] if application.feedback else []),
            "情况有变化的，可以重新申请；已经填过的内容不必再填。",
        ]
        return {
            "facts": [{"label": "受理号", "value": application.number}],
            "words": words,
            "tables": [],
            "chain": [{"hand": application.outpost.name, "seal": True}],
        }


def reasons_words(application: Application) -> str:
    """Return the reasons of a decision in content's words."""
    known = admission_rules(application.outpost).reasons
    return "、".join(known[code].zh for code in application.reasons if code in known)


def _print(actor: Actor, now: datetime, subject: Subject, title: str, data: Json) -> PrintedForm:
    form, _pdf = print_form(actor=actor, now=now, subject=subject, form="statement", title=title, data=data)
    return form


def _head(application: Application) -> list[Json]:
    return [
        {"label": "受理号", "value": application.number},
        {"label": "项目或团队", "value": application.applicant},
        {"label": "做什么", "value": application.one_line or "—"},
        {"label": "驻点", "value": application.outpost.name},
    ]


def _points(seat: ReviewSeat, code: str) -> str:
    return shown(seat.points[code]) if code in seat.points else ""


def _scores(review: Review) -> Json:
    seats = review.seats.select_related("judge").order_by("id")
    rows = [
        [each.judge.display_name, shown(each.total) if each.state == SeatState.SCORED else _stepped_aside(each)]
        for each in seats
    ]
    rule = str(ScoreRule.TRIMMED.label if review.trimmed else ScoreRule.MEAN.label)
    return {
        "title": f"评审得分（{rule}）",
        "columns": ["评委", "得分"],
        "rows": [*rows, ["结果", shown(review.result)]],
    }


def _stepped_aside(seat: ReviewSeat) -> str:
    return f"回避：{seat.recused_reason}" if seat.state == SeatState.RECUSED else "未评分"


def _chain(hands: tuple[Hand, ...]) -> list[Json]:
    """Return one line per hand: three experts sign on three lines."""
    return [
        {"hand": f"{each.label.zh}（{n}）" if each.hands > 1 else each.label.zh, "seal": each.seal}
        for each in hands
        for n in range(1, each.hands + 1)
    ]
