"""From reports, plans and robots to what the pages draw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.enums import ReportFormat, ReportState
from feidi.domain.reporting.models import Report, ReportPlan
from feidi.domain.reporting.report_periods import read_term
from feidi.domain.reporting.selectors.figures import View
from feidi.domain.reporting.selectors.indicators import rows_url
from feidi.domain.reporting.selectors.report_body import (
    Block,
    ReportBody,
    ReportFigure,
    pieces_of,
    plain_text,
    shown_sections,
)
from feidi.domain.reporting.selectors.report_content import ReportContent, ReportKind, report_content
from feidi.domain.reporting.services.papers import finding_of
from feidi.domain.reporting.services.report_rendering import FIGURE_HEADS
from feidi.engines.findings import Finding, Level, RefusedError
from feidi.engines.measures import INDICATORS
from feidi.kernel.documents.office.checking import check_figures
from feidi.kernel.notify.enums import MailState, RobotKind
from feidi.kernel.notify.models import Mail, Robot, RobotMessage
from feidi.kernel.notify.robots.explaining import why_not
from feidi.kernel.notify.services.robots import SAY_TRIES
from feidi.portals.console.papers.presenting import figure_url
from feidi.portals.ui.pieces import Badge, Column, Crumb, Row, Tab

TONES = {
    ReportState.DRAFT: "warn",
    ReportState.APPROVED: "info",
    ReportState.SENT: "ok",
    ReportState.ARCHIVED: "ok",
}
REPORT_COLUMNS = (
    Column("title", gettext_lazy("报表"), lead=True),
    Column("number", gettext_lazy("编号")),
    Column("kind", gettext_lazy("种类")),
    Column("as_of", gettext_lazy("截至"), sortable=True),
    Column("state", gettext_lazy("状态"), sortable=True),
    Column("made_by", gettext_lazy("制表"), shown=False),
    Column("made", gettext_lazy("制表时间"), sortable=True),
    Column("approved_by", gettext_lazy("批准"), shown=False),
    Column("outpost", gettext_lazy("驻点"), shown=False),
)
REPORT_SORTS = {"as_of": "as_of", "state": "state", "made": "created_at"}
PLAN_COLUMNS = (
    Column("kind", gettext_lazy("报表"), lead=True),
    Column("when", gettext_lazy("哪天")),
    Column("next", gettext_lazy("下一次")),
    Column("to", gettext_lazy("发给")),
    Column("owner", gettext_lazy("制表人")),
    Column("outpost", gettext_lazy("驻点"), shown=False),
)
ROBOT_COLUMNS = (
    Column("name", gettext_lazy("群"), lead=True),
    Column("kind", gettext_lazy("哪种群")),
    Column("address", gettext_lazy("地址")),
    Column("signed", gettext_lazy("加签")),
    Column("last", gettext_lazy("最近一条")),
)
_DAYS = (
    gettext_lazy("星期一"),
    gettext_lazy("星期二"),
    gettext_lazy("星期三"),
    gettext_lazy("星期四"),
    gettext_lazy("星期五"),
    gettext_lazy("星期六"),
    gettext_lazy("星期日"),
)


def english() -> bool:
    """Tell whether the reader reads English."""
    return get_language() == "en"


def kind_label(kind: ReportKind | None, code: str) -> str:
    """Return a kind's name in the reader's language; its code when content has it no more."""
    return kind.label["en" if english() else "zh"] if kind else code


def tabs_of() -> list[Tab]:
    """Return the pages that belong together."""
    pages = (
        ("report_list", _("报表")),
        ("plan_list", _("计划")),
        ("robot_list", _("群机器人")),
        ("visit_view", _("领导到访")),
    )
    return [Tab(name, words, reverse(f"console:reports:{name}")) for name, words in pages]


def crumbs(label: str, name: str = "report_list", words: str = "") -> tuple[Crumb, ...]:
    """Return the way to a page of reports."""
    return (Crumb(words or _("定期报表"), reverse(f"console:reports:{name}")), Crumb(label))


def contents_of(outposts: Iterable[Outpost], on: date) -> dict[int, ReportContent]:
    """Return what content says for each outpost."""
    return {each.pk: report_content(each, on) for each in outposts}


def kinds_of(contents: Mapping[int, ReportContent]) -> dict[str, ReportKind]:
    """Return every kind that is written somewhere."""
    return {code: kind for content in contents.values() for code, kind in content.kinds.items()}


def report_row(report: Report, kinds: Mapping[str, ReportKind]) -> Row:
    """Return one report for the list."""
    cells = {
        "title": report.title,
        "number": report.number,
        "kind": kind_label(kinds.get(report.kind), report.kind),
        "as_of": report.as_of,
        "state": report.get_state_display(),
        "made_by": report.made_by,
        "made": report.created_at,
        "approved_by": report.approved_by,
        "outpost": report.outpost.short_name,
    }
    url = reverse("console:reports:report_view", args=[report.uid])
    return Row(cells, url=url, uid=report.uid, badges=badges_of(report), tone="quiet" if report.voided_at else "")


def badges_of(report: Report) -> tuple[Badge, ...]:
    """Return where a report stands."""
    if report.voided_at:
        return (Badge(_("已作废"), "quiet"),)
    found = [Badge(report.get_state_display(), TONES[ReportState(report.state)])]  # type: ignore[arg-type]
    if report.revision > 1:
        found.append(Badge(_("第 {n} 版").format(n=report.revision), "quiet"))
    return tuple(found)


def plan_row(plan: ReportPlan, kind: ReportKind | None, names: Mapping[str, str], today: date) -> Row:
    """Return one plan for the list."""
    groups = [names[each] for each in plan.robots if each in names]
    cells = {
        "kind": kind_label(kind, plan.kind),
        "when": when_words(kind, plan.day),
        "next": kind.next_due(today, plan.day) if kind else None,
        "to": "、".join([*plan.hints, *groups]),
        "owner": str(plan.owner),
        "outpost": plan.outpost.short_name,
    }
    return Row(cells, url=reverse("console:reports:plan_edit", args=[plan.uid]), uid=plan.uid)


def when_words(kind: ReportKind | None, day: int) -> str:
    """Return when a plan comes round."""
    period = kind.period.value if kind else ""
    if period == "week":
        return _("每周{day}").format(day=_DAYS[day - 1])
    words = {"month": _("每月{day}日"), "quarter": _("季后首月{day}日"), "year": _("次年1月{day}日")}
    return words.get(period, "{day}").format(day=day)


def state_words(robot: Robot, message: Any) -> str:
    """Return where a message stands, and in words why it did not arrive (yet)."""
    why = why_not(RobotKind(robot.kind), message.error)
    if message.state == MailState.QUEUED and message.tries:
        words = _("第 {n} 次没有送到，稍后自动再试（共 {most} 次）：{why}")
        return words.format(n=message.tries, most=SAY_TRIES, why=why)
    state = str(message.get_state_display())
    return f"{state}：{why}" if why else state


def robot_row(robot: Robot, last: Any) -> Row:
    """Return one robot for the list."""
    said = ""
    if last is not None:
        when = f"{localtime(last.sent_at or last.created_at):%m-%d %H:%M}"
        said = f"{last.title} · {state_words(robot, last)} · {when}"
    cells = {
        "name": robot.name,
        "kind": robot.get_kind_display(),
        "address": robot.address_hint,
        "signed": _("是") if robot.secret_enc else _("否"),
        "last": said,
    }
    badges = (Badge(_("已停用"), "quiet"),) if robot.voided_at else ()
    return Row(cells, uid=robot.uid, badges=badges, tone="quiet" if robot.voided_at else "")


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """One block on the page: lines of (words, address of their rows), or a table of cells (words, address)."""

    kind: str
    lines: tuple[tuple[tuple[str, str], ...], ...] = ()
    caption: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section on the page."""

    heading: str
    blocks: tuple[ShownBlock, ...]


