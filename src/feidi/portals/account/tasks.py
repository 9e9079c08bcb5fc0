"""Background jobs of signing in; found by the worker's autodiscovery."""

from __future__ import annotations

from datetime import time

from feidi.kernel.identity.services.sms_codes import prune_codes
from feidi.kernel.jobs import schedule
from feidi.kernel.jobs.context import JobContext


@schedule("account.prune_codes", daily_at=time(3, 50))
def prune(context: JobContext) -> dict[str, int]:
    """Delete codes sent by SMS that open nothing any more: whose number asked when is nobody's business for longer."""
    return {"codes": prune_codes(now=context.now())}
