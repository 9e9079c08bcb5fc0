"""From targets and looks to what the components draw."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.pipeline.enums import DiligenceResult, Stage, TargetState
from feidi.domain.pipeline.models import Project, Target
from feidi.domain.pipeline.selectors.diligence import DiligenceLine, diligence_of, warnings_before
from feidi.domain.pipeline.selectors.targets import NodeProgress
from feidi.kernel.access import Actor
from feidi.portals.console.pipeline.presenting import might
from feidi.portals.console.words import say_pair
from feidi.portals.ui.pieces import Badge, Column, Row, Tone

STATE_TONES: dict[TargetState, Tone] = {
    TargetState.NOT_YET: "quiet",
    TargetState.CONTACTED: "info",
    TargetState.TALKING: "ok",
    TargetState.DECLINED: "warn",
    TargetState.DROPPED: "quiet",
}
COLUMNS = [
    Column("name", gettext_lazy("企业"), sortable=True, lead=True),
    Column("chain", gettext_lazy("产业链"), shown=False),
    Column("node", gettext_lazy("环节"), sortable=True),
    Column("priority", gettext_lazy("先后"), sortable=True, numeric=True),
    Column("place", gettext_lazy("所在地")),
    Column("owner", gettext_lazy("谁联系")),
    Column("state", gettext_lazy("情况"), sortable=True),
    Column("contacted", gettext_lazy("接触日期"), sortable=True),
    Column("result", gettext_lazy("结果")),
    Column("why", gettext_lazy("为什么找它"), shown=False),
    Column("source", gettext_lazy("名单来源"), shown=False),
    Column("project", gettext_lazy("项目"), shown=False),
]
#: (chain, node) as written → as the reader's language calls them.
Names = Callable[[str, str], tuple[str, str]]
SORTS = {"name": "name_folded", "node": "node", "priority": "priority", "state": "state", "contacted": "contacted_on"}


def rows_of(targets: Sequence[Target], names: Names) -> list[Row]:
    """Return targets as list rows."""
    called = {each.pk: names(each.chain, each.node) for each in targets}
    return [
        Row(
            cells={
                "name": each.name,
                "chain": called[each.pk][0],
                "node": called[each.pk][1],
                "priority": each.priority,
                "place": each.place_text,
                "owner": each.owner.display_name if each.owner else _("待定"),
                "state": TargetState(each.state).label,
                "contacted": each.contacted_on,
                "result": each.result,
                "why": each.why,
                "source": each.source,
                "project": each.project.code if each.project else "",
            },
            url=reverse("console:targets:target_view", args=[each.uid]),
            uid=each.uid,
        )
        for each in targets
    ]


def progress_lines(nodes: Sequence[NodeProgress], names: Names) -> list[dict[str, Any]]:
    """Return each node's progress with the address of its rows."""
    here = reverse("console:targets:target_list")
    return [
        {
            "node": each,
            "called": " · ".join(part for part in names(each.chain, each.node) if part),
            "text": _("{total} 家 → 已接触 {reached} → 在谈 {talking}").format(
                total=each.total, reached=each.reached, talking=each.talking
            ),
            "url": f"{here}?node={each.node}",
        }
        for each in nodes
    ]


RESULT_TONES: dict[DiligenceResult, Tone] = {
    DiligenceResult.CLEAN: "ok",
    DiligenceResult.FINDING: "bad",
    DiligenceResult.NOT_FOUND: "warn",
    DiligenceResult.PENDING: "quiet",
}


def diligence_context(actor: Actor, project: Project, today: date) -> dict[str, Any]:
    """Return what the project's diligence tab shows: each source, what was seen there, and the warnings."""
    lines = diligence_of(project, today)
    may = might(actor, project)
    return {
        "lines": [_line(each) for each in lines],
        "diligence_warnings": warnings_before(project, Stage.SIGNED, today, lines),
        "firm_name": project.sponsor_name,
        "may_look": may.edit,
    }


def _line(line: DiligenceLine) -> dict[str, Any]:
    item, latest = line.item, line.latest
    return {
        "item": item,
        "label": say_pair(item.label_zh, item.label_en),
        "site": say_pair(item.site_zh, item.site_en),
        "look_for": say_pair(item.look_for_zh, item.look_for_en),
        "before": Stage(item.before).label,
        "latest": latest,
        "badge": Badge(DiligenceResult(latest.result).label, RESULT_TONES[DiligenceResult(latest.result)])
        if latest
        else Badge(_("还没有查"), "quiet"),
        "expired": line.expired,
        "expires_on": line.expires_on,
        "looks": line.looks,
    }
