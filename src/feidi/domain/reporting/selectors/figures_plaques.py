"""Figures of one plaque (牌子): each superior counts only what belongs to its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from feidi.domain.parties.models import Outpost, Plaque
from feidi.domain.pipeline.models import ProjectPlaque
from feidi.domain.pipeline.selectors.projects import NO_PLAQUE
from feidi.domain.reporting.selectors.figures_columns import Gathered
from feidi.engines.measures import Columns


def under_plaque(found: Gathered, outposts: Sequence[int], plaque: str) -> Gathered:
    """Return what was gathered, of the projects under the plaque of this code; with ``NO_PLAQUE`` of those under none."""
    rows = ProjectPlaque.objects.filter(project__outpost_id__in=outposts)
    if plaque != NO_PLAQUE:
        rows = rows.filter(plaque__code=plaque)
    keys = found.columns["key"]
    stays = np.isin(keys, np.fromiter(rows.values_list("project_id", flat=True), dtype=np.int64))
    if plaque == NO_PLAQUE:
        stays = ~stays
    kept = set(keys[stays].tolist())
    data = {name: column[stays] for name, column in found.columns.data.items()}
    return Gathered(Columns(int(stays.sum()), data), tuple(each for each in found.money if each.key in kept))


def plaques_of(outposts: Iterable[Outpost]) -> list[tuple[str, str]]:
    """Return code and name of the plaques of these outposts, each code once, in the order of their making."""
    rows = Plaque.objects.filter(outpost__in=list(outposts)).order_by("outpost_id", "pk")
    return list({code: (code, name) for code, name in rows.values_list("code", "name")}.values())
