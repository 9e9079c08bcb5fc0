"""Papers as issued: the list, a new one of any kind, one with its figures' rows, the check of its edited copy."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.enums import InteractionKind
from feidi.domain.pipeline.models import Project
from feidi.domain.reporting.models import IssuedPaper
from feidi.domain.reporting.selectors.paper_content import PaperForm, paper_content
from feidi.domain.reporting.selectors.paper_lists import visits_of
from feidi.domain.reporting.selectors.papers import (
    Snapshot,
    differences,
    get_paper,
    list_papers,
    plaque_of,
    snapshot_of,
)
from feidi.domain.reporting.services.paper_writing import Wording
from feidi.domain.reporting.services.papers import (
    ISSUE,
    Issue,
    check_edited,
    finding_of,
    issue_paper,
    void_paper,
)
from feidi.portals.console.papers import presenting
from feidi.portals.console.papers.forms import FileForm, ProjectForm, WordsForm
from feidi.portals.console.papers.scope import Scope, read_scope, require_papers
from feidi.portals.console.papers.views.friday import first_words
from feidi.portals.console.pipeline.views.saving import save_page, sent, uploaded
from feidi.portals.ui.pieces import Tab
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import paginate, read_table

_REPORT = "inspection_report"
_SPAN = {"summary": "month"}


@require_safe
def paper_list(request: FeidiRequest) -> HttpResponse:
    """List the papers issued, newest first; ``kind`` narrows to one kind."""
    outposts = require_papers(request.actor)
    kinds = {
        code: presenting.kind_label(each.label)
        for outpost in outposts
        for code, each in paper_content(outpost, request.today).kinds.items()
    }
    table = read_table(request.GET, presenting.PAPER_COLUMNS, default_sort="-made")
    rows = list_papers(request.actor)
    kind = request.GET.get("kind", "")
    if kind in kinds:
        rows = rows.filter(kind=kind)
    page = paginate(rows.order_by(*table.order_by(presenting.PAPER_SORTS, ["-id"])), request.GET.get("page"))
    here = reverse("console:papers:paper_list")
    context = {
        "page": page,
        "table": table.with_rows([presenting.paper_row(each, kinds) for each in page.items]),
        "tabs": [Tab("", _("全部"), here), *(Tab(code, words, f"{here}?kind={code}") for code, words in kinds.items())],
        "kind": kind if kind in kinds else "",
        "new": [(f"{reverse('console:papers:paper_new')}?kind={code}", words) for code, words in kinds.items()],
        "may_issue": request.actor.may(ISSUE),
        "copy_text": "\n".join(f"{each.number} {each.title}（截至{each.as_of}）" for each in page.items[:10]),
    }
    return render(request, "console/papers/paper_list.html", context)


@require_http_methods(["GET", "POST"])
def paper_new(request: FeidiRequest) -> HttpResponse:
    """Write one paper of a kind: its words are drafted from the projects, its figures stand fast."""
    asked = request.GET.get("kind", "briefing")
    scope = read_scope(request, span=_SPAN.get(asked, "week"))
    require(request.actor, ISSUE, outpost_scope(scope.outpost.pk))
    written = paper_content(scope.outpost, scope.as_of)
    # an address that names no kind is answered like one that says nothing
    kind = written.kind(asked if asked in written.kinds else "briefing")
    snapshot = scope.snapshot(request.actor)
    projects = _inspected(request, scope)
    chosen = projects.filter(uid=request.GET.get("project", "")).first() if kind.code == _REPORT else None
    words = _draft(request, kind, snapshot, chosen)
    need = [name for name in ("subject", "body") if name in kind.fields]
    form = WordsForm(sent(request), fields=kind.fields, required=need, initial=words)
    made: list[IssuedPaper] = []

    def save(data: dict[str, Any]) -> None:
        issue = Issue(kind.code, scope.plaque, Wording(data))
        made.append(issue_paper(actor=request.actor, now=request.now, snapshot=snapshot, issue=issue))
        messages.info(request, _("编号 {number}").format(number=made[0].number))

    response = save_page(
        request,
        template="console/papers/paper_new.html",
        form=form,
        save=save,
        done=_("已出稿。"),
        onward=reverse("console:papers:paper_list"),
        extra={
            "scope": scope,
            "kind": kind,
            "title": presenting.kind_label(kind.label),
            "crumbs": presenting.crumbs(presenting.kind_label(kind.label), "paper_list", _("已出文稿")),
            "tiles": presenting.tiles_of(snapshot) if any(each.sentences for each in kind.sections) else (),
            "as_of": scope.as_of,
            "unplaced": snapshot.unplaced,
            "projects": ProjectForm({"project": chosen.uid} if chosen else None, projects=projects, auto_id="about-%s")
            if kind.code == _REPORT
            else None,
        },
    )
    return redirect("console:papers:paper_view", made[0].uid) if made else response


def _inspected(request: FeidiRequest, scope: Scope) -> Any:
    """Return the projects with a visit, those visited last first."""
    seen = visible_in_office(request.actor, Project.objects.filter(outpost=scope.outpost, voided_at__isnull=True))
    visits = (InteractionKind.VISIT_OUT, InteractionKind.VISIT_IN)
    return seen.filter(interactions__kind__in=visits).distinct().order_by("-last_talk_on", "-id")


def _draft(request: FeidiRequest, kind: PaperForm, snapshot: Snapshot, project: Project | None) -> dict[str, str]:
    head = paper_content(snapshot.outpost, snapshot.as_of).head(snapshot.outpost, snapshot.plaque)
    words = {"addressee": "、".join(head.addressees)}
    if kind.code == _REPORT:
        if project is not None:
            words |= {
                "subject": f"“{project.name}”项目",
                "body": visits_of(request.actor, project, snapshot.as_of),
                "problems": project.problems,
                "next_steps": project.next_step,
            }
        return words
    return {**first_words(request.actor, snapshot), **words}


@require_safe
def paper_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show one paper: its text with each figure's rows, what changed since, and the check of its edited copy."""
    paper = get_paper(request.actor, uid)
    return _page(request, paper, FileForm(label=_("改稿（.docx）")))


