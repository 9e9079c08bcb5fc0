"""The page before a talk, and what talks left behind by quarter."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from feidi.domain.parties.access import require
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.access import VIEW, require_on, visible_to
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.selectors.briefing import Brief, brief_of
from feidi.domain.pipeline.selectors.impressions import concerns, impressions_by_quarter
from feidi.domain.pipeline.selectors.projects import get_project
from feidi.kernel.access import ScopeKind
from feidi.portals.console.pipeline import presenting
from feidi.portals.console.words import say_pair
from feidi.portals.ui.requests import FeidiRequest

#: Fewer answers than this are shown as such, without a mean (domain conventions: hide when n < 5).
FEW = 5


@require_GET
def project_brief(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show one page to read before a talk; prints on one sheet."""
    project = get_project(request.actor, uid)
    require_on(request.actor, "project.edit", project)
    brief = brief_of(request.actor, project, request.today)
    context = {
        "brief": brief,
        "project": project,
        "today": request.today,
        "stages": presenting.badges_of(project),
        "missing": [
            (presenting.stage_label(project.outpost, a.track, a.to), len(a.reasons)) for a in brief.next_answers
        ],
        "copy_text": _copied(brief),
        "talks": presenting.timeline_of(project, brief.talks, (), might_edit=False),
    }
    return render(request, "console/pipeline/project_brief.html", context)


def _copied(brief: Brief) -> str:
    last = brief.talks[0] if brief.talks else None
    before, ask = _("上次"), _("要问")
    lines = [
        f"【{brief.project.name}】{brief.project.sponsor_name}",
        *([brief.project.one_line] if brief.project.one_line else []),
        *([f"{before}：{last.occurred_on} {last.summary}"] if last else []),
        *([f"{ask}：{'、'.join(brief.unknown)}"] if brief.unknown else []),
    ]
    return "\n".join(lines)[:300]


@require_GET
def impression_list(request: FeidiRequest) -> HttpResponse:
    """Show by quarter what those who talked with us thought, and what held them back."""
    require(request.actor, "project.edit")
    ids = request.actor.scopes(VIEW, ScopeKind.OUTPOST)
    outposts = Outpost.objects.filter(pk__in=ids).select_related("home")
    words = {code: pair for outpost in outposts for code, pair in concerns(outpost).items()}
    answers = impressions_by_quarter(ids)
    quarters = [
        {
            "row": each,
            "mean": f"{float(each.mean):.1f}" if each.mean is not None and each.asked >= FEW else "",
            "held": [(say_pair(*words.get(code, (code, code))), n) for code, n in each.concerns],
            "url": f"?quarter={each.year}-{each.number}",
        }
        for each in answers
    ]
    wanted = request.GET.get("quarter", "")
    chosen = [each for each in answers if f"{each.year}-{each.number}" == wanted]
    projects = visible_to(request.actor, Project.objects.filter(pk__in=chosen[0].projects)) if chosen else ()
    context = {"quarters": quarters, "few": FEW, "projects": projects}
    return render(request, "console/pipeline/impression_list.html", context)
