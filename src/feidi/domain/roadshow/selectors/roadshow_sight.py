"""盲评: what of a project somebody sees in which phase; only the fields that content opens, under a neutral name."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.pipeline.models import Project
from feidi.domain.roadshow.models import Entry, Round
from feidi.domain.roadshow.selectors.roadshow_rules import roadshow_rules

#: Field of content → (label, field of the project).
FIELDS = {
    "name": (gettext_lazy("项目"), "name"),
    "sponsor": (gettext_lazy("项目单位"), "sponsor_name"),
    "industry": (gettext_lazy("行业"), "industry"),
    "one_line": (gettext_lazy("一句话"), "one_line"),
    "product": (gettext_lazy("核心产品"), "core_product"),
    "tech_source": (gettext_lazy("技术来源"), "tech_source"),
    "team_size": (gettext_lazy("团队人数"), "team_size"),
}


def judge_fields(round_: Round) -> tuple[str, ...]:
    """Return what judges see of an entry in the phase the round is in."""
    return roadshow_rules(round_.roadshow.outpost).sight(round_.phase).judge


def stage_fields(round_: Round) -> tuple[str, ...]:
    """Return what the board on stage shows in the phase the round is in."""
    return roadshow_rules(round_.roadshow.outpost).sight(round_.phase).stage


def title_for(entry: Entry, fields: Sequence[str]) -> str:
    """Return what an entry is called by who sees these fields: its name, or its number in the running order."""
    if "name" in fields:
        return entry.project.name
    return _("第 {n} 号项目").format(n=entry.position)


def seen_of(project: Project, fields: Sequence[str]) -> list[tuple[str, str]]:
    """Return (label, words) of the opened fields that hold something. Whatever is not opened is not even read."""
    pairs = []
    for code in fields:
        if code in FIELDS and code != "name":
            label, attribute = FIELDS[code]
            value = getattr(project, attribute)
            if value not in ("", None):
                pairs.append((str(label), str(value)))
    return pairs
