"""Head lease; floors, zones, units; the occupancy ledger; bookings, blockings, waiting list; visitors, feeds; pages."""

from feidi.domain.space.models.booking import Booking, BookingSeries, WaitingEntry
from feidi.domain.space.models.head_lease import HeadLease
from feidi.domain.space.models.ledger_page import LedgerPage
from feidi.domain.space.models.occupation import Blocking, Occupation
from feidi.domain.space.models.premises import Floor, Unit, Zone
from feidi.domain.space.models.visiting import CalendarFeed, Visitor

__all__ = [
    "Blocking",
    "Booking",
    "BookingSeries",
    "CalendarFeed",
    "Floor",
    "HeadLease",
    "LedgerPage",
    "Occupation",
    "Unit",
    "Visitor",
    "WaitingEntry",
    "Zone",
]
