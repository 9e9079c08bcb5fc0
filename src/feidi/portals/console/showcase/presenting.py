"""How publications, owners' sheets, reports and messages read in lists, and an edition as the public will see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.showcase.enums import RELEASED_KINDS, EditionState, InquiryState, PublicationKind
from feidi.domain.showcase.fields import FIELDS, PICTURE
from feidi.domain.showcase.markup import render
from feidi.domain.showcase.models import Edition, Inquiry, MediaReport, Publication, Sheet
from feidi.domain.showcase.selectors.publications import is_scheduled
from feidi.domain.showcase.selectors.published import find_shown
from feidi.domain.showcase.selectors.sites import find_site
from feidi.portals.console.showcase.forms import FACT_LABELS
from feidi.portals.ui.pieces import Action, Badge, Column, Crumb, Row, TimelineEntry, Tone

_TONES: dict[str, Tone] = {
    EditionState.DRAFT: "quiet",
    EditionState.REVIEW: "warn",
    EditionState.PUBLISHED: "ok",
    EditionState.WITHDRAWN: "bad",
}
#: Where the public reads what is published; the others stand on a page of their own.
_PAGES = {PublicationKind.SITE: "window_view", PublicationKind.RESULT: "result_view"}
COLUMNS = [
    Column("title", gettext_lazy("标题"), sortable=True, lead=True),
    Column("kind", gettext_lazy("种类"), sortable=True),
    Column("state", gettext_lazy("最新一版")),
    Column("since", gettext_lazy("公开时间")),
    Column("owner", gettext_lazy("所有方")),
]
SHEET_COLUMNS = [
    Column("label", gettext_lazy("名称"), lead=True),
    Column("kind", gettext_lazy("种类")),
    Column("owner", gettext_lazy("所有方")),
    Column("fields", gettext_lazy("同意公开的字段")),
    Column("on", gettext_lazy("何时同意")),
    Column("state", gettext_lazy("发布")),
]
MEDIA_COLUMNS = [
    Column("on", gettext_lazy("日期"), sortable=True),
    Column("medium", gettext_lazy("媒体"), sortable=True),
    Column("title", gettext_lazy("标题"), sortable=True, lead=True),
    Column("plaque", gettext_lazy("牌子")),
    Column("link", gettext_lazy("链接")),
    Column("screenshot", gettext_lazy("截图")),
    Column("shown", gettext_lazy("网站列出")),
]
INQUIRY_COLUMNS = [
    Column("text", gettext_lazy("内容"), lead=True),
    Column("kind", gettext_lazy("种类")),
    Column("unit", gettext_lazy("单位")),
    Column("who", gettext_lazy("联系人")),
    Column("when", gettext_lazy("收到"), sortable=True),
    Column("due", gettext_lazy("答复期限"), sortable=True),
    Column("state", gettext_lazy("状态")),
]


def crumbs(*rest: Crumb) -> list[Crumb]:
    """Return the way to a page of showcase."""
    return [Crumb(_("公开网站"), reverse("console:showcase:publication_list")), *rest]


def state_badge(state: str) -> Badge:
    """Return where an edition stands."""
    return Badge(EditionState(state).label, _TONES[state])


def rows_of(rows: Sequence[Publication], now: datetime) -> list[Row]:
    """Return publications as list rows."""
    found = []
    for each in rows:
        state, begins = getattr(each, "newest_state", ""), getattr(each, "live_from", None)
        scheduled = is_scheduled(each, now)
        cells = {
            "title": each.title,
            "kind": each.get_kind_display(),
            "state": EditionState(state).label if state else "",
            "since": begins,
            "owner": each.sheet.organization.name if each.sheet else "",
        }
        badges = [Badge(_("定时发布"), "info", "clock")] if scheduled else []
        url = reverse("console:showcase:publication_view", args=[each.uid])
        found.append(Row(cells=cells, url=url, uid=each.uid, badges=badges))
    return found


def sheet_rows(rows: Sequence[Sheet]) -> list[Row]:
    """Return owners' sheets as list rows."""
    found = []
    for each in rows:
        publication = getattr(each, "publication", None)
        url = (
            reverse("console:showcase:publication_view", args=[publication.uid])
            if publication
            else reverse("console:showcase:sheet_take", args=[each.uid])
        )
        cells = {
            "label": each.label,
            "kind": each.get_kind_display(),
            "owner": each.organization.name,
            "fields": "、".join(str(field.label) for field in FIELDS[each.kind] if field.code in each.released),
            "on": each.released_at,
            "state": _("已有发布记录") if publication else _("还没有发布"),
        }
        found.append(Row(cells=cells, url=url, uid=each.uid))
    return found


