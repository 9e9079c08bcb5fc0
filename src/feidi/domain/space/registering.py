"""What space tells the kernel at start: subject kinds, audited kinds, texts, events."""

from feidi.domain.parties.services.handing import register_handler
from feidi.domain.space import access, content_checks, subscribers
from feidi.domain.space.enums import BLOCKING, BOOKING, FEED, FLOOR, OCCUPATION, SERIES, UNIT, VISITOR, WAITING, ZONE
from feidi.domain.space.events import EVENTS
from feidi.domain.space.models import Booking
from feidi.domain.space.services.reassigning import HANDLERS
from feidi.domain.space.space_texts import SPACE_TEXTS
from feidi.domain.space.texts import TEXTS
from feidi.kernel.audit import AuditedKind, register_audited
from feidi.kernel.events import declare
from feidi.kernel.messages import register_texts
from feidi.kernel.subjects import SubjectKind
from feidi.kernel.subjects import register as register_subject

HEAD_LEASE = "space.head_lease"
AUDITED = {
    HEAD_LEASE: "space.HeadLease",
    FLOOR: "space.Floor",
    ZONE: "space.Zone",
    UNIT: "space.Unit",
    OCCUPATION: "space.Occupation",
    BLOCKING: "space.Blocking",
    SERIES: "space.BookingSeries",
    BOOKING: "space.Booking",
    WAITING: "space.WaitingEntry",
    VISITOR: "space.Visitor",
    FEED: "space.CalendarFeed",
}
#: Fields that name people outside the staff: the trail keeps a keyed digest only.
PERSONAL = {VISITOR: frozenset({"name_enc", "name_hint"})}


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    for handler in HANDLERS:
        register_handler(handler)
    subscribers.register()
    content_checks.register()
    declare(*EVENTS)
    register_texts(TEXTS)
    register_texts(SPACE_TEXTS)
    register_subject(
        SubjectKind(
            HEAD_LEASE,
            "space.HeadLease",
            label=str,
            visible_to=access.head_leases_visible_to,
            url_name="console:leases:lease_view",
        )
    )
    register_subject(
        SubjectKind(
            UNIT, "space.Unit", label=str, visible_to=access.units_visible_to, url_name="console:rooms:unit_view"
        )
    )
    register_subject(
        SubjectKind(
            BOOKING,
            "space.Booking",
            label=booking_label,
            visible_to=access.bookings_visible_to,
            url_name="console:rooms:booking_view",
        )
    )
    register_subject(
        SubjectKind(
            BLOCKING,
            "space.Blocking",
            label=str,
            visible_to=access.blockings_visible_to,
            url_name="console:rooms:blocking_view",
        )
    )
    for kind, model in AUDITED.items():
        register_audited(AuditedKind(kind, model, personal=PERSONAL.get(kind, frozenset())))


def booking_label(booking: Booking) -> str:
    """Name a booking by whose it is and what for."""
    whose = booking.organization.name if booking.organization else booking.organizer.display_name
    return f"{whose}：{booking.purpose}"
