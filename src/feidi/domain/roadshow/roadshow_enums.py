"""Codes of roadshows. Labels are Chinese source strings."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundPhase(models.TextChoices):
    """Where a round stands; content says who sees what in each."""

    PREPARING = "preparing", _("筹备")
    DECLARING = "declaring", _("声明回避")
    READING = "reading", _("盲读材料")
    SCORING = "scoring", _("现场打分")
    CLOSED = "closed", _("收分")
    SEALED = "sealed", _("已封存")


class SheetState(models.TextChoices):
    """A judge's scores for one entry. ``set_aside``: the judge had to step aside later; kept, not counted."""

    DRAFT = "draft", _("草稿")
    LOCKED = "locked", _("已锁定")
    SET_ASIDE = "set_aside", _("回避，不计")


class RecusalGround(models.TextChoices):
    """Why a judge stands aside. All but ``declared`` and ``named`` follow from what is on record."""

    MEMBER = "member", _("任职单位就是项目单位")
    PARTY = "party", _("是项目的一方")
    RELATION = "relation", _("任职单位与项目单位有关联")
    INVESTOR = "investor", _("任职单位是项目的投资人")
    OWNER = "owner", _("是项目的责任人")
    MENTOR = "mentor", _("是项目的导师")
    DECLARED = "declared", _("评委本人声明")
    NAMED = "named", _("工作人员指出")


class ScoreMethod(models.TextChoices):
    """What the written rule makes of a project's scores."""

    MEAN = "mean", _("平均分")
    TRIMMED = "trimmed", _("去最高最低后平均")
