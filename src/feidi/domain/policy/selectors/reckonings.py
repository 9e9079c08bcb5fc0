"""Which outposts' standings are being reckoned just now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from feidi.domain.parties.models import Outpost
from feidi.kernel.jobs.enums import JobState
from feidi.kernel.jobs.models import Job

#: The background job that reckons every organization of an outpost, and the kind of subject that it is about.
JOB: Final = "policy.evaluate_everybody"
OUTPOST: Final = "parties.outpost"


def reckonings_under_way(outposts: Iterable[Outpost]) -> dict[str, Job]:
    """Return uid of an outpost → the reckoning that waits or runs there; how far it is says nothing of any firm."""
    jobs = Job.objects.filter(
        kind=JOB,
        subject_kind=OUTPOST,
        subject_uid__in=[each.uid for each in outposts],
        state__in=[JobState.QUEUED, JobState.RUNNING],
    )
    return {each.subject_uid: each for each in jobs.order_by("created_at", "id")}