def sections_of(report: Report, body: ReportBody, kind: ReportKind | None) -> list[ShownSection]:
    """Return the body as the page shows it: the same words and figures as in the files, each with the way to its rows."""
    links = _Links(report, kind)
    return [
        ShownSection(each.heading, tuple(_shown(body, block, links) for block in each.blocks))
        for each in shown_sections(body)
    ]


class _Links:
    """The address of the rows behind a figure."""

    def __init__(self, report: Report, kind: ReportKind | None) -> None:
        self._report, self._span = report, kind.period.value if kind else "month"
        self._view = _view(report, kind) if kind else None

    def of(self, figure: ReportFigure | None) -> str:
        """Return it; empty where there is none."""
        if figure is None:
            return ""
        if figure.id in INDICATORS and self._view is not None:
            return rows_url(self._view, figure.id)
        report = self._report
        return figure_url(report.outpost, report.as_of, self._span, figure.id, report.plaque)


def _view(report: Report, kind: ReportKind) -> View | None:
    try:
        term = read_term(kind.period, report.period)
    except RefusedError:
        return None  # content has another period for this kind by now
    return replace(View((report.outpost_id,), term.days, report.as_of), plaque=report.plaque)


def _shown(body: ReportBody, block: Block, links: _Links) -> ShownBlock:
    if block.kind in {"text", "note"}:
        lines = (line for line in block.template.splitlines() if line.strip())
        pieces = tuple(tuple((each.text, links.of(each.figure)) for each in pieces_of(body, line)) for line in lines)
        return ShownBlock("text", lines=pieces)
    if block.kind == "figures":
        figures = [body.figures[each] for each in block.ids]
        rows = tuple(
            ((each.label, ""), (each.text, links.of(each)), (each.before, ""), (each.year, ""), (each.beside, ""))
            for each in figures
        )
        notes = tuple(each.correction for each in figures if each.correction)
        return ShownBlock("table", caption=_("主要指标"), heads=FIGURE_HEADS, rows=rows, notes=notes)
    cells = tuple(tuple((cell, "") for cell in row) for row in block.rows)
    return ShownBlock("table", caption=block.caption or _("名单"), heads=block.heads, rows=cells)


