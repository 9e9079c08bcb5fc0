"""What the pages of talents ask again and again: a row one may change, an organization by its name, an upload."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.talent.access import EDIT, VIEW
from feidi.domain.talent.models import GreenCase, Talent
from feidi.domain.talent.selectors.cases import get_case
from feidi.domain.talent.selectors.talents import get_talent
from feidi.domain.talent.services.changing import Scan
from feidi.domain.talent.services.talents import Work
from feidi.kernel.access import ScopeKind
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest

FORM = "console/promises/form_page.html"


def talent_url(uid: str) -> str:
    """Return the page of one talent."""
    return reverse("console:talents:talent_view", args=[uid])


def case_url(uid: str) -> str:
    """Return the page of one case."""
    return reverse("console:talents:case_view", args=[uid])


def crumbs(*more: Crumb) -> list[Crumb]:
    """Return the way to a page of talents."""
    return [Crumb(_("人才"), reverse("console:talents:talent_list")), *more]


def staff_talent(request: FeidiRequest, uid: str) -> Talent:
    """Return one of the actor's outposts: a talent's own pages are in the workspace."""
    row = get_talent(request.actor, uid)
    if row.outpost_id not in _outposts(request):
        raise Talent.DoesNotExist
    return row


def editable(request: FeidiRequest, uid: str) -> Talent:
    """Return one that the actor may change; others are refused or not found."""
    row = staff_talent(request, uid)
    require(request.actor, EDIT, outpost_scope(row.outpost_id))
    return row


def staff_case(request: FeidiRequest, uid: str) -> GreenCase:
    """Return a case of the actor's outposts."""
    row = get_case(request.actor, uid)
    if row.outpost_id not in _outposts(request):
        raise GreenCase.DoesNotExist
    return row


def editable_case(request: FeidiRequest, uid: str) -> GreenCase:
    """Return a case that the actor may change; others are refused or not found."""
    row = staff_case(request, uid)
    require(request.actor, EDIT, outpost_scope(row.outpost_id))
    return row


def organization_named(request: FeidiRequest, outpost: Outpost, name: str) -> Organization | None:
    """Return the organization of this name as the outpost knows it, added when new; None when nothing was written."""
    if not name.strip():
        return None
    return find_or_add_organization(actor=request.actor, now=request.now, outpost=outpost, name=name.strip())


def work_of(request: FeidiRequest, outpost: Outpost, data: Mapping[str, Any]) -> Work:
    """Return what a form says of somebody's work."""
    told = {name: data[name] for name in ("field", "works_at", "work_place", "insured_at", "insured_place", "since")}
    return Work(employer=organization_named(request, outpost, data["employer"]), **told)


def scan_of(upload: Any | None, reason: str = "") -> Scan | None:
    """Return an upload as the services take it."""
    return Scan(upload.name or "", upload.chunks(), reason) if upload else None


def _outposts(request: FeidiRequest) -> frozenset[int]:
    return request.actor.scopes(VIEW, ScopeKind.OUTPOST)
