"""What an address asks: which organization, through which outpost, on which day, with which project."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.parties.selectors.lookup import get_organization
from feidi.domain.policy.selectors.checkups import Enquiry, enquire, outposts_of
from feidi.portals.console.policies.forms import AsOfForm
from feidi.portals.ui.requests import FeidiRequest


@dataclass(frozen=True, slots=True)
class Asking:
    """One question of an address. ``outposts``: all that know the organization and that the actor works for."""

    organization: Organization
    outpost: Outpost
    outposts: tuple[Outpost, ...]
    as_of: date
    project: str

    def enquiry(self, known_at: datetime) -> Enquiry:
        """Return the question as of a moment."""
        return enquire(self.organization, self.outpost, as_of=self.as_of, known_at=known_at, chosen=self.project)

    def address(self, today: date, **more: Any) -> str:
        """Return the page of this question; what is as usual is left out of the address."""
        given = {
            "outpost": self.outpost.uid if len(self.outposts) > 1 else "",
            "project": self.project,
            "as_of": "" if self.as_of == today else self.as_of.isoformat(),
            **more,
        }
        query = urlencode({name: value for name, value in given.items() if value})
        page = reverse("console:policies:checkup", args=[self.organization.uid])
        return f"{page}?{query}" if query else page


def asking_of(request: FeidiRequest, uid: str) -> Asking:
    """Return what the address asks; raises ``DoesNotExist`` for an organization that none of the actor's outposts knows.

    A day that has not come is today.
    """
    organization = get_organization(request.actor, uid)
    outposts = tuple(outposts_of(request.actor, organization))
    given = request.POST if request.method == "POST" else request.GET
    named = [each for each in outposts if each.uid == given.get("outpost")]
    if not outposts:
        raise Organization.DoesNotExist
    form = AsOfForm(given)
    day = form.cleaned_data["as_of"] if form.is_valid() else None
    as_of = min(day or request.today, request.today)
    return Asking(organization, (named or outposts)[0], outposts, as_of, given.get("project", ""))
