"""Codes of incubation: what a tenant is, what it pays, reports, asks for and brings about."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class TenancyKind(models.TextChoices):
    """Why somebody is here."""

    STARTUP = "startup", _("在孵企业")
    HOME_RESEARCH = "home_research", _("本地企业驻外研发点")
    SERVICE = "service", _("服务机构")


class Programme(models.TextChoices):
    """Under which programme a tenant is: with its own rent, services and exit."""

    INCUBATION = "incubation", _("孵化")
    ACCELERATION = "acceleration", _("加速")
    NONE = "none", _("不在孵")


class TenancyEnd(models.TextChoices):
    """How a tenancy ended."""

    GRADUATED = "graduated", _("毕业")
    LEFT = "left", _("退出")
    REMOVED = "removed", _("清退")
    EXPIRED = "expired", _("到期不续")


class ChargeKind(models.TextChoices):
    """What is due."""

    RENT = "rent", _("租金")
    PROPERTY = "property", _("物业费")
    UTILITIES = "utilities", _("水电费")
    DEPOSIT = "deposit", _("押金")
    SERVICE = "service", _("服务费")
    OTHER = "other", _("其他")


class ReportState(models.TextChoices):
    """Where a tenant's periodic report stands."""

    ASKED = "asked", _("待填报")
    SUBMITTED = "submitted", _("已填报")
    RETURNED = "returned", _("已退回")
    ACCEPTED = "accepted", _("已采信")


class MilestoneTrack(models.TextChoices):
    """On which side of the enclave a milestone lies."""

    HOST = "host", _("驻点")
    HOME = "home", _("落地")


class RequestState(models.TextChoices):
    """Where a service that was asked for stands."""

    ASKED = "asked", _("已提出")
    TAKEN = "taken", _("办理中")
    DELIVERED = "delivered", _("已办结")
    DECLINED = "declined", _("不能办理")
    WITHDRAWN = "withdrawn", _("已撤回")


class TenantOutcomeKind(models.TextChoices):
    """Results of incubation that K16 counts once their evidence is accepted."""

    PRODUCT = "product", _("产品")
    LICENCE = "licence", _("许可证")
    CERTIFICATE = "certificate", _("资质认证")
    FUNDING = "funding", _("融资")
    ORDER = "order", _("订单")
    PATENT = "patent", _("专利授权")


class SignalKind(models.TextChoices):
    """Why a tenant is on the early-warning list."""

    REPORT_MISSING = "report_missing", _("未按期填报")
    RENT_LATE = "rent_late", _("欠费")
    INSURED_FALLING = "insured_falling", _("参保人数下降")
    MILESTONE_LATE = "milestone_late", _("里程碑逾期")
    CASH_SHORT = "cash_short", _("现金不足")
    NOT_SEEN = "not_seen", _("久未走访")


class Biosafety(models.TextChoices):
    """Up to which level a laboratory may work; empty: nobody has said."""

    NONE = "none", _("没有生物安全实验室")
    BSL1 = "bsl1", _("BSL-1")
    BSL2 = "bsl2", _("BSL-2")
    BSL3 = "bsl3", _("BSL-3 及以上")


class OpenTo(models.TextChoices):
    """Who may ask for a laboratory of the directory."""

    ALL = "all", _("所有入驻单位")
    STARTUP = "startup", _("只限在孵企业")
    HOME_RESEARCH = "home_research", _("只限本地企业驻外研发点")


class LabState(models.TextChoices):
    """Where one use of a laboratory stands."""

    ASKED = "asked", _("已申请")
    AGREED = "agreed", _("已同意")
    SAMPLED = "sampled", _("已送样")
    REPORTED = "reported", _("已出结果")
    SETTLED = "settled", _("已结费")
    DECLINED = "declined", _("未同意")
    WITHDRAWN = "withdrawn", _("已撤回")
