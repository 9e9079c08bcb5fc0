"""Background jobs of the pipeline; found by the worker's autodiscovery."""

from feidi.domain.pipeline.services import first_report_daily, recheck_daily, referral_facts
from feidi.domain.pipeline.services.ledger import jobs

__all__ = ["first_report_daily", "jobs", "recheck_daily", "referral_facts"]
