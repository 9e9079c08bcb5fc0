"""One policy: its clauses with the rule in words beside the text, its versions and what each changed."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from feidi.domain.parties.access import require
from feidi.domain.policy.access import LIBRARY
from feidi.domain.policy.selectors.catalogue import find_document, stamps_of, versions_of
from feidi.domain.policy.selectors.drafts import remarks_of
from feidi.domain.policy.selectors.library import FOLDER, pair_library
from feidi.kernel.content.differences import line_differences
from feidi.portals.console.drafts.presenting import edit_url
from feidi.portals.console.policies.words import place_names
from feidi.portals.console.policy_library import presenting
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest


@require_GET
def document_view(request: FeidiRequest, place: str, name: str) -> HttpResponse:
    """Show a policy: head, clauses with rule beside text, remarks of the lint, versions."""
    require(request.actor, LIBRARY)
    entries = find_document(place, name, on=request.today)
    if not entries:
        raise Http404
    policy, path = entries[0].policy, entries[0].path
    stamps = stamps_of(place, [each.clause.code for each in entries])
    document = policy.document
    published = pair_library(place, place, on=request.today)
    context = {
        "document": document,
        "crumbs": presenting.crumbs(Crumb(document.title)),
        "place_name": place_names().get(place, place),
        "pairs": [
            (label, value)
            for label, value in (
                (_("文号"), document.number or _("未见")),
                (_("印发"), document.issued or _("未见")),
                (_("印发单位"), document.issuer or _("未见")),
                (_("可信度"), document.grade.value),
                (_("网址"), document.url or _("未见")),
                (_("编码出处"), document.source),
                (_("备注"), document.note),
            )
            if value
        ],
        "clauses": [presenting.told_of(each, request.today, stamps.get(each.clause.code, ())) for each in entries],
        "findings": [*policy.findings, *remarks_of(policy, published, as_of=request.today)],
        "versions": versions_of(place, path),
        "place": place,
        "name": name,
        "edit_url": edit_url(place, path) if request.actor.may("content.propose") else "",
    }
    return render(request, "console/policy_library/document_view.html", context)


@require_GET
def version_view(request: FeidiRequest, place: str, name: str, uid: str) -> HttpResponse:
    """Show what one version of a policy changed in the one before, and who proposed and approved it."""
    require(request.actor, LIBRARY)
    versions = versions_of(place, f"{FOLDER}/{name}.yaml")
    at = next((position for position, each in enumerate(versions) if each.uid == uid), None)
    if at is None:
        raise Http404
    version = versions[at]
    before = versions[at + 1].body if at + 1 < len(versions) else ""
    entries = find_document(place, name, on=request.today)
    title = entries[0].policy.document.title if entries else name
    context = {
        "version": version,
        "title": title,
        "is_first": not before,
        "lines": line_differences(before, version.body),
        "crumbs": presenting.crumbs(Crumb(title), Crumb(version.sha256[:8])),
        "place": place,
        "name": name,
    }
    return render(request, "console/policy_library/version_view.html", context)