def text_findings(report: Report, body: ReportBody) -> list[Finding]:
    """Return the numbers in a person's texts that no figure of the report stands behind."""
    figures = [each for each in (figure.issued for figure in body.figures.values()) if each is not None]
    found = []
    for section, block in body.texts():
        if block.code not in report.texts:
            continue
        checked = check_figures(plain_text(body, block.template), figures)
        wrong: tuple[Any, ...] = (*checked.unsourced, *checked.mismatches)
        found += [
            Finding(Level.PROBLEM, "reports.number_unsourced", {"heading": section.heading, "found": each.found})
            for each in wrong
        ]
    return found


def copy_findings(report: Report) -> list[Finding]:
    """Return what the check of an edited copy found."""
    return [finding_of(each) for each in report.mismatches]


def differences(then: ReportBody, now: ReportBody) -> list[tuple[str, str, str]]:
    """Return the figures that read otherwise today: label, then, now."""
    return [
        (each.label, each.text, now.figures[name].text if name in now.figures else _("无数据"))
        for name, each in then.figures.items()
        if name not in now.figures or now.figures[name].text != each.text
    ]


def files_of(report: Report) -> list[tuple[str, str, str]]:
    """Return (words, address, digest) of the report in each form: as archived, or as it stands."""
    kept = {each.form: each for each in report.files.all()}
    return [
        (
            str(ReportFormat(form).label),
            reverse("console:reports:report_download", args=[report.uid, form]),
            kept[form].sha256 if form in kept else "",
        )
        for form in ReportFormat.values
    ]


def sendings_of(report: Report) -> list[Mapping[str, Any]]:
    """Return to whom it went, and whether it arrived."""
    uids = [each["uid"] for each in report.sendings]
    messages = RobotMessage.objects.filter(uid__in=uids).select_related("robot").defer("text_enc")
    words = {each.uid: state_words(each.robot, each) for each in messages}
    words |= {
        each.uid: str(each.get_state_display()) for each in Mail.objects.filter(uid__in=uids).only("uid", "state")
    }
    return [{**each, "state": words.get(each["uid"], "")} for each in reversed(report.sendings)]


def facts_of(report: Report, kind: ReportKind | None, body: ReportBody) -> Sequence[tuple[str, Any]]:
    """Return what is said of a report beside its text."""
    plates = {each.code: each.name for each in report.outpost.plaques.all()}
    approved = f"{report.approved_by} {localtime(report.approved_at):%Y-%m-%d %H:%M}" if report.approved_at else ""
    archived = f"{report.archived_by} {localtime(report.archived_at):%Y-%m-%d %H:%M}" if report.archived_at else ""
    return [
        (_("编号"), report.number),
        (_("期号"), report.issue),
        (_("期间"), body.span),
        (_("截至"), report.as_of),
        (_("给谁"), "、".join(body.to)),
        (_("牌子"), plates.get(report.plaque, _("全部"))),
        (_("名称"), _("列全部名称，只供内部") if kind and kind.audience == "inside" else _("只列已报送的，其余只计数")),
        (_("制表"), f"{report.made_by} {localtime(report.created_at):%Y-%m-%d %H:%M}"),
        (_("批准"), approved),
        (_("归档"), archived),
    ]
