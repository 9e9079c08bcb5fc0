"""What incubation tells the kernel at start: subject kinds, audited kinds, texts."""

from feidi.domain.incubation import admission_registering, tenancy_registering
from feidi.domain.incubation.events import EVENTS
from feidi.domain.incubation.texts import TEXTS
from feidi.kernel.events import declare
from feidi.kernel.messages import register_texts


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    register_texts(TEXTS)
    declare(*EVENTS)
    admission_registering.register()
    tenancy_registering.register()