def _page(request: FeidiRequest, paper: IssuedPaper, form: FileForm, status: int = 200) -> HttpResponse:
    frame = paper.paragraphs[0] if paper.paragraphs else {}
    snapshot = snapshot_of(
        request.actor, paper.outpost, paper.as_of, frame.get("span", "week"), plaque=plaque_of(paper)
    )
    kinds = paper_content(paper.outpost, paper.as_of).kinds
    kind = kinds.get(paper.kind)
    label = presenting.kind_label(kind.label) if kind else paper.kind
    copies = "；".join(f"{each['word']}：{'、'.join(each['to'])}" for each in frame.get("copies", ()))
    paragraphs = presenting.checked_paragraphs(paper)
    context = {
        "paper": paper,
        "title": paper.title,
        "subtitle": f"{label} {paper.number}",
        "crumbs": presenting.crumbs(paper.number, "paper_list", _("已出文稿")),
        "facts": [
            (_("编号"), paper.number),
            (_("期号"), frame.get("issue", "")),
            (_("主送"), "、".join(frame.get("addressees", ()))),
            (_("报送"), copies),
            (_("牌子"), dict(paper.outpost.plaques.values_list("code", "name")).get(paper.plaque, "")),
            (_("截至"), paper.as_of),
            (_("出稿"), f"{paper.issued_by} {request_day(paper)}"),
            (_("核对"), presenting.check_text(paper)),
        ],
        "blocks": presenting.text_of_paper(paper),
        "findings": [finding_of(each) for each in frame.get("findings", ())],
        "corrections": presenting.corrections_of(differences(request.actor, paper.figures, snapshot)),
        "paragraphs": paragraphs,
        "wrong": sum(bool(each.notes) for each in paragraphs),
        "gone": presenting.gone_findings(paper),
        "form": form,
        "may_issue": request.actor.may(ISSUE, outpost_scope(paper.outpost_id)) and paper.voided_at is None,
    }
    return render(request, "console/papers/paper_view.html", context, status=status)


def request_day(paper: IssuedPaper) -> str:
    """Return the day of issue in Shanghai."""
    from django.utils.timezone import localtime  # noqa: PLC0415 - beside its use

    return f"{localtime(paper.created_at):%Y-%m-%d %H:%M}"


@require_POST
def paper_check(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take an edited copy in and mark every number that does not agree with what was issued."""
    paper = get_paper(request.actor, uid)
    form = FileForm(*uploaded(request), label=_("改稿（.docx）"))
    require(request.actor, ISSUE, outpost_scope(paper.outpost_id))
    if not form.is_valid():
        return _page(request, paper, form, status=422)
    file = form.cleaned_data["file"]
    checked = check_edited(actor=request.actor, now=request.now, paper=paper, name=file.name, data=file.read())
    messages.info(request, presenting.check_text(checked))
    return redirect(f"{reverse('console:papers:paper_view', args=[uid])}#check")


@require_POST
def paper_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a paper back with a reason; its number stays taken."""
    paper = get_paper(request.actor, uid)
    void_paper(actor=request.actor, now=request.now, paper=paper, reason=request.POST.get("reason", ""))
    messages.success(request, _("已作废。"))
    return redirect("console:papers:paper_view", uid)
