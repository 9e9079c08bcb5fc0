"""Codes of the daily work."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InstructionState(models.TextChoices):
    """Where a matter handed down stands."""

    OPEN = "open", _("办理中")
    ANSWERED = "answered", _("已反馈")
    CLOSED = "closed", _("已办结")


class CoordinationState(models.TextChoices):
    """Where a request to a department stands."""

    DRAFT = "draft", _("拟办")
    ASKED = "asked", _("已发出")
    ANSWERED = "answered", _("已答复")
    CLOSED = "closed", _("已了结")


class CoordinationWay(models.TextChoices):
    """How a department is asked."""

    LETTER = "letter", _("发函")
    PHONE = "phone", _("电话")
    MEETING = "meeting", _("会商")


class MeetingKind(models.TextChoices):
    """Which meeting it is."""

    JOINT = "joint", _("联席会议")
    REVIEW = "review", _("评审会")
    WEEKLY = "weekly", _("周例会")
    OTHER = "other", _("专题会")


class TripKind(models.TextChoices):
    """Who goes where."""

    OUTBOUND = "outbound", _("外出招商")
    DELEGATION = "delegation", _("组团赴驻点城市")
    RECEPTION = "reception", _("来访接待")


class PlanState(models.TextChoices):
    """Where a version of an action plan stands."""

    DRAFT = "draft", _("拟定中")
    IN_FORCE = "in_force", _("执行中")
    SUPERSEDED = "superseded", _("已被新版替代")
    ENDED = "ended", _("已结束")


class TaskState(models.TextChoices):
    """Where a task of a plan stands. Overdue is computed, never stored."""

    NOT_STARTED = "not_started", _("未启动")
    UNDER_WAY = "under_way", _("推进中")
    DONE = "done", _("已完成")
    STOPPED = "stopped", _("已中止")
