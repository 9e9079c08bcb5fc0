"""What is, was or will be public: the list, one publication with its editions and how the public will see it."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.showcase.access import EDIT, PUBLISH, VIEW, VIEW_HOME, pictures_visible_to, staff_sees
from feidi.domain.showcase.enums import EditionState, PublicationKind
from feidi.domain.showcase.models import Edition, Picture, Publication
from feidi.domain.showcase.selectors.publications import (
    SORTS,
    PublicationFilter,
    get_publication,
    list_publications,
    newest_edition,
    written_edition,
)
from feidi.domain.showcase.selectors.results import reckon_results
from feidi.domain.showcase.services.drafts import Draft, write_publication
from feidi.domain.showcase.services.publishing import snapshot_of
from feidi.engines.findings import RefusedError
from feidi.kernel.access import Actor
from feidi.kernel.files.services import path_of
from feidi.kernel.messages import text_of
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.lists import asked_of, chat_lines, listed, workbook
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.showcase import presenting
from feidi.portals.console.showcase.forms import NewForm, PublicationFilterForm, PublishForm
from feidi.portals.ui.pieces import Action, Crumb
from feidi.portals.ui.requests import FeidiRequest

FORM = "console/promises/form_page.html"


def require_showcase(actor: Actor) -> None:
    """Refuse unless the actor sees publications, as outpost or as home side."""
    if not actor.may(VIEW_HOME):
        require(actor, VIEW)


def _wanted(request: FeidiRequest) -> tuple[PublicationFilterForm, PublicationFilter, int]:
    form = PublicationFilterForm(
        request.GET, actor=request.actor, outposts=outposts_for(request.actor, VIEW, VIEW_HOME)
    )
    given, active = asked_of(form)
    outpost = given.get("outpost")
    wanted = PublicationFilter(
        given.get("words") or "", given.get("kind") or "", given.get("state") or "", outpost.pk if outpost else None
    )
    return form, wanted, active


@require_GET
def publication_list(request: FeidiRequest) -> HttpResponse:
    """Publications of the actor's outposts in every state; for the home side those that are or were public."""
    require_showcase(request.actor)
    form, wanted, active = _wanted(request)
    found = listed(
        request,
        list_publications(request.actor, wanted),
        presenting.COLUMNS,
        lambda rows: presenting.rows_of(rows, request.now),
        sorts=SORTS,
    )
    new_url = reverse("console:showcase:publication_new")
    first = [Action(_("起草"), new_url, "plus", tone="primary")] if request.actor.may(EDIT) else []
    if request.actor.may(VIEW):
        first.append(Action(_("所有方公开的资料"), reverse("console:showcase:sheet_list"), "eye"))
    first.append(Action(_("媒体报道"), reverse("console:showcase:media_list"), "notes"))
    context = {
        **found,
        "title": _("公开网站"),
        "subtitle": _("起草、送审、发布、撤下；写的人不能自己发布，撤下立刻生效。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:showcase:publication_list"),
        "actions": [*first, presenting.export_action("console:showcase:publication_export", request.GET.urlencode())],
        "copy_text": chat_lines(
            _("公开网站 {total}").format(total=found["page"].total_text),
            (f"{each.cells['kind']} {each.cells['title']} {each.cells['state']}" for each in found["table"].rows),
        ),
        "empty_title": _("还没有发布过内容"),
        "empty_text": _("先写一条动态；项目、产品和单位由所有方在“公开展示”里同意后再发布。"),
        "empty_url": new_url if request.actor.may(EDIT) else "",
        "empty_label": _("起草"),
        "bulk": "",
    }
    return render(request, "console/showcase/publication_list.html", context)


@require_GET
def publication_export(request: FeidiRequest) -> HttpResponse:
    """The listed publications as a workbook; who took it is on record."""
    require_showcase(request.actor)
    rows = presenting.rows_of(list(list_publications(request.actor, _wanted(request)[1])[:5000]), request.now)
    return workbook(
        request,
        name="publications",
        headers=[str(each.label) for each in presenting.COLUMNS],
        rows=([str(each.cells[column.code] or "") for column in presenting.COLUMNS] for each in rows),
    )


