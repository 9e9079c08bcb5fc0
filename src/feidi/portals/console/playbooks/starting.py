"""From whose page a run is started: the row, its outpost, the firm that shall see the run, the playbooks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from feidi.domain.parties.access import outpost_scope
from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.pipeline.enums import PartyRole
from feidi.domain.pipeline.models import Project
from feidi.domain.playbook.access import EDIT
from feidi.domain.playbook.enums import PlaybookKind
from feidi.domain.playbook.kinds import SERVED
from feidi.domain.playbook.selectors.playbooks import Published, playbooks_of
from feidi.kernel.subjects import Subject, label_of, registered_kinds, url_of, visible_row
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.words import say
from feidi.portals.ui.pieces import Badge
from feidi.portals.ui.requests import FeidiRequest


@dataclass(frozen=True, slots=True)
class Found:
    """A row on which a playbook may be started."""

    served: str
    subject: Subject
    label: str
    url: str
    outpost: Outpost
    organization: Organization | None
    books: tuple[Published, ...]


def asked_for(request: FeidiRequest) -> Found | None:
    """Return the row that ``?served=…&uid=…`` names, if the actor may start something on it."""
    served, uid = request.GET.get("served", ""), request.GET.get("uid", "")
    subject = Subject(SERVED.get(served, ""), uid)
    if subject.kind not in {each.kind for each in registered_kinds()}:
        return None
    row = visible_row(request.actor, subject)
    outpost = _outpost(request, row) if row is not None else None
    if row is None or outpost is None or not request.actor.may(EDIT, outpost_scope(outpost.pk)):
        return None
    return Found(
        served=served,
        subject=subject,
        label=label_of(row, subject.kind),
        url=url_of(subject) or reverse("console:playbooks:run_list"),
        outpost=outpost,
        organization=_organization(row),
        books=playbooks_of(outpost, served, request.today),
    )


def start_url(served: str, uid: str) -> str:
    """Return where a playbook is started on a row."""
    return f"{reverse('console:playbooks:run_start')}?{urlencode({'served': served, 'uid': uid})}"


def choices_of(found: Found) -> list[dict[str, Any]]:
    """Return the playbooks to choose from; one with faults says so instead of a button."""
    return [
        {
            "title": say(each.title),
            "purpose": say(each.playbook.purpose),
            "kind": Badge(PlaybookKind(each.playbook.kind).label, "info"),
            "sound": each.sound,
            "url": f"{start_url(found.served, found.subject.uid)}&{urlencode({'playbook': each.code})}",
            "view": reverse("console:playbooks:playbook_view", args=[found.outpost.home.code, each.code]),
        }
        for each in found.books
    ]


def _outpost(request: FeidiRequest, row: Any) -> Outpost | None:
    """Return the row's outpost; an organization, which several may know, is served by the one asked for, else the first."""
    rows = outposts_for(request.actor, EDIT).select_related("home", "host")
    if isinstance(row, Organization):
        rows = rows.filter(pk__in=row.links.values("outpost_id"))
        return rows.filter(code=request.GET.get("outpost", "")).first() or rows.first()
    return rows.filter(pk=getattr(row, "outpost_id", 0)).first()


def _organization(row: Any) -> Organization | None:
    """Return the firm that sees the run in its workspace: the organization itself, or whose project it is."""
    if isinstance(row, Organization):
        return row
    if isinstance(row, Project):
        roles = (PartyRole.TEAM, PartyRole.SPONSOR)
        parties = row.parties.filter(role__in=roles, until__isnull=True, organization__isnull=False)
        first = parties.select_related("organization").order_by("id").first()
        return first.organization if first else None
    return None
