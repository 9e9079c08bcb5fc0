"""What showcase tells the kernel at start: subject kinds, audited kinds, events, texts."""


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
