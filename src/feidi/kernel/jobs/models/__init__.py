"""Jobs, schedules, and the processes that run them."""

from feidi.kernel.jobs.models.job import Job
from feidi.kernel.jobs.models.process import Process
from feidi.kernel.jobs.models.schedule import Schedule

__all__ = ["Job", "Process", "Schedule"]
