"""Background jobs of talent; found by the worker's autodiscovery."""

from feidi.domain.talent.services import retention_daily

__all__ = ["retention_daily"]
