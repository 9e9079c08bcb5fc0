"""From claims and disputes to what the components draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.parties.access import outpost_scope
from feidi.domain.pipeline.access import reads_notes
from feidi.domain.pipeline.enums import DisputeState, FirstReportState
from feidi.domain.pipeline.models import FirstReport, FirstReportDispute, FirstReportEntry, Project
from feidi.domain.pipeline.selectors.first_report_rules import FirstReportRules, find_first_report_rules
from feidi.domain.pipeline.selectors.first_reports import EDIT, LIVE, RULE, ends_on
from feidi.domain.pipeline.services.first_report_transfer import TRANSFER
from feidi.kernel.access import Actor, Scope, ScopeKind
from feidi.portals.console.words import say_pair
from feidi.portals.ui.clock import business_date
from feidi.portals.ui.pieces import Badge, Column, Row, TimelineEntry, Tone

COLUMNS = [
    Column("project", gettext_lazy("项目"), sortable=True, lead=True),
    Column("state", gettext_lazy("首报状态"), sortable=True),
    Column("reported", gettext_lazy("首报时间"), sortable=True),
    Column("until", gettext_lazy("首谈期至"), sortable=True),
    Column("unit", gettext_lazy("首报单位")),
    Column("owner", gettext_lazy("责任人")),
    Column("outpost", gettext_lazy("驻点")),
    Column("referrer", gettext_lazy("引荐人"), shown=False),
]
DISPUTE_COLUMNS = [
    Column("about", gettext_lazy("争议"), lead=True),
    Column("state", gettext_lazy("争议状态")),
    Column("raised", gettext_lazy("提出时间")),
    Column("ruled", gettext_lazy("裁定归")),
]
TONES: dict[str, Tone] = {
    FirstReportState.GRANTED: "ok",
    FirstReportState.FULFILLED: "ok",
    FirstReportState.DISPUTED: "warn",
    FirstReportState.LAPSED: "bad",
    FirstReportState.REFUSED: "bad",
}
ACTIONS = {
    "claimed": gettext_lazy("登记首报"),
    "checked": gettext_lazy("查重"),
    "granted": gettext_lazy("首谈权生效"),
    "renewed": gettext_lazy("续期"),
    "lapsed": gettext_lazy("失效"),
    "fulfilled": gettext_lazy("已签约"),
    "transferred": gettext_lazy("流转"),
    "received": gettext_lazy("接收流转"),
    "disputed": gettext_lazy("提出争议"),
    "answered": gettext_lazy("答复争议"),
    "restored": gettext_lazy("争议撤回，恢复原状"),
    "ruled_for": gettext_lazy("裁定归本方"),
    "ruled_out": gettext_lazy("裁定归对方"),
}
REASONS = {
    "number": gettext_lazy("统一社会信用代码相同"),
    "same_sponsor": gettext_lazy("投资方相同"),
    "same_name": gettext_lazy("名称相同"),
    "brand": gettext_lazy("品牌相同"),
    "phone": gettext_lazy("联系电话相同"),
    "person": gettext_lazy("联系人与内容相近"),
}
_SHOWN_IN_CHAT = 5


def reason_words(reasons: Iterable[str]) -> str:
    """Return why two projects look like one, in words."""
    return "、".join(str(REASONS.get(each, each)) for each in reasons)


@dataclass(frozen=True, slots=True)
class MightClaim:
    """What the actor may do with one claim as it stands."""

    renew: bool
    check: bool
    grant: bool
    dispute: bool
    transfer: bool


def might(actor: Actor, claim: FirstReport) -> MightClaim:
    """Return what ``actor`` may do with ``claim``; the services ask again."""
    here = outpost_scope(claim.project.outpost_id)
    edits, waits = actor.may(EDIT, here), claim.state in {FirstReportState.CLAIMED, FirstReportState.CHECKED}
    return MightClaim(
        renew=edits and claim.state == FirstReportState.GRANTED,
        check=edits and waits,
        grant=waits and actor.may(RULE, Scope(ScopeKind.HOME, claim.home_id)),
        dispute=edits and claim.state in LIVE and any(each.get("claim") for each in claim.checked),
        transfer=actor.may(TRANSFER, here) and claim.state in {FirstReportState.GRANTED, FirstReportState.CHECKED},
    )


def tab_context(actor: Actor, project: Project, claims: Sequence[FirstReport]) -> dict[str, object]:
    """Return what the tab 首报 on a project's record shows."""
    rules = find_first_report_rules(project.outpost.home)
    entries = FirstReportEntry.objects.filter(first_report__in=claims).order_by("-at", "-id")
    live = next((each for each in claims if each.state in LIVE), None)
    asserted = bool(project.first_report_unit or project.first_report_on) and not claims
    return {
        "first_reports": [_shown(actor, each, rules) for each in claims],
        "first_report_live": live,
        "first_report_rules": rules,
        "first_report_asserted": asserted,
        "first_report_entries": [entry_of(each) for each in entries],
        "first_report_may_claim": live is None and actor.may(EDIT, outpost_scope(project.outpost_id)),
    }


