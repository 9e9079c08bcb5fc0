"""Closed lists of feedback."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Via(TextChoices):
    """Through which door an answer came."""

    LINK = "link", _("链接")
    OWN = "own", _("登录后填写")
    HANDOVER = "handover", _("确认办结时填写")


class Channel(TextChoices):
    """How a complaint came in."""

    VISIT = "visit", _("来访")
    PHONE = "phone", _("电话")
    WECHAT = "wechat", _("微信")
    LETTER = "letter", _("来信")
    MAIL = "mail", _("电子邮件")
    PASSED_ON = "passed_on", _("上级或部门转来")


class Ruling(TextChoices):
    """What a complaint turned out to be."""

    UPHELD = "upheld", _("属实")
    PARTLY = "partly", _("部分属实")
    UNFOUNDED = "unfounded", _("不属实")
