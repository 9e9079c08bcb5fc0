"""Codes of talent. Labels are Chinese source strings."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    """Where a person's papers come from: each has its own text of consent."""

    MAINLAND = "mainland", _("内地")
    HMT = "hmt", _("港澳台")
    FOREIGN = "foreign", _("外籍")


class Whereabouts(models.TextChoices):
    """On which side somebody works or is insured. Empty in a row: nobody has said."""

    HOME = "home", _("本地（主办地）")
    HOST = "host", _("飞地（驻点所在地）")
    ELSEWHERE = "elsewhere", _("其他地方")


class PaperKind(models.TextChoices):
    """Which document names a person."""

    ID_CARD = "id_card", _("居民身份证")
    HMT_PERMIT = "hmt_permit", _("来往内地通行证或居住证")
    PASSPORT = "passport", _("护照")
    RESIDENCE = "residence", _("永久居留身份证")


class GivenHow(models.TextChoices):
    """How a consent, or a request about one's own data, was given."""

    PAPER = "paper", _("纸面签字")
    ONLINE = "online", _("本人在线确认")
    RECORDED = "recorded", _("当面口头、有记录")


class RulingState(models.TextChoices):
    """Where a question to the home side about a person's class stands."""

    ASKED = "asked", _("待主办方裁定")
    GRANTED = "granted", _("已认定")
    DECLINED = "declined", _("不予认定")


class AskedBecause(models.TextChoices):
    """Why a person cannot decide it here."""

    HOST_WORKER = "host_worker", _("在飞地工作，不在本地工作")
    UNKNOWN = "unknown", _("条文要的事实还不清楚")
    ELIGIBLE = "eligible", _("按条文符合，请认定")
    NOT_ELIGIBLE = "not_eligible", _("按条文不符合，请裁定")


class CaseState(models.TextChoices):
    """Where a green-channel case stands."""

    OPEN = "open", _("办理中")
    DELIVERED = "delivered", _("已办结，待确认")
    CONFIRMED = "confirmed", _("本人已确认")
    WITHDRAWN = "withdrawn", _("已撤回")


class ItemState(models.TextChoices):
    """Where one item of a case stands."""

    WAITING = "waiting", _("等前一项办完")
    OPEN = "open", _("办理中")
    HANDED = "handed", _("已交部门")
    DONE = "done", _("已办成")
    REFUSED = "refused", _("部门未批准")


class PauseReason(models.TextChoices):
    """Why a clock stands still: only ever because something is awaited from the applicant."""

    DOCUMENTS = "documents", _("等申请人补材料")
    ANSWER = "answer", _("等申请人答复")


class ContractKind(models.TextChoices):
    """How somebody works here while belonging elsewhere."""

    DUAL = "dual", _("双聘")
    FLEXIBLE = "flexible", _("柔性引才")


class Acceptance(models.TextChoices):
    """Whether a benefit accepts a flexible contract. Empty in a row: unknown, which is not no."""

    YES = "yes", _("接受")
    NO = "no", _("不接受")


class SalaryPer(models.TextChoices):
    """For which time a salary is."""

    MONTH = "month", _("每月")
    YEAR = "year", _("每年")


class RequestKind(models.TextChoices):
    """What a person asks about their own data."""

    EXPORT = "export", _("导出本人数据")
    ERASURE = "erasure", _("删除本人数据")
