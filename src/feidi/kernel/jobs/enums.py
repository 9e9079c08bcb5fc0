"""Closed lists of the jobs."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JobState(TextChoices):
    """Where a job stands. Only QUEUED and RUNNING can still change."""

    QUEUED = "queued", _("排队中")
    RUNNING = "running", _("进行中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("失败")
    CANCELLED = "cancelled", _("已取消")


class ProcessKind(TextChoices):
    """What a long-running process does."""

    WORKER = "worker", _("后台任务")
    SCHEDULER = "scheduler", _("定时任务")