def media_rows(rows: Sequence[MediaReport]) -> list[Row]:
    """Return reports as list rows."""
    return [
        Row(
            cells={
                "on": each.reported_on,
                "medium": each.medium,
                "title": each.title,
                "plaque": each.plaque.name if each.plaque else "",
                "link": each.link,
                "screenshot": _("有") if each.screenshot_id else _("没有"),
                "shown": _("是") if each.shown else _("否"),
            },
            url=reverse("console:showcase:media_view", args=[each.uid]),
            uid=each.uid,
        )
        for each in rows
    ]


def inquiry_rows(rows: Sequence[Inquiry], today: Any) -> list[Row]:
    """Return messages as list rows; late ones are marked."""
    return [
        Row(
            cells={
                "text": each.text[:60],
                "kind": each.get_kind_display(),
                "unit": each.unit,
                "who": each.contact_hint,
                "when": each.created_at,
                "due": each.due_on,
                "state": each.get_state_display(),
            },
            url=reverse("console:showcase:inquiry_view", args=[each.uid]),
            uid=each.uid,
            tone="bad" if each.state == InquiryState.OPEN and each.due_on < today else "",
        )
        for each in rows
    ]


def seen_as(edition: Edition, snapshot: dict[str, Any]) -> list[dict[str, Any]]:
    """Return an edition as the public will see it, once in each language."""
    return [_seen(edition, snapshot, language) for language in ("zh", "en")]


def _seen(edition: Edition, snapshot: dict[str, Any], language: str) -> dict[str, Any]:
    def say(pair: Any) -> str:
        return str(pair.get(language) or pair.get("zh") or "") if isinstance(pair, dict) else ""

    publication = edition.publication
    if publication.sheet_id:
        pairs = [
            (field.label, say(snapshot[field.code]))
            for field in FIELDS[publication.kind]
            if field.code in snapshot and field.code != PICTURE
        ]
        return {"language": language, "title": say(snapshot.get("name")), "pairs": pairs, "body": "", "summary": ""}
    pairs = [(FACT_LABELS[code], snapshot[code]) for code in FACT_LABELS if snapshot.get(code)]
    figures = ((each["label"], each["count"]) for each in snapshot.get("figures", ()))
    pairs += [(_(words), count) for words, count in figures]
    return {
        "language": language,
        "title": say(snapshot.get("title")),
        "summary": say(snapshot.get("summary")),
        "pairs": pairs,
        "body": mark_safe(render(say(snapshot.get("body")))),  # noqa: S308 - the renderer escapes first and knows no tag
    }


def history_of(publication: Publication) -> list[TimelineEntry]:
    """Return every act on every edition, newest first."""
    found = []
    for edition in publication.editions.prefetch_related("steps").order_by("-number"):
        found += [
            TimelineEntry(
                when=step.created_at,
                title=f"{_('第 {n} 版').format(n=edition.number)} {step.get_act_display()}",
                text=step.note,
                who=step.done_by,
            )
            for step in sorted(edition.steps.all(), key=lambda each: -each.pk)
        ]
    return found


def export_action(name: str, query: str) -> Action:
    """Return the button that takes a list out."""
    return Action(_("导出本列表"), f"{reverse(name)}?{query}", "database-export")


def public_address(row: Publication, now: datetime) -> str:
    """Return where the public reads a publication now; "" when it does not."""
    kind = PublicationKind(row.kind)
    if find_site(row.outpost.code) is None or find_shown(row.outpost, now, [kind], row.uid) is None:
        return ""
    if kind in _PAGES:
        return reverse(f"public:showcase:{_PAGES[kind]}", args=[row.outpost.code])
    name = "show_view" if kind in RELEASED_KINDS else f"{kind}_view"
    return reverse(f"public:showcase:{name}", args=[row.outpost.code, row.uid])
