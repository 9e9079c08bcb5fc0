"""Codes of activities. Labels are Chinese source strings."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityState(models.TextChoices):
    """Where an activity stands. ``open``: whoever may can register; ``held``: attendance is closed."""

    DRAFT = "draft", _("筹备中")
    OPEN = "open", _("报名中")
    CLOSED = "closed", _("报名截止")
    HELD = "held", _("已举办")
    CANCELLED = "cancelled", _("已取消")


class Audience(models.TextChoices):
    """Who may register: anybody, or whoever was sent the link."""

    PUBLIC = "public", _("公开报名")
    INVITATION = "invitation", _("凭邀请链接报名")


class PartnerSide(models.TextChoices):
    """Which side an activity brings to the table. Empty in a row: nobody has said."""

    HOME = "home", _("本地企业（主办地）")
    HOST = "host", _("驻点所在城市企业")
    BOTH = "both", _("两地企业")


class RegistrationState(models.TextChoices):
    """Where a registration stands. ``cancelled`` frees its place for whoever waits first."""

    REGISTERED = "registered", _("已报名")
    WAITING = "waiting", _("候补")
    CANCELLED = "cancelled", _("已取消")


class RegisteredBy(models.TextChoices):
    """By which way a registration came."""

    PUBLIC = "public", _("公开页")
    STAFF = "staff", _("工作人员代报")
    ACCOUNT = "account", _("企业账号")
    WALK_IN = "walk_in", _("现场登记")


class CheckInWay(models.TextChoices):
    """How somebody was found at the door."""

    SCAN = "scan", _("扫码")
    CODE = "code", _("票号")
    PHONE = "phone", _("手机尾号")
    LIST = "list", _("名单")
    WALK_IN = "walk_in", _("现场登记")


class QuestionKind(models.TextChoices):
    """How a question of the form is answered."""

    TEXT = "text", _("文字")
    CHOICE = "choice", _("单选")
    NUMBER = "number", _("数字")
    YES_NO = "yes_no", _("是或否")