def _shown(actor: Actor, claim: FirstReport, rules: FirstReportRules | None) -> dict[str, object]:
    notes = reads_notes(actor, claim.project)
    return {
        "row": claim,
        "badge": Badge(FirstReportState(claim.state).label, TONES.get(claim.state, "info")),
        "ends": ends_on(claim, rules.progress_days) if rules else claim.window_to,
        "live": claim.state in LIVE,
        "progress_days": rules.progress_days if rules and claim.state == FirstReportState.GRANTED else 0,
        "may": might(actor, claim),
        "left": max(0, rules.renewals_allowed - claim.renewals) if rules else 0,
        # the other side's existence is the operator's business; the home side sees it in the dispute
        "collisions": [{**each, "why": reason_words(each["reasons"])} for each in claim.checked] if notes else [],
        "pairs": [
            (_("首报时间"), claim.reported_at),
            (_("首报单位"), claim.unit),
            (_("登记人"), claim.reported_by),
            (_("引荐人"), claim.referrer),
            (_("经过"), claim.how if notes else ""),
            (_("首谈期自"), claim.window_from),
            (_("首谈期至"), claim.window_to),
            (_("已续期次数"), claim.renewals),
            (_("存证摘要"), claim.digest[:16]),
            (_("结束原因"), claim.closed_reason),
        ],
    }


def entry_of(entry: FirstReportEntry) -> TimelineEntry:
    """Return one line of what happened to a claim."""
    until = _("首谈期至 {on}").format(on=entry.window_to) if entry.window_to else ""
    return TimelineEntry(
        when=entry.at,
        title=ACTIONS.get(entry.action, entry.action),
        text="\n".join(part for part in (entry.reason, until) if part),
        who=entry.by,
        icon="flag",
        tone="bad" if entry.action in {"lapsed", "ruled_out"} else "info",
    )


def rows_of(claims: Iterable[FirstReport]) -> list[Row]:
    """Return claims as list rows."""
    return [
        Row(
            cells={
                "project": each.project.name,
                "state": FirstReportState(each.state).label,
                "reported": business_date(each.reported_at),
                "until": each.window_to,
                "unit": each.unit,
                "owner": each.project.owner_text,
                "outpost": each.project.outpost.short_name,
                "referrer": each.referrer,
            },
            url=reverse("console:pipeline:project_view", args=[each.project.uid]) + "?tab=first_report",
            uid=each.uid,
        )
        for each in claims
    ]


def chat_text(claims: Sequence[FirstReport], total: str, today: date) -> str:
    """Return the list as a chat message of at most 300 characters."""
    lines = [_("首报首谈 {today}，共 {n} 宗").format(today=today.isoformat(), n=total)]
    for each in claims[:_SHOWN_IN_CHAT]:
        until = _("，至 {on}").format(on=each.window_to) if each.window_to else ""
        lines.append(f"{each.project.name}：{FirstReportState(each.state).label}{until}")
    return "\n".join(lines)[:300]


def side_of(claim: FirstReport, *, named: bool) -> dict[str, object]:
    """Return one side of a dispute: everything for who may open the project, else that it exists and since when."""
    return {
        "row": claim,
        "named": named,
        "outpost": claim.project.outpost.short_name,
        "pairs": [
            (_("驻点"), claim.project.outpost.short_name),
            (_("首报时间"), claim.reported_at),
            (_("存证摘要"), claim.digest[:16]),
            *(
                [
                    (_("项目"), claim.project.name),
                    (_("投资方"), claim.project.sponsor_name),
                    (_("首报单位"), claim.unit),
                    (_("首谈期至"), claim.window_to),
                ]
                if named
                else [(_("项目"), _("名称不显示：未报送，或属于其他驻点"))]
            ),
        ],
    }


def dispute_rows(disputes: Iterable[FirstReportDispute]) -> list[Row]:
    """Return disputes as list rows: outposts only, so that nothing unreported is named."""
    return [
        Row(
            cells={
                "about": f"{each.left.project.outpost.short_name} / {each.right.project.outpost.short_name}",
                "state": DisputeState(each.state).label,
                "raised": business_date(each.raised_at),
                "ruled": each.winner.project.outpost.short_name if each.winner else "",
            },
            url=reverse("console:first_reports:dispute_view", args=[each.uid]),
            uid=each.uid,
        )
        for each in disputes
    ]


def rule_choices(rules: FirstReportRules) -> list[tuple[str, str]]:
    """Return the rules of ruling with their words and where they come from."""
    return [
        (
            each.code,
            f"{say_pair(each.label_zh, each.label_en)}：{say_pair(each.text_zh, each.text_en)}（{each.source}）",
        )
        for each in rules.rulings
    ]
