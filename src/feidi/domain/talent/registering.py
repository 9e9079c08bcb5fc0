"""What talent tells the kernel at start: subject kinds, audited kinds, texts."""

from feidi.domain.talent.texts import TEXTS
from feidi.kernel.messages import register_texts


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    register_texts(TEXTS)
