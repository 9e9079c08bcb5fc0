"""How the two sides of outposts are called where flows are told: by content's words where all share them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from feidi.domain.parties.models import Outpost
from feidi.domain.playbook.selectors.sides import sides_of
from feidi.domain.reporting.enums import FlowDirection
from feidi.engines.playbooks import Label


def side_names(outposts: Iterable[Outpost]) -> tuple[str, str]:
    """Return how host and home are called; in general where the outposts differ. One query per outpost."""
    found = [sides_of(each) for each in outposts]
    hosts, homes = {_said(each.host) for each in found}, {_said(each.home) for each in found}
    host = next(iter(hosts)) if len(hosts) == 1 else _("所在地")
    return host, next(iter(homes)) if len(homes) == 1 else _("主办地")


def way_name(direction: str, sides: tuple[str, str]) -> str:
    """Return from where to where."""
    host, home = sides
    return f"{host} → {home}" if direction == FlowDirection.HOST_TO_HOME else f"{home} → {host}"


def _said(label: Label) -> str:
    return str(label.en if get_language() == "en" else label.zh)
