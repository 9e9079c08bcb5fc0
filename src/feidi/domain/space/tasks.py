"""Background jobs of space; found by the worker's autodiscovery."""

from __future__ import annotations

from datetime import time, timedelta

from feidi.domain.space.services.attending import finish_bookings, release_no_shows
from feidi.domain.space.services.head_leases import warn_of_ends
from feidi.domain.space.services.paging import write_pages
from feidi.domain.space.services.waiting import lapse_entries
from feidi.kernel.jobs import schedule
from feidi.kernel.jobs.context import JobContext


@schedule("space.lease_warnings", daily_at=time(7, 30))
def lease_warnings(context: JobContext) -> dict[str, int]:
    """Put a to-do on the desks of the leads 12, 6 and 3 months before the head lease ends."""
    return {"todos": warn_of_ends(actor=context.actor, now=context.now())}


@schedule("space.bookings", every=timedelta(minutes=5), timeout=timedelta(minutes=4))
def bookings(context: JobContext) -> dict[str, int]:
    """Free rooms to which nobody came (who waits moves up), end what is over, write the pages
    of the ledger that lack; again at once is harmless.
    """
    return {
        "released": release_no_shows(actor=context.actor, now=context.now()),
        "finished": finish_bookings(actor=context.actor, now=context.now()),
        "lapsed": lapse_entries(actor=context.actor, now=context.now()),
        "pages": write_pages(now=context.now()),
    }
