"""Candidates that were sent to a firm: opened (their owners see by whom), answered one by one. Nobody's name is in them
before both sides agree, unless its owner lets it be known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from feidi.domain.matching.access import ANSWER_OWN, VIEW_OWN
from feidi.domain.matching.enums import DeclineReason, ProfileKind, Verdict, Viewed
from feidi.domain.matching.models import CandidateList, CandidateRow, ProfileReading
from feidi.domain.matching.selectors.candidate_words import ask_for, marked
from feidi.domain.matching.selectors.candidates import get_sent_list, rows_of, sent_lists
from feidi.domain.matching.selectors.reading import Reading, readings_of
from feidi.domain.matching.services.answering import Answer, answer_candidate, open_list
from feidi.domain.parties.access import require
from feidi.engines.findings import RefusedError
from feidi.kernel.access import Actor
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.pieces import Badge, Crumb, Tone
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.workspace.forms import CandidateAnswerForm

_SHOWN = 100
INVALID, REFUSED = 422, 409
_TONES: Mapping[str, Tone] = {
    Verdict.NONE: "quiet",
    Verdict.ACCEPTED: "ok",
    Verdict.DECLINED: "warn",
    Verdict.LATER: "info",
}


@require_safe
def candidates_list(request: FeidiRequest) -> HttpResponse:
    """List what was sent to one's own firm, newest first, with how much is still to be answered."""
    require(request.actor, VIEW_OWN)
    lists = list(sent_lists(request.actor).prefetch_related("rows")[:_SHOWN])
    cards = [{"list": each, "profile": each.profile, "open": _unanswered(each)} for each in lists]
    return render(request, "workspace/candidates_list.html", {"cards": cards})


def _unanswered(candidates: CandidateList) -> int:
    return sum(1 for row in candidates.rows.all() if row.picked and row.verdict == Verdict.NONE)


@require_safe
def candidates_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show one list once it has been opened: each candidate's masked text, the sentence that matched, what is open."""
    return _show(request, get_sent_list(request.actor, uid))


@require_POST
def candidates_open(request: FeidiRequest, uid: str) -> HttpResponse:
    """Open a list: whoever owns a candidate sees that it was read, by whom and when."""
    open_list(actor=request.actor, now=request.now, candidates=get_sent_list(request.actor, uid))
    return redirect("workspace:candidates_view", uid)


@require_POST
def candidate_answer(request: FeidiRequest, uid: str, position: int) -> HttpResponse:
    """Say yes, no and why, or later; may be said again until the introduction has begun."""
    candidates = get_sent_list(request.actor, uid)
    row = candidates.rows.get(position=position, picked=True)
    form, status = CandidateAnswerForm(request.POST), INVALID
    if form.is_valid():
        data = form.cleaned_data
        reason = DeclineReason(data["reason"]) if data["reason"] else None
        answer = Answer(Verdict(data["verdict"]), reason, data["note"])
        try:
            answer_candidate(actor=request.actor, now=request.now, row=row, answer=answer)
        except RefusedError as error:
            add_refusal(form, error.refusal, {"matching.decline_reason_needed": "reason"})
            status = REFUSED
        else:
            messages.success(request, _("已记下，服务专员会跟进。"))
            return redirect("workspace:candidates_view", uid)
    return _show(request, candidates, typed=(position, form), status=status)


def _show(
    request: FeidiRequest,
    candidates: CandidateList,
    *,
    typed: tuple[int, CandidateAnswerForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = rows_of(candidates, picked=True)
    may = readings_of(request.actor, [row.profile for row in rows], request.today)
    opened = is_opened(request.actor, [row for row in rows if may[row.profile_id].masked])
    profile = candidates.profile
    context = {
        "list": candidates,
        "profile": profile,
        "opened": opened,
        "count": len(rows),
        "cards": [_card(at, row, may[row.profile_id]) for at, row in enumerate(rows, start=1)] if opened else [],
        "may_answer": request.actor.may(ANSWER_OWN),
        "typed": typed[1] if typed else None,
        "typed_at": typed[0] if typed else 0,
        "form": CandidateAnswerForm(auto_id=False),
        "crumbs": [Crumb(_("给我的候选"), reverse("workspace:candidates_list")), Crumb(profile.number)],
    }
    return render(request, "workspace/candidates_view.html", context, status=status)


def is_opened(actor: Actor, rows: Sequence[CandidateRow]) -> bool:
    """Tell whether it is on record that the actor reads the present texts of all these candidates."""
    read = ProfileReading.objects.filter(
        profile_id__in=[row.profile_id for row in rows], reader=actor.label[:160], what=Viewed.MASKED, on_paper=False
    )
    seen = set(read.values_list("profile_id", "of_version"))
    return all((row.profile_id, row.profile.version) in seen for row in rows)


def _card(at: int, row: CandidateRow, may: Reading) -> dict[str, Any]:
    profile = row.profile
    owner = profile.organization or profile.project or profile.person
    reason = str(DeclineReason(row.reason).label) if row.reason else ""
    return {
        "at": at,
        "row": row,
        "title": profile.title if may.masked else "",
        "kind": str(ProfileKind(profile.kind).label),
        "text": profile.masked_text if may.masked else "",
        "owner": str(owner.name) if owner and may.identity else "",
        "pieces": marked(row.sentence, row.words) if may.masked else [],
        "ask": ask_for(row.missing) if may.masked else "",
        "badge": Badge(Verdict(row.verdict).label, _TONES[row.verdict]),
        "reason": "：".join(part for part in (reason, row.reason_note) if part),
    }
