"""A judge who signs in: own shows, interests declared first, what was dealt, the scoring sheet. And a team's own letters."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import require
from feidi.domain.pipeline.access import VIEW_OWN
from feidi.domain.roadshow.models import Judge
from feidi.domain.roadshow.roadshow_access import SCORE, own_letters
from feidi.domain.roadshow.selectors.roadshow_judges import criteria_of, seat_of, seats_of, ties_to_declare
from feidi.domain.roadshow.selectors.roadshows import list_letters, own_seats
from feidi.domain.roadshow.services.desk import answer_declaration, answer_sheet, done_words
from feidi.domain.roadshow.services.letters import letter_of
from feidi.kernel.subjects import new_uid
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest

REFUSED = 409


def _judge(request: FeidiRequest, uid: str) -> Judge:
    """Return one's own seat; raises Judge.DoesNotExist for every other."""
    found = next((each for each in own_seats(request.actor) if each.uid == uid), None)
    if found is None:
        raise Judge.DoesNotExist
    return found


def _mine() -> Crumb:
    return Crumb(_("我的路演评审"), reverse("workspace:judging:desk_list"))


@require_GET
def desk_list(request: FeidiRequest) -> HttpResponse:
    """The shows one judges, the newest first."""
    require(request.actor, SCORE)
    return render(request, "workspace/judging/desk_list.html", {"judges": own_seats(request.actor)})


@require_GET
def desk_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One show: interests first, then what was dealt."""
    judge = _judge(request, uid)
    seats = seats_of(judge)
    context = {
        "judge": judge,
        "ties": ties_to_declare(judge),
        "seats": [(each, reverse("workspace:judging:sheet_score", args=[uid, each.entry.uid])) for each in seats],
        "declaring": not seats,
        "declare_url": reverse("workspace:judging:desk_declare", args=[uid]),
        "crumbs": [_mine(), Crumb(judge.roadshow.number)],
    }
    return render(request, "workspace/judging/desk_view.html", context)


@require_POST
def desk_declare(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say with which entries there is a tie; none is an answer too."""
    judge = _judge(request, uid)
    n = answer_declaration(actor=request.actor, now=request.now, judge=judge, given=request.POST.dict())
    messages.success(request, _("已收到声明：回避 {n} 个项目。").format(n=n))
    return redirect("workspace:judging:desk_view", uid)


@never_cache
@require_http_methods(["GET", "POST"])
def sheet_score(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """One scoring sheet: kept while one types, through a lost line, until it is locked."""
    judge = _judge(request, uid)
    (seat, after), answer = seat_of(judge, entry), None
    if request.method == "POST":
        given = request.POST.dict()
        answer = answer_sheet(actor=request.actor, now=request.now, judge=judge, entry=seat.entry, given=given)
        if request.accepts("application/json") and not request.accepts("text/html"):
            return JsonResponse(answer.as_json())
        if answer.done:
            messages.success(request, done_words(answer))
            return redirect("workspace:judging:sheet_score", uid, entry)
    context = {
        "judge": judge,
        "seat": seat,
        "criteria": criteria_of(seat),
        "nonce": new_uid(),
        "here": request.path,
        "desk": reverse("workspace:judging:desk_view", args=[uid]),
        "after": after,
        "after_url": reverse("workspace:judging:sheet_score", args=[uid, after.entry.uid]) if after else "",
        "problem": answer.words if answer else "",
        "standing": answer.standing if answer else (),
        "crumbs": [
            _mine(),
            Crumb(judge.roadshow.number, reverse("workspace:judging:desk_view", args=[uid])),
            Crumb(seat.title),
        ],
    }
    return render(request, "workspace/judging/sheet_score.html", context, status=REFUSED if answer else 200)


@require_GET
def letter_list(request: FeidiRequest) -> HttpResponse:
    """The letters of one's own projects."""
    require(request.actor, VIEW_OWN)
    return render(request, "workspace/judging/letter_list.html", {"letters": list_letters(request.actor)})


@require_GET
def letter_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One letter: the own figures and the remarks that were cleared."""
    rows = own_letters(request.actor).select_related("project", "round__roadshow__outpost__home")
    entry = rows.get(uid=uid)
    crumbs = [Crumb(_("路演反馈函"), reverse("workspace:judging:letter_list")), Crumb(entry.project.name)]
    context = {"entry": entry, "letter": letter_of(entry), "crumbs": crumbs}
    return render(request, "workspace/judging/letter_view.html", context)
