"""What the address asks to be issued: outpost, plaque, day, period; and the snapshot of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.access import VIEW
from feidi.domain.reporting.selectors.papers import Snapshot, issuing_outposts, snapshot_of
from feidi.domain.reporting.services.papers import ISSUE
from feidi.kernel.access import Actor
from feidi.portals.console.papers.forms import ScopeForm
from feidi.portals.ui.requests import FeidiRequest


@dataclass(frozen=True, slots=True)
class Scope:
    """The form, the outposts one may choose from, and what is chosen."""

    form: ScopeForm
    outposts: tuple[Outpost, ...]
    outpost: Outpost
    plaque: str
    as_of: date
    span: str

    @property
    def query(self) -> str:
        """Return the choice as it stands in an address."""
        kept = {"plaque": self.plaque, "as_of": self.as_of.isoformat(), "span": self.span}
        if len(self.outposts) > 1:
            kept["outpost"] = str(self.outpost.pk)
        return urlencode({name: value for name, value in kept.items() if value})

    def snapshot(self, actor: Actor) -> Snapshot:
        """Return the figures of it."""
        return snapshot_of(actor, self.outpost, self.as_of, self.span, plaque=self.plaque)


def require_papers(actor: Actor, permission: str = VIEW) -> tuple[Outpost, ...]:
    """Return the outposts whose papers the actor sees (or makes); refuses who has none."""
    outposts = tuple(issuing_outposts(actor, permission))
    if not outposts:
        require(actor, ISSUE, outpost_scope(0))
    return outposts


def read_scope(request: FeidiRequest, given: QueryDict | None = None, *, span: str = "week") -> Scope:
    """Read the address (or what was sent); what makes no sense is left out, a day to come becomes today."""
    outposts = require_papers(request.actor)
    asked = request.GET if given is None else given
    outpost = next((each for each in outposts if str(each.pk) == asked.get("outpost")), outposts[0])
    values = {
        "as_of": request.today.isoformat(),
        "span": span,
        "plaque": "",
        "outpost": str(outpost.pk),
        **{name: value for name, value in asked.items() if value},
    }
    form = ScopeForm(values, outposts=outposts, outpost=outpost, auto_id="scope-%s")
    form.is_valid()
    cleaned: dict[str, Any] = form.cleaned_data
    as_of = min(cleaned.get("as_of") or request.today, request.today)
    return Scope(form, outposts, outpost, cleaned.get("plaque", ""), as_of, cleaned.get("span") or span)
