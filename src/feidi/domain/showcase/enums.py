"""Codes of showcase. Labels are Chinese source strings."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicationKind(models.TextChoices):
    """What is published."""

    NEWS = "news", _("动态")
    SITE = "site", _("可用载体")
    EXHIBIT = "exhibit", _("展品")
    RESULT = "result", _("成效")
    ORGANIZATION = "organization", _("单位")
    PROJECT = "project", _("项目")
    PRODUCT = "product", _("产品")


class EditionState(models.TextChoices):
    """Where one edition stands. Published with a later hour: scheduled."""

    DRAFT = "draft", _("草稿")
    REVIEW = "review", _("待审")
    PUBLISHED = "published", _("已发布")
    WITHDRAWN = "withdrawn", _("已撤下")


class EditionAct(models.TextChoices):
    """What was done to an edition."""

    DRAFTED = "drafted", _("起草")
    CHANGED = "changed", _("修改")
    SENT = "sent", _("送审")
    RETURNED = "returned", _("退回")
    PUBLISHED = "published", _("审核发布")
    WITHDRAWN = "withdrawn", _("撤下")
    ABANDONED = "abandoned", _("放弃草稿")
    OWNER_WITHDREW = "owner_withdrew", _("所有方撤回公开")


class SheetKind(models.TextChoices):
    """Of what an owner releases fields."""

    ORGANIZATION = "organization", _("单位")
    PROJECT = "project", _("项目")
    PRODUCT = "product", _("产品")


class VisitState(models.TextChoices):
    """Where a delegation's visit to the hall stands."""

    ASKED = "asked", _("待确认")
    CONFIRMED = "confirmed", _("已确认")
    DONE = "done", _("已接待")
    CANCELLED = "cancelled", _("已取消")


class InquiryKind(models.TextChoices):
    """What a visitor of the site leaves."""

    NEED = "need", _("需求")
    VISIT = "visit", _("参观预约")
    QUESTION = "question", _("咨询")


class InquiryState(models.TextChoices):
    """Where an inquiry stands."""

    OPEN = "open", _("待答复")
    ANSWERED = "answered", _("已答复")
    TURNED = "turned", _("已转办")
    SET_ASIDE = "set_aside", _("不予处理")


#: Kinds whose words an owner releases; the outpost writes nothing of its own into them.
RELEASED_KINDS: Final = frozenset({PublicationKind.ORGANIZATION, PublicationKind.PROJECT, PublicationKind.PRODUCT})
#: Kinds that the outpost writes.
WRITTEN_KINDS: Final = tuple(each for each in PublicationKind if each not in RELEASED_KINDS)
