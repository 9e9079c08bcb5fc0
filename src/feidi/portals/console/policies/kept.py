"""Check-ups that were kept: as they were answered then, on paper, and whether the same question still has that answer."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from feidi.domain.parties.access import outpost_scope
from feidi.domain.policy.access import CHECK
from feidi.domain.policy.selectors.checkups import get_checkup
from feidi.domain.policy.services.checkup_papers import checkup_paper, print_checkup
from feidi.domain.policy.services.checkups import asked_again, keep_checkup, keep_checkup_about
from feidi.portals.console.daily import word_file
from feidi.portals.console.policies import presenting, subject_lists
from feidi.portals.console.policies.asking import asking_about, asking_of, kept_at
from feidi.portals.ui.clock import taken_by
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest


@require_POST
def checkup_keep(request: FeidiRequest, uid: str) -> HttpResponse:
    """Keep the check-up of an organization as it stands: answers, facts, policy files."""
    asking = asking_of(request, uid)
    row = keep_checkup(
        actor=request.actor,
        now=request.now,
        outpost=asking.outpost,
        organization=asking.organization,
        as_of=asking.as_of,
        project=asking.project,
    )
    messages.success(request, _("已留存。以后打开都是这一天的答案。"))
    return redirect("console:policies:checkup_view", row.uid)


@require_POST
def subject_checkup_keep(request: FeidiRequest, kind: str, uid: str) -> HttpResponse:
    """Keep the check-up of a person or a referral as it stands; the name is kept masked."""
    asking = asking_about(request, kind, uid)
    row = keep_checkup_about(actor=request.actor, now=request.now, subject=asking.about.subjects[0], as_of=asking.as_of)
    messages.success(request, _("已留存。以后打开都是这一天的答案。"))
    return redirect("console:policies:checkup_view", row.uid)


@require_GET
def checkup_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One kept check-up, and whether the same question gives the same answer today."""
    row = get_checkup(request.actor, uid)
    address = kept_at(row.subject_kind, row.subject_uid)
    context = {
        "checkup": row,
        "as_of": row.as_of,
        "tiles": presenting.tiles_of(row.summary, row.as_of),
        "groups": presenting.groups_of(row.results, row.as_of),
        "combination": presenting.combination_of(row.summary, row.results),
        "summary": row.summary,
        "facts": presenting.facts_of(row.facts),
        "files": row.files,
        "policy_hash": row.policy_hash,
        "form": None,
        "may_state": False,
        "same": asked_again(row),
        "may_check": request.actor.may(CHECK, outpost_scope(row.outpost_id)),
        "crumbs": [
            *subject_lists.crumbs(row.subject_kind),
            Crumb(row.subject_label, address),
            Crumb(_("留存的体检")),
        ],
        "copy_text": presenting.chat_text(row.subject_label, row.as_of, row.results, row.summary),
        "live_url": address,
    }
    return render(request, "console/policies/checkup_view.html", context)


@require_POST
def checkup_print(request: FeidiRequest, uid: str) -> HttpResponse:
    """Print a kept check-up; what is printed is frozen under its hash."""
    form = print_checkup(actor=request.actor, now=request.now, checkup=get_checkup(request.actor, uid))
    return redirect("console:pipeline:form_view", form.uid)


@require_GET
def checkup_word(request: FeidiRequest, uid: str) -> HttpResponse:
    """A kept check-up as a Word file."""
    row = get_checkup(request.actor, uid)
    mark = taken_by(request.user, request.now)
    paper = checkup_paper(row, watermark=mark, demonstration=bool(settings.FEIDI_DEMONSTRATION))
    return word_file(paper, f"{row.subject_label}政策体检")
