"""Candidate lists of the demonstration: checked, sent and answered as the officers would have. All of it is invented.

One list waits to be checked, one to be sent, the tenant's waits for its answer; the rest were answered, so that the
page of acceptance has something to count.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from feidi.domain.matching.enums import DeclineReason, ProfileState, Side, Verdict
from feidi.domain.matching.models import CandidateList, Profile
from feidi.domain.matching.selectors.offers_index import forget_indexes
from feidi.domain.matching.services.answering import Answer, answer_candidate, send_list
from feidi.domain.matching.services.candidates import check_list, make_list
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.findings import RefusedError
from feidi.kernel.access import Actor
from feidi.portals.cli.demonstration.agenda import Scene

#: So many working days ago the lists were made; sent and answered on the days after.
_DAYS_AGO: Final = 5
_CHOSEN: Final = 3
#: Counted from the last list, which is the tenant's own.
_UNANSWERED, _UNSENT, _UNCHECKED = 1, 2, 3
_NOTES: Final = (
    "电话问过，做过接近的，先要一份检测报告",
    "离得近，愿意带设备来看一次",
    "没有同类产线的先例，价格要当面谈",
)
#: What was said of candidates that fit well, and of the others, in turn.
_OF_GOOD: Final = (
    Answer(Verdict.ACCEPTED, note="下周可以来"),
    Answer(Verdict.ACCEPTED),
    Answer(Verdict.DECLINED, DeclineReason.TOO_DEAR, "预算只有一半"),
    Answer(Verdict.ACCEPTED, note="先送样"),
)
_OF_OTHERS: Final = (
    Answer(Verdict.LATER, note="先看第一家"),
    Answer(Verdict.DECLINED, DeclineReason.WRONG_FIELD),
    Answer(Verdict.DECLINED, DeclineReason.TOO_EARLY, "还是样机，等中试"),
    Answer(Verdict.DECLINED, DeclineReason.KNOWN, "去年就在谈"),
)
#: A careful officer leaves out what scores less, and a firm likes what scores more.
_WORTH, _GOOD = 0.3, 0.6


def load(scene: Scene) -> None:
    """Make lists of the open needs on one morning; afternoons and the next days bring what came of them."""
    morning = _moment(scene, _DAYS_AGO, 9)
    needs = Profile.objects.filter(
        outpost=scene.outpost,
        side=Side.NEED,
        state=ProfileState.OPEN,
        created_at__lt=morning,
        expires_on__gte=morning.date(),
    ).select_related("outpost__home", "officer", "organization")
    # the load may be tried again in this process on rows of the same numbers
    forget_indexes()
    made = [each for need in needs.order_by("id") if (each := _list(scene, need, morning)) is not None]
    for at, each in enumerate(made):
        _go_on(scene, each, at, waits=len(made) - at)


def _list(scene: Scene, need: Profile, now: datetime) -> CandidateList | None:
    try:
        return make_list(actor=_actor(scene, need), now=now, profile=need)
    except RefusedError:
        return None


def _go_on(scene: Scene, made: CandidateList, at: int, *, waits: int) -> None:
    """Check, send and answer a list; of the last three one stays unchecked, one unsent, one (the tenant's) unanswered."""
    if waits == _UNCHECKED:
        return
    act: dict[str, Any] = {"actor": _actor(scene, made.profile), "now": _moment(scene, _DAYS_AGO, 11)}
    worth = made.rows.filter(score__gte=_WORTH).order_by("position")[:_CHOSEN]
    picks = {row.position: _NOTES[(row.position - 1) % len(_NOTES)] for row in worth}
    checked = check_list(candidates=made, version=made.version, picks=picks, **act)
    if waits == _UNSENT:
        return
    own = waits == _UNANSWERED
    act["now"] = _moment(scene, _DAYS_AGO, 15)
    sent = send_list(candidates=checked, version=checked.version, to="总工（演示）", on_paper=not own, **act)
    if own:
        return
    act["now"] = _moment(scene, _DAYS_AGO - 2, 10)
    for row in sent.rows.filter(picked=True).order_by("position"):
        said = _OF_GOOD if row.score >= _GOOD else _OF_OTHERS
        answer = said[(at + row.position) % len(said)]
        answer_candidate(row=row, answer=answer, **act)


def _actor(scene: Scene, need: Profile) -> Actor:
    logins: Mapping[int, str] = {user.pk: login for login, user in scene.users.items()}
    return scene.actors[logins[need.officer_id]]


def _moment(scene: Scene, days: int, hour: int) -> datetime:
    day: date = scene.working(scene.today - timedelta(days=days))
    return datetime.combine(day, time(hour, 20), SHANGHAI)
