"""The door without a line: a clean copy of its page for this browser to keep, and the service worker that keeps it.

The copy names no guest: no message, nothing typed, nobody to choose from. The worker lives under the door's own address
alone; what it is called follows from the names of the files it keeps, which change with what is in them.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.roadshow.models import Activity
from feidi.portals.console.events.asking import at_the_door
from feidi.portals.console.events.door import PAGE, door_context
from feidi.portals.ui.requests import FeidiRequest

_WORKER: Final = "ui/door-worker.js"
_ASSET: Final = re.compile(r'(?:src|href)="([^"#?]+)[^"]*"')


@never_cache
@require_GET
def door_shell(request: FeidiRequest, uid: str) -> HttpResponse:
    """The door's page as a browser keeps it for a lost line: without anybody's name, with the hour of its figures."""
    return render(request, PAGE, _shell(request, at_the_door(request, uid)))


@never_cache
@require_GET
def door_worker(request: FeidiRequest, uid: str) -> HttpResponse:
    """The service worker of one door: what it keeps, and the name of the store, which changes with any of it."""
    row = at_the_door(request, uid)
    page = render_to_string(PAGE, _shell(request, row), request=request)
    assets = sorted({each for each in _ASSET.findall(page) if each.startswith(settings.STATIC_URL)})
    code = Path(str(finders.find(_WORKER))).read_text()
    told = {
        "DOOR": reverse("console:events:door_view", args=[row.uid]),
        "SHELL": reverse("console:events:door_shell", args=[row.uid]),
        "VERSION": hashlib.sha256("\n".join([code, *assets]).encode()).hexdigest()[:16],
        "ASSETS": assets,
    }
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in told.items())
    return HttpResponse(head + code, content_type="text/javascript; charset=utf-8")


def _shell(request: FeidiRequest, row: Activity) -> dict[str, object]:
    """Return the page's words; ``messages`` empty: they stay for the page that somebody is about to see."""
    return {**door_context(row), "kept_at": request.now.astimezone(SHANGHAI), "messages": ()}
