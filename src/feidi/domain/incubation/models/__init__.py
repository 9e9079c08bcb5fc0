"""Tables of incubation."""

from feidi.domain.incubation.models.application import Application, ApplicationFile, ApplicationStep, FirstAnswer
from feidi.domain.incubation.models.review import Review, ReviewSeat

__all__ = [
    "Application",
    "ApplicationFile",
    "ApplicationStep",
    "FirstAnswer",
    "Review",
    "ReviewSeat",
]
