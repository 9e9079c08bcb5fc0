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


class FlowKind(models.TextChoices):
    """What flows between the two sides. Kinds are never added up."""

    CAPITAL = "capital", _("资金")
    TECHNOLOGY = "technology", _("技术")
    TALENT = "talent", _("人才")


class FlowDirection(models.TextChoices):
    """Which way it flows."""

    HOST_TO_HOME = "host_to_home", _("所在地→主办地")
    HOME_TO_HOST = "home_to_host", _("主办地→所在地")


class FlowUnit(models.TextChoices):
    """What an entry without an amount counts. A contract is counted where nobody has said its amount."""

    CONTRACT = "contract", _("份合同")
    PERSON = "person", _("人")
    MONTH = "month", _("人月")


class FlowMadeBy(models.TextChoices):
    """How an entry came about."""

    EVENT = "event", _("随来源自动入账")
    HAND = "hand", _("人工判定后入账")
    REBUILD = "rebuild", _("补记")


class FlowWaiting(models.TextChoices):
    """Why a proven source is in no flow yet: what a person must say. Never stored."""

    SIDE = "side", _("双方所在地没有登记全，不能判断流向")
    INVESTOR = "investor", _("出资方在哪一侧没有登记")
    WORKPLACE = "workplace", _("在哪一侧工作没有登记")
    SECONDED = "seconded", _("本地单位的人员在飞地工作：请判定是否计为流出")
    AMOUNT = "amount", _("已采信的凭证没有写金额")


class ReportState(models.TextChoices):
    """Where a periodic report stands. A draft's text may still be edited; its figures never."""

    DRAFT = "draft", _("草稿")
    APPROVED = "approved", _("已批准")
    SENT = "sent", _("已发出")
    ARCHIVED = "archived", _("已归档")


class ReportFormat(models.TextChoices):
    """As what a report leaves the house."""

    DOCX = "docx", _("Word 文档")
    PDF = "pdf", _("PDF 文档")
    XLSX = "xlsx", _("Excel 表")


class ReportPeriod(models.TextChoices):
    """How long a stretch of time a report is about."""

    WEEK = "week", _("周")
    MONTH = "month", _("月")
    QUARTER = "quarter", _("季")
    YEAR = "year", _("年")
