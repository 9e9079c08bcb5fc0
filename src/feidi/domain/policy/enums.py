"""Codes of policy. Labels are Chinese source strings."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _


class Group(models.TextChoices):
    """Where a clause stands in a check-up, in the order in which it is read."""

    APPLICABLE = "applicable", _("可申请")
    AUTOMATIC = "automatic", _("免申即享")
    CONTESTED = "contested", _("可争取（评审、一事一议）")
    UNKNOWN = "unknown", _("待核实")
    NEAR = "near", _("差一项")
    OUT_OF_WINDOW = "out_of_window", _("符合，不在受理期")
    NOT_ELIGIBLE = "not_eligible", _("不符合")
    UNCONFIRMED = "unconfirmed", _("效力待核实、草案")
    NOT_YET = "not_yet", _("尚未生效")
    EXPIRED = "expired", _("已过期")


class Verdict(models.TextChoices):
    """What a clause answers of a subject (the words for ``engines.rules`` codes)."""

    ELIGIBLE = "eligible", _("符合")
    NOT_ELIGIBLE = "not_eligible", _("不符合")
    UNKNOWN = "unknown", _("待核实")


class Decision(models.TextChoices):
    """Who decides."""

    APPROVAL = "approval", _("核准")
    REVIEW = "review", _("评审")
    CASE_BY_CASE = "case_by_case", _("一事一议")
    AUTOMATIC = "automatic", _("免申即享")


class Validity(models.TextChoices):
    """Whether a clause is in force at a day."""

    IN_FORCE = "in_force", _("有效")
    NOT_YET = "not_yet", _("未到")
    EXPIRED = "expired", _("已过")
    DRAFT = "draft", _("草案")
    UNCONFIRMED = "unconfirmed", _("有效期待核实")


class ChangeKind(models.TextChoices):
    """What became of a clause for a subject."""

    GAINED = "gained", _("新符合")
    LOST = "lost", _("不再符合")
    UNCLEAR = "unclear", _("由符合变为待核实")


class ChangeCause(models.TextChoices):
    """Why a standing changed."""

    FACTS = "facts", _("事实变化")
    CONTENT = "content", _("政策变化")
    BOTH = "both", _("政策和事实都有变化")
    DAY = "day", _("日期推移")


class IssuerAnswer(models.TextChoices):
    """What whoever issued a clause answered when asked whether it is as written here."""

    AS_WRITTEN = "as_written", _("与原文一致，有效")
    DIFFERS = "differs", _("与原文有出入")
    ENDED = "ended", _("已停止执行")
    NO_ANSWER = "no_answer", _("没有得到答复")


class Subject(models.TextChoices):
    """Who a clause is for (the words for ``engines.rules`` codes)."""

    ORGANIZATION = "organization", _("企业")
    PROJECT = "project", _("项目")
    PERSON = "person", _("人员")
    TEAM = "team", _("团队")
    REFERRAL = "referral", _("引荐")


class ClaimStatus(models.TextChoices):
    """How a claim stands on the official platform, as last seen there."""

    DRAFT = "draft", _("准备材料")
    SUBMITTED = "submitted", _("已提交")
    RETURNED = "returned", _("退回补正")
    APPROVED = "approved", _("已核准")
    REJECTED = "rejected", _("未通过")
    PAID = "paid", _("已到账")
    CLOSED = "closed", _("不再拨付")
    WITHDRAWN = "withdrawn", _("已撤回")


_S = ClaimStatus
#: Which status may follow which. Approved money may come in parts, so ``paid`` may follow itself; what does not come
#: any more is closed with a reason, and money that came after all reopens it.
CLAIM_STEPS: Mapping[ClaimStatus, tuple[ClaimStatus, ...]] = {
    _S.DRAFT: (_S.SUBMITTED, _S.WITHDRAWN),
    _S.SUBMITTED: (_S.RETURNED, _S.APPROVED, _S.REJECTED, _S.WITHDRAWN),
    _S.RETURNED: (_S.SUBMITTED, _S.REJECTED, _S.WITHDRAWN),
    _S.APPROVED: (_S.PAID, _S.REJECTED, _S.CLOSED),
    _S.PAID: (_S.PAID, _S.CLOSED),
    _S.CLOSED: (_S.PAID,),
    _S.REJECTED: (_S.SUBMITTED,),
    _S.WITHDRAWN: (),
}
#: What still waits for the platform or for the firm.
OPEN_CLAIMS = (_S.DRAFT, _S.SUBMITTED, _S.RETURNED, _S.APPROVED)
#: What was approved, whatever has come of it.
GRANTED_CLAIMS = (_S.APPROVED, _S.PAID, _S.CLOSED)
