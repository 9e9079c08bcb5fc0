"""评审: a panel is called, judges tied to the applicant step aside, points are given, the result is reckoned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from feidi.domain.incubation.admission_access import SCORE
from feidi.domain.incubation.admission_enums import ApplicationState, ScoreRule, SeatState
from feidi.domain.incubation.models import Application, Review, ReviewSeat
from feidi.domain.incubation.selectors.admission_rules import DECISION, REVIEW, admission_rules
from feidi.domain.incubation.selectors.recusals import relation_of
from feidi.domain.incubation.selectors.scoring import read_points, result_of, shown, total_of
from feidi.domain.incubation.services.admission_steps import (
    REVIEW_KIND,
    SEAT_KIND,
    ask_for,
    day_of,
    require_edit,
    run_clock,
    stepping,
    stop_clock,
    subject_of,
)
from feidi.domain.incubation.services.admission_tracks import advance_talks, judged_follow
from feidi.domain.incubation.services.changing import adding, changing, needed_reason
from feidi.domain.incubation.services.first_answers import held_answer
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.pipeline.enums import Stage
from feidi.domain.pipeline.services.registering import update_project
from feidi.engines.findings import Finding, Level, refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.calendar.working_days import add_working_days
from feidi.kernel.documents.selectors import list_signed_copies
from feidi.kernel.identity.models import User
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.services import add_todo


def open_review(
    *, actor: Actor, now: datetime, application: Application, judges: Sequence[User], due_on: date | None = None
) -> Review:
    """Call a panel; the project goes to ``assessing``. Judges tied to the applicant are set aside at once, and say why.

    Refused: no first answer given yet, nobody named, a day before today, as the pipeline refuses its moves.
    """
    require_edit(actor, application)
    rules = admission_rules(application.outpost)
    if held_answer(application) is None:
        raise refuse("incubation.first_answer_needed", number=application.number)
    if not judges:
        raise refuse("incubation.judges_needed", n=rules.judges)
    today = day_of(now)
    until = due_on or add_working_days(today, rules.clocks[REVIEW].n).date
    if until < today:
        raise refuse("incubation.day_past", value=until.isoformat())
    with recorded(actor=actor, now=now):
        with stepping(application, ApplicationState.REVIEWING, actor=actor, now=now) as row:
            _to_assessing(actor, now, row)
        review = adding(
            Review(
                application=application,
                n=application.reviews.count() + 1,
                opened_on=today,
                due_on=until,
                rule=rules.rule,
                judges_needed=rules.judges,
                criteria=[
                    {"code": each.code, "zh": each.label.zh, "en": each.label.en, "look_zh": each.look_at.zh,
                     "look_en": each.look_at.en, "weight": each.weight}
                    for each in rules.criteria
                ],
                created_at=now,
            ),
            kind=REVIEW_KIND,
            actor=actor,
            now=now,
        )  # fmt: skip
        run_clock(application, REVIEW, actor=actor, now=now)
        what = _("{number} 评审中，{day} 前收齐评分").format(number=application.number, day=until.isoformat())
        ask_for(application, what, actor=actor, now=now, assignee=application.officer, due_on=until)
        for judge in judges:
            _seat(actor, now, review, judge)
    return review


def add_judge(*, actor: Actor, now: datetime, review: Review, judge: User) -> ReviewSeat:
    """Ask one more judge (for one who stepped aside). Refused: closed, on the panel already."""
    require_edit(actor, review.application)
    with recorded(actor=actor, now=now):
        held = _open(review)
        if held.seats.filter(judge=judge).exists():
            raise refuse("incubation.judge_twice", judge=judge.display_name)
        return _seat(actor, now, held, judge)


def declare_recusal(*, actor: Actor, now: datetime, seat: ReviewSeat, reason: str) -> ReviewSeat:
    """Step aside, by the judge or by the outpost's people; points already given are no longer counted. Refused: no
    reason, the panel has closed, stepped aside before.
    """
    _require_seat(actor, seat, also_staff=True)
    said = needed_reason(reason)
    with recorded(actor=actor, now=now):
        _open(seat.review)
        with changing(seat, kind=SEAT_KIND, actor=actor, now=now, reason=said, action="recused") as row:
            if row.state == SeatState.RECUSED:
                raise refuse("incubation.recused", judge=row.judge.display_name, reason=row.recused_reason)
            row.state, row.recused_reason, row.total = SeatState.RECUSED, said[:300], None
    seat.refresh_from_db()
    return seat


def score_seat(
    *, actor: Actor, now: datetime, seat: ReviewSeat, points: Mapping[str, object], remark: str = ""
) -> ReviewSeat:
    """Give points, by the judge; or by the outpost's people from the sheet that came back signed (线下签署).

    May be given anew until the panel closes. Refused: a criterion without points or outside 0…100 (which), a judge who
    stepped aside or was found tied to the applicant since, somebody else's seat without a signed sheet.
    """
    _require_seat(actor, seat, also_staff=has_signed_sheet(seat))
    with recorded(actor=actor, now=now):
        review = _open(seat.review)
        read = _read(review, points)
        with changing(seat, kind=SEAT_KIND, actor=actor, now=now, action="scored") as row:
            if row.state == SeatState.RECUSED:
                raise refuse("incubation.recused", judge=row.judge.display_name, reason=row.recused_reason)
            tie = relation_of(row.judge, review.application)
            if tie:
                raise refuse("incubation.judge_tied", judge=row.judge.display_name, reason=tie)
            row.state, row.points, row.remark, row.scored_at = SeatState.SCORED, read, remark.strip()[:2000], now
            row.total = total_of(read, {each["code"]: each["weight"] for each in review.criteria})
    seat.refresh_from_db()
    return seat


def close_review(*, actor: Actor, now: datetime, review: Review, opinion: str = "") -> Review:
    """Reckon the result and hand on to the decision. Refused: fewer scores than content asks for (whose are missing)."""
    require_edit(actor, review.application)
    with recorded(actor=actor, now=now):
        held = _open(review)
        seats = list(held.seats.select_related("judge"))
        scored = [each for each in seats if each.state == SeatState.SCORED]
        if len(scored) < held.judges_needed:
            raise refuse(
                "incubation.scores_missing",
                *(
                    Finding(Level.PROBLEM, "incubation.score_awaited", {"judge": each.judge.display_name})
                    for each in seats
                    if each.state == SeatState.ASSIGNED
                ),
                n=len(scored),
                needed=held.judges_needed,
            )
        result = result_of([each.total or 0 for each in scored], ScoreRule(held.rule))
        with changing(held, kind=REVIEW_KIND, actor=actor, now=now, action="closed") as row:
            row.closed_on, row.opinion = day_of(now), opinion.strip()[:2000]
            row.result, row.trimmed = result.hundredths, result.trimmed
        application = review.application
        with stepping(application, ApplicationState.JUDGED, actor=actor, now=now):
            pass
        _assessed(actor, now, application, row, len(scored))
        stop_clock(application, REVIEW, actor=actor, now=now)
        run_clock(application, DECISION, actor=actor, now=now)
        what = _("{number} 评审结束（{points} 分），待决定").format(
            number=application.number, points=shown(result.hundredths)
        )
        ask_for(application, what, actor=actor, now=now)
    review.refresh_from_db()
    return review


def has_signed_sheet(seat: ReviewSeat) -> bool:
    """Tell whether the seat's scoring sheet came back signed."""
    return list_signed_copies(Subject(SEAT_KIND, seat.uid), "statement").exists()


