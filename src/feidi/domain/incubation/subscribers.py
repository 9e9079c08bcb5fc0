"""What incubation does when a firm answers by a link."""

from __future__ import annotations

from feidi.domain.incubation.services.satisfaction import KIND, take_answer
from feidi.kernel.audit import current_unit
from feidi.kernel.events import listen
from feidi.kernel.feedback.events import Answered


def service_answered(event: Answered) -> None:
    """The score of a service stands on the service too."""
    if event.subject_kind == KIND and event.satisfaction is not None:
        take_answer(unit=current_unit(), uid=event.subject_uid, satisfaction=event.satisfaction, words=event.words)


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    listen(Answered)(service_answered)
