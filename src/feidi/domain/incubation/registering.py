"""What incubation tells the kernel at start: subject kinds, audited kinds, texts."""

from feidi.domain.incubation import admission_registering, tenancy_registering
from feidi.domain.incubation.events import EVENTS
from feidi.domain.incubation.selectors.lab_options import register as register_labs
from feidi.domain.incubation.selectors.labs import directory_labs
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
    register_labs(directory_labs)
    admission_registering.register()
    tenancy_registering.register()
