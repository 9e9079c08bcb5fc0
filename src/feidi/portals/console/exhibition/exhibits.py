"""Exhibits: what stands in the hall, and the label with the code that leads to its public page."""

from __future__ import annotations

import segno
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from feidi.domain.parties.access import require
from feidi.domain.showcase.access import VIEW, staff_sees
from feidi.domain.showcase.enums import PublicationKind
from feidi.domain.showcase.models import Publication
from feidi.domain.showcase.selectors.publications import (
    SORTS,
    PublicationFilter,
    get_publication,
    list_publications,
    newest_edition,
)
from feidi.domain.showcase.selectors.published import find_shown
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.lists import asked_of, listed
from feidi.portals.console.showcase.forms import SheetFilterForm
from feidi.portals.console.showcase.presenting import rows_of
from feidi.portals.ui.pieces import Action, Column
from feidi.portals.ui.requests import FeidiRequest

COLUMNS = [
    Column("title", gettext_lazy("展品"), sortable=True, lead=True),
    Column("state", gettext_lazy("最新一版")),
    Column("since", gettext_lazy("公开时间")),
]


@require_GET
def exhibit_list(request: FeidiRequest) -> HttpResponse:
    """What stands in the hall; a label can be printed once its page is public."""
    require(request.actor, VIEW)
    form = SheetFilterForm(request.GET, actor=request.actor, outposts=outposts_for(request.actor, VIEW))
    given, active = asked_of(form)
    outpost = given.get("outpost")
    wanted = PublicationFilter(
        words=given.get("words") or "", kind=PublicationKind.EXHIBIT, outpost_id=outpost.pk if outpost else None
    )
    rows = list_publications(request.actor, wanted)
    new_url = f"{reverse('console:showcase:publication_new')}?kind={PublicationKind.EXHIBIT}"
    context = {
        **listed(request, rows, COLUMNS, lambda items: rows_of(items, request.now), sorts=SORTS),
        "title": _("展品与标签"),
        "subtitle": _("每件展品一张标签，扫码打开它的公开页面。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:exhibition:exhibit_list"),
        "actions": [
            Action(_("起草展品"), new_url, "plus", tone="primary"),
            Action(_("打印全部标签"), reverse("console:exhibition:label_list"), "printer"),
        ],
        "copy_text": "",
        "empty_title": _("还没有展品"),
        "empty_text": _("起草一件展品：标题、标签文字、在展厅的位置；审核发布后打印标签。"),
        "empty_url": new_url,
        "empty_label": _("起草展品"),
        "bulk": "",
    }
    return render(request, "console/exhibition/exhibit_list.html", context)


@require_GET
def label_list(request: FeidiRequest) -> HttpResponse:
    """Labels of all public exhibits, to be printed: title, a line, where it stands, the code."""
    require(request.actor, VIEW)
    rows = list_publications(request.actor, PublicationFilter(kind=PublicationKind.EXHIBIT))
    labels = [label for each in rows[:200] if (label := _label(request, each)) is not None]
    return render(request, "console/exhibition/label_list.html", {"labels": labels})


@require_GET
def label_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """The label of one exhibit; without a public page there is none yet."""
    row = get_publication(request.actor, uid)
    if row.kind != PublicationKind.EXHIBIT or not staff_sees(request.actor, row.outpost_id):
        raise Publication.DoesNotExist
    label = _label(request, row)
    context = {"labels": [label] if label else [], "row": row, "edition": newest_edition(row)}
    return render(request, "console/exhibition/label_view.html", context)


def _label(request: FeidiRequest, row: Publication) -> dict[str, str] | None:
    shown = find_shown(row.outpost, request.now, [PublicationKind.EXHIBIT], row.uid)
    if shown is None:
        return None
    url = request.build_absolute_uri(reverse("public:showcase:exhibit_view", args=[row.outpost.code, row.uid]))
    return {
        "title": shown.title["zh"],
        "title_en": shown.title["en"],
        "line": shown.content["summary"]["zh"],
        "spot": shown.content.get("spot", ""),
        "maker": shown.content.get("maker", ""),
        "url": url,
        "picture": segno.make(url, error="m", micro=False).svg_data_uri(scale=4, border=2),
    }