def _seat(actor: Actor, now: datetime, review: Review, judge: User) -> ReviewSeat:
    application = review.application
    tie = relation_of(judge, application)
    state = SeatState.RECUSED if tie else SeatState.ASSIGNED
    seat = ReviewSeat(
        review=review, judge=judge, state=state, found=bool(tie), recused_reason=tie[:300], created_at=now
    )
    adding(seat, kind=SEAT_KIND, actor=actor, now=now)
    if not tie:
        what = _("请评审 {number} {applicant}").format(number=application.number, applicant=application.applicant)
        add_todo(actor=actor, now=now, subject=subject_of(application), what=what, assignee=judge, due_on=review.due_on)
    return seat


def _to_assessing(actor: Actor, now: datetime, row: Application) -> None:
    project, officer = row.project, row.officer
    if project is None or officer is None:  # pragma: no cover - both are there from the acceptance on
        return
    followed = judged_follow(actor=actor, now=now, project=project, number=row.number)
    advance_talks(actor=actor, now=now, project=followed, to=Stage.ASSESSING, officer=officer)


def _assessed(actor: Actor, now: datetime, application: Application, review: Review, judges: int) -> None:
    """Write the panel's result where the pipeline looks for the assessment."""
    project = application.project
    if project is None:  # pragma: no cover - there from the acceptance on
        return
    project.refresh_from_db()
    words = f"入驻评审 {application.number}：{judges} 位评委，{shown(review.result)} 分。{review.opinion}".strip()
    both = "\n".join(filter(None, (project.assessment, words)))
    update_project(actor=actor, now=now, project=project, version=project.version, values={"assessment": both})


def _open(review: Review) -> Review:
    held = Review.objects.select_for_update(of=("self",)).select_related("application__outpost__home").get(pk=review.pk)
    if held.closed_on is not None or held.voided_at is not None:
        raise refuse("incubation.review_closed", on=held.closed_on.isoformat() if held.closed_on else "")
    return held


def _read(review: Review, points: Mapping[str, object]) -> dict[str, int]:
    read = {each["code"]: read_points(points.get(each["code"], "")) for each in review.criteria}
    wrong = [
        Finding(
            Level.PROBLEM,
            "incubation.points_unread",
            {"label_zh": each["zh"], "label_en": each["en"], "value": str(points.get(each["code"], ""))[:20]},
            column=each["code"],
        )
        for each in review.criteria
        if read[each["code"]] is None
    ]
    if wrong:
        raise refuse("incubation.points_missing", *wrong, n=len(wrong))
    return {code: value for code, value in read.items() if value is not None}


def _require_seat(actor: Actor, seat: ReviewSeat, *, also_staff: bool) -> None:
    scope = outpost_scope(seat.review.application.outpost_id)
    if actor.user_id == seat.judge_id and actor.may(SCORE, scope):
        return
    if also_staff:
        require_edit(actor, seat.review.application)
        return
    if actor.may("incubation.edit", scope):
        raise refuse("incubation.score_by_judge", judge=seat.judge.display_name)
    require(actor, SCORE)
    raise refuse("incubation.score_by_judge", judge=seat.judge.display_name)
