"""What incubation tells the kernel at start: subject kinds, audited kinds, texts."""

from feidi.domain.incubation import admission_registering, tenancy_registering
from feidi.domain.incubation.events import EVENTS
from feidi.domain.incubation.selectors.mentor_ties import mentor_ties
from feidi.domain.incubation.texts import TEXTS
from feidi.domain.pipeline.selectors.ties import register_ties
from feidi.kernel.events import declare
from feidi.kernel.messages import register_texts


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    register_texts(TEXTS)
    declare(*EVENTS)
    register_ties(mentor_ties)
    admission_registering.register()
    tenancy_registering.register()
