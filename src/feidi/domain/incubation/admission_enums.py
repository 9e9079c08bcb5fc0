"""Codes of admission. Labels are Chinese source strings."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ApplicationState(models.TextChoices):
    """Where an application stands. On the pipeline it is screening, then assessing, agreeing, signed."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待初审")
    RETURNED = "returned", _("待补正")
    ACCEPTED = "accepted", _("已受理")
    REVIEWING = "reviewing", _("评审中")
    JUDGED = "judged", _("待决定")
    DECIDED = "decided", _("待审定")
    NOTICE = "notice", _("公示中")
    WAITING = "waiting", _("候补")
    APPROVED = "approved", _("同意入驻")
    ADMITTED = "admitted", _("已入驻")
    REJECTED = "rejected", _("不予入驻")
    WITHDRAWN = "withdrawn", _("已撤回")


S = ApplicationState
#: Nothing follows any more.
OVER = frozenset({S.ADMITTED, S.REJECTED, S.WITHDRAWN})
#: What the applicant itself may still change.
WRITABLE = frozenset({S.DRAFT, S.RETURNED})


class Origin(models.TextChoices):
    """Who wrote the application down."""

    PUBLIC = "public", _("公开申请")
    OWN = "own", _("单位账号")
    COUNTER = "counter", _("代填")


class Verdict(models.TextChoices):
    """What was decided."""

    ADMIT = "admit", _("同意入驻")
    WAIT = "wait", _("候补")
    REJECT = "reject", _("不予入驻")


class SeatState(models.TextChoices):
    """Where a judge's seat on a panel stands."""

    ASSIGNED = "assigned", _("待评分")
    SCORED = "scored", _("已评分")
    RECUSED = "recused", _("已回避")


class ScoreRule(models.TextChoices):
    """How scores become one."""

    MEAN = "mean", _("平均分")
    TRIMMED = "trimmed", _("去一个最高分、一个最低分后平均")


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    TEXT = "text", _("一行文字")
    LONG = "long", _("一段文字")
    YESNO = "yesno", _("是或否")
    CHOICE = "choice", _("单选")
    CHOICES = "choices", _("多选")
    NUMBER = "number", _("数字")
    DATE = "date", _("日期")
    PHONE = "phone", _("电话")
    FILE = "file", _("文件")