@require_http_methods(["GET", "POST"])
def publication_new(request: FeidiRequest) -> HttpResponse:
    """Begin something of the outpost's own; its texts follow on the page of the draft."""
    require(request.actor, VIEW)
    require(request.actor, EDIT)
    made: list[Publication] = []

    def save(data: dict[str, Any]) -> None:
        kind = PublicationKind(data["kind"])
        figures: tuple[dict[str, Any], ...] = ()
        if kind is PublicationKind.RESULT:
            figures = tuple(
                {
                    "code": each.code,
                    "label": each.label,
                    "count": each.count,
                    "evidence": each.evidence,
                    "as_of": each.as_of.isoformat(),
                }
                for each in reckon_results(data["outpost"], request.today)
            )
        draft = Draft(texts={"title": {"zh": data["title"], "en": ""}}, figures=figures)
        made.append(
            write_publication(actor=request.actor, now=request.now, outpost=data["outpost"], kind=kind, draft=draft)
        )

    wanted = {"kind": request.GET["kind"]} if request.GET.get("kind") in PublicationKind.values else {}
    outposts = outposts_for(request.actor, EDIT)
    form = NewForm(sent(request), actor=request.actor, outposts=outposts, initial=wanted)
    response = save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("已起草，请写正文。"),
        onward=reverse("console:showcase:publication_list"),
        extra={"title": _("起草"), "subtitle": "", "submit": _("下一步")},
    )
    if made:
        response["Location"] = reverse("console:showcase:publication_edit", args=[made[0].uid])
    return response


@require_GET
def publication_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One publication: where it stands, how the public will see it, what was done to it, what may be done now."""
    row = get_publication(request.actor, uid)
    staff = staff_sees(request.actor, row.outpost_id)
    edition = newest_edition(row) if staff else _last_public(row)
    scope = outpost_scope(row.outpost_id)
    seen, problem = _seen(edition)
    written = written_edition(row) if staff else None
    reviewable = written is not None and written.state == EditionState.REVIEW
    public = [each for each in row.editions.all() if each.state == EditionState.PUBLISHED]
    context = {
        "row": row,
        "edition": edition,
        "badges": [presenting.state_badge(edition.state)] if edition else [],
        "seen": seen,
        "problem": problem,
        "public": public,
        "public_url": presenting.public_address(row, request.now),
        "scheduled": [each for each in public if each.visible_from and each.visible_from > request.now],
        "entries": presenting.history_of(row) if staff else [],
        "today": request.today,
        "may_edit": staff and request.actor.may(EDIT, scope),
        "may_publish": staff and request.actor.may(PUBLISH, scope),
        "own_writing": written is not None and request.actor.user_id in {written.author_id, *written.writers},
        "drafting": written is not None and written.state == EditionState.DRAFT,
        "reviewable": reviewable,
        "publish_form": PublishForm() if reviewable else None,
        "crumbs": presenting.crumbs(Crumb(row.title)),
    }
    return render(request, "console/showcase/publication_view.html", context)


def _last_public(row: Publication) -> Edition | None:
    rows = row.editions.filter(state__in=[EditionState.PUBLISHED, EditionState.WITHDRAWN], reviewer__isnull=False)
    return rows.select_related("publication__sheet", "cover").order_by("-number").first()


def _seen(edition: Edition | None) -> tuple[list[dict[str, Any]], str]:
    """Return how the public will see (or saw) an edition; why it cannot be shown."""
    if edition is None:
        return [], ""
    try:
        snapshot = edition.snapshot or snapshot_of(edition)
    except RefusedError as error:
        return [], text_of(error.refusal)
    return presenting.seen_as(edition, snapshot), ""


@require_GET
def picture_view(request: FeidiRequest, uid: str) -> HttpResponseBase:
    """A picture that is kept here, also of a draft."""
    picture = pictures_visible_to(request.actor, Picture.objects.select_related("small")).get(uid=uid)
    response = FileResponse(path_of(picture.small).open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    return response
