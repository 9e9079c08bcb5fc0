"""Pairs, merges and titles as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.parties.enums import OrganizationKind, PairKind, PairState
from feidi.domain.parties.likeness import reason_words
from feidi.domain.parties.models import Organization, OrganizationPair, OrganizationTitle, StandIn
from feidi.domain.parties.selectors.pairs import Side, sides_of
from feidi.domain.parties.selectors.stand_ins import may_arrange
from feidi.domain.parties.selectors.titles import kinds_of, renewal_of
from feidi.domain.pipeline.selectors.projects import live_projects
from feidi.kernel.access import Actor, ScopeKind
from feidi.portals.console.parties.presenting import code_of, place_of
from feidi.portals.ui.pieces import Action, Badge, Column, Crumb, Row, Tone

PAIR_COLUMNS = [
    Column("pair", gettext_lazy("可能是同一家"), lead=True),
    Column("kind", gettext_lazy("原因"), whole=True),
    Column("reasons", gettext_lazy("理由")),
    Column("score", gettext_lazy("相近程度"), numeric=True),
    Column("outposts", gettext_lazy("联系它们的驻点")),
    Column("found", gettext_lazy("何时发现")),
    Column("decided", gettext_lazy("处理"), shown=False),
]
TITLE_COLUMNS = [
    Column("name", gettext_lazy("单位"), sortable=True, lead=True),
    Column("title", gettext_lazy("资质"), sortable=True),
    Column("number", gettext_lazy("编号")),
    Column("from", gettext_lazy("有效期起"), sortable=True),
    Column("to", gettext_lazy("有效期止"), sortable=True),
    Column("renew", gettext_lazy("续期材料最迟")),
    Column("issued_by", gettext_lazy("发证机关"), shown=False),
    Column("responsible", gettext_lazy("责任人")),
    Column("outpost", gettext_lazy("驻点"), shown=False),
]
TITLE_SORTS = {"name": "organization__name_folded", "title": "title", "from": "valid_from", "to": "valid_to"}
STAND_IN_COLUMNS = [
    Column("absent", gettext_lazy("不在岗"), lead=True),
    Column("stand_in", gettext_lazy("替班")),
    Column("since", gettext_lazy("从")),
    Column("until", gettext_lazy("到（含）")),
    Column("outpost", gettext_lazy("驻点")),
    Column("note", gettext_lazy("说明")),
]
_STATES: dict[str, Tone] = {
    PairState.OPEN: "warn",
    PairState.MERGED: "ok",
    PairState.NOT_SAME: "quiet",
    PairState.RELATED: "info",
}
_SOON = 90
_OUTPOST = ScopeKind.OUTPOST


def side_name(side: Side) -> str:
    """Return one side's name, or that it is another outpost's."""
    if side.organization is not None:
        return side.organization.name
    return _("另一家（{outpost} 自 {since} 起联系）").format(outpost=side.outpost, since=side.since)


def pair_row(pair: OrganizationPair) -> Row:
    """Return a pair as a line of the queue; reasons only where both sides may be seen."""
    left, right = sides_of(pair)
    whole = left.organization is not None and right.organization is not None
    return Row(
        cells={
            "pair": f"{side_name(left)} ／ {side_name(right)}",
            "kind": PairKind(pair.kind).label,
            "reasons": reason_words(pair.reasons) if whole else None,
            "score": pair.score if whole else None,
            "outposts": sorted({each.outpost for each in (left, right) if each.outpost}),
            "found": pair.created_at,
            "decided": f"{pair.get_state_display()} {pair.decided_by}".strip(),
        },
        url=reverse("console:who:pair_view", args=[pair.uid]),
        uid=pair.uid,
        badges=[Badge(pair.get_state_display(), _STATES[pair.state])],
    )


def pair_badges(pair: OrganizationPair) -> list[Badge]:
    """Return the state and the kind of a pair."""
    return [Badge(pair.get_state_display(), _STATES[pair.state]), Badge(PairKind(pair.kind).label, "info")]


def side_by_side(actor: Actor, sides: Sequence[Side]) -> list[tuple[str, list[Any]]]:
    """Return label → the values of both sides, for those that may be seen; what neither knows is left out."""
    seen = [each.organization for each in sides]
    facts = [_facts(actor, each) if each else {} for each in seen]
    labels = list(dict.fromkeys(label for each in facts for label in each))
    rows = [(label, [each.get(label) for each in facts]) for label in labels]
    return [(label, values) for label, values in rows if any(values)]


def _facts(actor: Actor, organization: Organization) -> Mapping[str, Any]:
    projects = live_projects(actor).filter(parties__organization=organization, parties__until__isnull=True)
    names = list(dict.fromkeys(projects.order_by("-id").values_list("name", flat=True)[:5]))
    outposts = actor.scopes("party.view", _OUTPOST)
    persons = organization.persons.filter(outpost_id__in=outposts, voided_at__isnull=True).aggregate(n=Count("id"))["n"]
    links = [each for each in organization.links.select_related("outpost") if each.outpost_id in outposts]
    return {
        _("统一社会信用代码"): code_of(organization),
        _("其他名称"): [each.name for each in organization.aliases.all()] or None,
        _("类别"): [OrganizationKind(each.kind).label for each in organization.kinds.all()] or None,
        _("注册地"): place_of(organization),
        _("成立日期"): organization.founded_on,
        _("产业领域"): [each.label for each in organization.industries.all()] or None,
        _("项目"): names or None,
        _("人员"): persons or None,
        _("联系它的驻点"): [f"{each.outpost.short_name} {each.since.isoformat()}" for each in links] or None,
        _("登记日期"): organization.created_at,
    }


def title_rows(titles: Sequence[OrganizationTitle], today: date) -> list[Row]:
    """Return titles as lines of the ledger."""
    kinds = kinds_of(titles)
    return [_title_row(each, today, renewal_of(each, kinds)) for each in titles]


def _title_row(title: OrganizationTitle, today: date, renew: date | None) -> Row:
    return Row(
        cells={
            "name": title.organization.name,
            "title": title.label,
            "number": title.number,
            "from": title.valid_from,
            "to": title.valid_to,
            "renew": renew,
            "issued_by": title.issued_by,
            "responsible": title.responsible.display_name if title.responsible else "",
            "outpost": title.outpost.short_name,
        },
        url=reverse("console:who:title_view", args=[title.uid]),
        uid=title.uid,
        badges=title_badges(title, today, renew),
    )


def title_badges(title: OrganizationTitle, today: date, renew: date | None) -> list[Badge]:
    """Return where a title stands: taken back, run out, running out, or its end not known."""
    if title.voided_at:
        return [Badge(_("已作废"), "bad", title=title.void_reason)]
    if title.valid_to is None:
        return [Badge(_("到期日不详"), "quiet")]
    left = (title.valid_to - today).days
    if left < 0:
        return [Badge(_("已过期"), "bad")]
    if left <= _SOON or (renew and renew <= today):
        return [Badge(_("{n} 天后到期").format(n=left), "warn")]
    return [Badge(_("有效"), "ok")]


def titles_text(rows: Iterable[OrganizationTitle]) -> str:
    """Return titles as clean lines for a chat message."""
    until = _("（{on} 到期）")
    lines = [
        f"{each.organization.name}：{each.label}"
        + (until.format(on=each.valid_to.isoformat()) if each.valid_to else "")
        for each in rows
    ]
    return "\n".join(lines)[:1000]


def stand_in_row(actor: Actor, row: StandIn) -> Row:
    """Return a stand-in as a line."""
    return Row(
        cells={
            "absent": row.absent.display_name,
            "stand_in": row.stand_in.display_name,
            "since": row.since,
            "until": row.until,
            "outpost": row.outpost.short_name,
            "note": row.note,
        },
        uid=row.uid,
        actions=[Action(_("撤回"), f"{reverse('console:who:stand_in_void', args=[row.uid])}", post=True)]
        if may_arrange(actor, row.outpost_id, row.absent_id)
        else [],
    )


def queue_crumbs(last: str) -> list[Crumb]:
    """Return the way to a page of the queue."""
    return [Crumb(_("查重与合并"), reverse("console:who:pair_list")), Crumb(last)]


def title_crumbs(last: str) -> list[Crumb]:
    """Return the way to a page of the titles."""
    return [Crumb(_("资质台账"), reverse("console:who:title_list")), Crumb(last)]
