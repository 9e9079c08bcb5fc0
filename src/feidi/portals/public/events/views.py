"""Activities for visitors: what is coming, one of them, registering without an account. Every form works without a script."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.roadshow.enums import RegisteredBy
from feidi.domain.roadshow.models import Activity, Registration
from feidi.domain.roadshow.selectors.activities import list_public, public_activity
from feidi.domain.roadshow.selectors.activity_rules import activity_rules
from feidi.domain.roadshow.selectors.tickets import token_of
from feidi.domain.roadshow.services.registrations import Registrant, register
from feidi.engines.findings import Refusal, RefusedError
from feidi.kernel.access import ANONYMOUS, ScopeKind
from feidi.kernel.identity.models import User
from feidi.kernel.messages import sentence_of
from feidi.portals.public.apply import guarding
from feidi.portals.public.events.presenting import drawn_questions, given_answers, programme_of, shown, window_of
from feidi.portals.ui.requests import FeidiRequest

#: Nothing there; refused for another reason.
GONE, REFUSED = 404, 409
TYPED = ("name", "phone", "mail", "title", "organization_name")


def said(refusal: Refusal) -> str:
    """Return a refusal in one line."""
    return sentence_of(refusal)


def private(response: HttpResponse) -> HttpResponse:
    """Keep the page out of search engines."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@login_not_required
@require_safe
def activity_list(request: FeidiRequest) -> HttpResponse:
    """What is coming at each outpost, and what lately was."""
    outposts = Outpost.objects.select_related("home", "host").order_by("code")
    groups = []
    for outpost in outposts:
        if rows := list_public(outpost, request.now):
            rules = activity_rules(outpost)
            groups.append((outpost, [shown(each, request.now, rules) for each in rows]))
    return render(request, "public/events/activity_list.html", {"groups": groups})


@login_not_required
@require_safe
def activity_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One activity: when, where, programme, how many places are left."""
    word = request.GET.get("invite", "")
    row = _opened(uid, word)
    context = {
        "row": shown(row, request.now),
        "invite": word,
        "programme": programme_of(row),
        "window": window_of(row, request.now),
    }
    response = render(request, "public/events/activity_view.html", context)
    return private(response) if word else response


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registration_new(request: FeidiRequest, uid: str) -> HttpResponse:
    """Register: with a ticket at once, or on the waiting list; refused, what was typed stays."""
    word = request.POST.get("invite") or request.GET.get("invite", "")
    row = _opened(uid, word)
    problem: RefusedError | None = None
    if request.method == "POST":
        try:
            made = _register(request, row)
            return private(redirect("public:events:ticket_view", token_of(made)))
        except RefusedError as error:
            problem = error
    rules = activity_rules(row.outpost)
    context = {
        "row": shown(row, request.now),
        "invite": word,
        "window": window_of(row, request.now),
        "typed": {name: request.POST.get(name, "") for name in TYPED} if request.POST else _known(request),
        "questions": drawn_questions(row, request.POST, problem),
        "consent": rules.consent.in_language(request.LANGUAGE_CODE),
        "stamp": guarding.stamp(request),
        "problem": said(problem.refusal) if problem else "",
    }
    status = REFUSED if problem else 200
    return private(render(request, "public/events/registration_new.html", context, status=status))


def _opened(uid: str, word: str) -> Activity:
    try:
        return public_activity(uid, word)
    except RefusedError:
        raise Http404 from None


def _register(request: FeidiRequest, row: Activity) -> Registration:
    guarding.check_person(request, "roadshow.looks_automatic")
    user = request.user if isinstance(request.user, User) and request.user.is_authenticated else None
    typed: dict[str, Any] = {name: request.POST.get(name, "") for name in TYPED}
    registrant = Registrant(
        **typed,
        answers=given_answers(row, request.POST),
        consent=bool(request.POST.get("consent")),
        user=user,
        organization=_own_organization(request),
    )
    return register(
        actor=request.actor if user else ANONYMOUS,
        now=request.now,
        activity=row,
        registrant=registrant,
        origin=RegisteredBy.ACCOUNT if user else RegisteredBy.PUBLIC,
        origin_digest=guarding.origin_of(request, request.today),
    )


def _own_organization(request: FeidiRequest) -> Organization | None:
    """Return the one organization that a signed-in tenant acts for; of several they type which."""
    own = request.actor.scopes("project.view_own", ScopeKind.ORGANIZATION)
    return Organization.objects.filter(pk__in=own).first() if len(own) == 1 else None


def _known(request: FeidiRequest) -> dict[str, Any]:
    """What is known of who is signed in: nobody types their own name twice."""
    user, organization = request.user, _own_organization(request)
    if not isinstance(user, User) or not user.is_authenticated:
        return dict.fromkeys(TYPED, "")
    return {
        **dict.fromkeys(TYPED, ""),
        "name": user.display_name,
        "mail": user.email,
        "organization_name": organization.name if organization else "",
    }
