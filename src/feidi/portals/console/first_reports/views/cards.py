"""保存图片: a record as a picture with a QR, for where files cannot be sent."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from feidi.domain.pipeline.selectors.projects import get_project
from feidi.portals.console.first_reports.card import Card, card_of, draw_card
from feidi.portals.console.pipeline.presenting import wechat_text
from feidi.portals.ui import reading
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest


@require_GET
def card_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show the card: press long to save the picture; the same as text to copy."""
    project = get_project(request.actor, uid)
    here = reverse("console:pipeline:project_view", args=[uid])
    context = {
        "title": project.name,
        "file_name": project.code,
        "lines": card_of(project),
        "image_url": reverse("console:first_reports:card_image", args=[uid]),
        "copy_text": wechat_text(project),
        "crumbs": [Crumb(project.name, here), Crumb(_("图片"))],
    }
    return render(request, "console/first_reports/card_view.html", context)


@require_GET
def card_image(request: FeidiRequest, uid: str) -> HttpResponse:
    """Draw the card as PNG: no contacts, with who took it and when."""
    project = get_project(request.actor, uid)
    address = request.build_absolute_uri(reverse("console:pipeline:project_view", args=[uid]))
    card = Card(project.name, project.outpost.short_name, card_of(project))
    return picture(request, card, address, project.code)


def picture(request: FeidiRequest, card: Card, address: str, name: str) -> HttpResponse:
    """Return a card as a PNG that is kept nowhere, with who took it and when."""
    taken = f"{request.actor.label} {reading.read_date(request.now)}"
    response = HttpResponse(draw_card(card, address=address, taken=taken, at=request.now), content_type="image/png")
    response["Content-Disposition"] = f'inline; filename="{name}.png"'
    response["Cache-Control"] = "private, no-store"
    return response
