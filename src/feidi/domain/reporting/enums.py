"""Codes of reporting."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CostCategory(models.TextChoices):
    """What running an outpost costs."""

    RENT = "rent", _("租金")
    PROPERTY = "property", _("物业")
    FIT_OUT = "fit_out", _("装修")
    OPERATION = "operation", _("运营费")
    EVENTS = "events", _("活动费")
    STAFF = "staff", _("人员")
    OTHER = "other", _("其他")


class SheetState(models.TextChoices):
    """Where a year's assessment of the operator stands."""

    DRAFT = "draft", _("编制中")
    SELF_SCORED = "self_scored", _("已自评")
    SCORED = "scored", _("已评分")
    FROZEN = "frozen", _("已定稿")


class FormFormat(models.TextChoices):
    """What a superior's own form is written in."""

    XLSX = "xlsx", _("Excel 表")
    DOCX = "docx", _("Word 文档")


class ResourceKind(models.TextChoices):
    """What the operator promised to bring."""

    FUND = "fund", _("基金")
    MENTOR = "mentor", _("导师")
    LAB = "lab", _("实验室")
    CLIENT = "client", _("客户")
    CHANNEL = "channel", _("渠道")
    OTHER = "other", _("其他")
