"""Codes of playbooks and their runs. Labels are Chinese source strings; the engine's codes are the same words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlaybookKind(models.TextChoices):
    """What a playbook serves."""

    TALENT_ENCLAVE = "talent_enclave", _("人才飞地")
    INDUSTRY_ENCLAVE = "industry_enclave", _("产业飞地")
    BORDERLESS_LAB = "borderless_lab", _("无界实验室")
    OUTBOUND = "outbound", _("本地企业走出去")


class ServedKind(models.TextChoices):
    """On whom a playbook is run."""

    PROJECT = "project", _("项目")
    ORGANIZATION = "organization", _("单位")
    TALENT = "talent", _("人才")


class OwnerSide(models.TextChoices):
    """Whose turn a step is; on a run's own page the two governments are called as content calls them (禅城侧)."""

    OPERATOR = "operator", _("运营方")
    HOST = "host", _("所在地")
    HOME = "home", _("主办地")
    FIRM = "firm", _("企业")
    TALENT = "talent", _("人才")


class StepState(models.TextChoices):
    """How a step stands; the engine's states."""

    WAITING = "waiting", _("未到")
    OPEN = "open", _("待办")
    ASKED = "asked", _("已交待复")
    DONE = "done", _("办结")
    SKIPPED = "skipped", _("略过")
    NOT_APPLICABLE = "not_applicable", _("不适用")


class RunState(models.TextChoices):
    """How a run stands."""

    RUNNING = "running", _("办理中")
    FINISHED = "finished", _("已办结")
    STOPPED = "stopped", _("已中止")


class RunEvent(models.TextChoices):
    """What an entry of a run's history tells."""

    STARTED = "started", _("开办")
    OPENED = "opened", _("轮到")
    ASKED = "asked", _("交件")
    DONE = "done", _("办结")
    SKIPPED = "skipped", _("略过")
    FELL_AWAY = "fell_away", _("不适用")
    SENT_BACK = "sent_back", _("退回未到")
    REOPENED = "reopened", _("重新办理")
    ANSWERED = "answered", _("问清")
    CHANGED = "changed", _("计划变更")
    NOTED = "noted", _("备注")
    FINISHED = "finished", _("全部办结")
    STOPPED = "stopped", _("中止")
