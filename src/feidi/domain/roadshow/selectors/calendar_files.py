"""An activity as .ics. RFC 5545 by ``icalendar``."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from icalendar import Calendar, Event

from feidi.domain.roadshow.enums import ActivityState
from feidi.domain.roadshow.models import Activity
from feidi.domain.roadshow.selectors.presenting import place_words, title_of

_PRODUCT: Final = "-//Feidi//Activities//ZH"


def calendar_entry(activity: Activity, now: datetime, *, gone: bool = False) -> bytes:
    """Return the entry of an activity; ``gone`` (or a cancelled activity) takes it back."""
    over = gone or activity.state == ActivityState.CANCELLED
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if over else "PUBLISH")
    event = Event()
    event.add("uid", f"{activity.uid}@feidi")
    event.add("sequence", activity.version)
    event.add("dtstamp", now)
    event.add("dtstart", activity.starts_at)
    event.add("dtend", activity.ends_at)
    event.add("summary", title_of(activity))
    event.add("location", place_words(activity))
    event.add("status", "CANCELLED" if over else "CONFIRMED")
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
