"""What a view may rely on: the request as the middleware has prepared it."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from feidi.kernel.access import Actor


class FeidiRequest(HttpRequest):
    """A request with who acts and when. Only an annotation: Django makes plain requests.

    ``actor``  who acts, ``ANONYMOUS`` when nobody is signed in.
    ``now``    the moment the request arrived; hand it to every service.
    ``today``  its Shanghai date.
    """

    actor: Actor
    now: datetime
    today: date
    htmx: HtmxDetails
